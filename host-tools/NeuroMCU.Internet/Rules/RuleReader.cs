// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Files.Units;
using NeuroMCU.Files.Yaml;
using NeuroMCU.Networks;
using NeuroMCU.Networks.Equations;
using NeuroMCU.Networks.Reading;

namespace NeuroMCU.Internet.Rules;

/// <summary>Reads how the synapses of a hub learn.</summary>
internal static class RuleReader
{
    private const string Rate = "rate";
    private const string RateText = "rate-rule";
    private const string Expected = "`rate`, `none`, the name of a rule, or a map";
    private const double UsualVoltage = 4;
    private const double UsualWidth = 100;
    private const int UsualLookBack = 100;

    /// <summary>The rule of the experiment.</summary>
    public static HubRule Usual { get; } = RateRule([], UsualLookBack);

    /// <summary>Reads a rule.</summary>
    /// <param name="field">The field; null where the file has none.</param>
    /// <param name="neuron">Number of a neuron by its name; null (reported) where there is none.</param>
    /// <returns>The rule; null for weights that stay, or reported.</returns>
    public static HubRule? Read(ReadContext context, Field? field, Func<Field, int?> neuron)
    {
        if (field == null || field.Text == Rate)
        {
            return Usual;
        }

        if (field.Text == "none")
        {
            return null;
        }

        if (field.Text != null)
        {
            return Text(context, field, null, neuron);
        }

        MapReader? map = MapReader.Open(context, field, Expected);
        if (map?.Take("rule") is { } name)
        {
            map.Refuse("`rule` names the rule", "kind");
            return Text(context, name, map, neuron);
        }

        if (map?.Require("kind", Rate) is { } kind)
        {
            Scalars.Choice(context, kind, Rate);
        }

        return map == null ? null : ReadRate(context, map);
    }

    private static HubRule? Text(ReadContext context, Field name, MapReader? map, Func<Field, int?> neuron)
    {
        int errors = context.ErrorCount;
        LearningRule? rule = LearningReader.Find(context, name);
        if (rule == null)
        {
            return null;
        }

        Dictionary<string, double[]> values = new(StringComparer.Ordinal);
        int? modulator = null;
        double volts = UsualVoltage;
        double? width = null;
        if (map != null)
        {
            LearningReader.ReadParameters(context, map, rule, values);
            Field? named = map.Take("modulator");
            modulator = named == null ? null : neuron(named);
            if (named != null && !rule.IsModulated)
            {
                context.Error(named, "`modulator` has no effect here: the rule `" + rule.Model.Name + "` has no block `on modulation`",
                    "remove the line");
            }

            (volts, width) = (Voltage(context, map), Width(context, map));
            map.Finish();
        }

        if (rule.IsModulated && modulator == null && context.ErrorCount == errors)
        {
            context.Error(name, "needs a `modulator`: the rule `" + rule.Model.Name + "` has a block `on modulation`",
                "write `rule: {rule: " + rule.Model.Name + ", modulator: reward}` with the name of a neuron");
        }

        ModelNeurons neurons = new(rule.Model, 1, values);
        LearningReader.CheckTimes(context, name, rule, neurons);
        int interval = rule.Interval == null || context.ErrorCount != errors ? 0
            : LearningReader.Interval(context, name, neurons.Evaluate(rule.Interval, 0));
        return context.ErrorCount != errors ? null : new HubRule(Learning(rule, neurons, interval))
        {
            Modulator = modulator,
            Voltage = volts,
            Width = width,
        };
    }

    private static HubRule? ReadRate(ReadContext context, MapReader map)
    {
        int errors = context.ErrorCount;
        long window = (map.Take("window") is { } w ? Scalars.Microseconds(context, w, 1000, 60_000_000) : null) ?? 1_000_000;
        long above = (map.Take("potentiate_above") is { } a ? Scalars.Integer(context, a, 0, 100_000) : null) ?? 20;
        long below = (map.Take("depress_below") is { } b ? Scalars.Integer(context, b, 0, 100_000) : null) ?? 5;
        int back = (int)((map.Take("look_back") is { } l ? Scalars.Integer(context, l, 1, 100_000) : null) ?? UsualLookBack);
        double volts = Voltage(context, map);
        double width = Width(context, map) ?? UsualWidth;
        if (below > above)
        {
            context.Error(map.Field, $"depresses below {below} and potentiates above {above}: some rates would do both",
                "`depress_below` is at most `potentiate_above`");
        }

        if (back <= above)
        {
            context.Error(map.Field, $"looks back at {back} spikes and potentiates above {above}: it would never potentiate",
                "`look_back` is above `potentiate_above`");
        }

        map.Finish();
        Dictionary<string, double[]> values = new(StringComparer.Ordinal)
        {
            ["window"] = [window / 1e6],
            ["above"] = [above],
            ["below"] = [below],
        };
        return context.ErrorCount != errors ? null : RateRule(values, back) with { Voltage = volts, Width = width };
    }

    private static double Voltage(ReadContext context, MapReader map)
    {
        Field? field = map.Take("pulse");
        double volts = (field == null ? null : Scalars.Value(context, field, Dimension.Voltage)) / 1e3 ?? UsualVoltage;
        if (volts <= 0)
        {
            context.Error(field!, "is " + field!.Describe() + ", and not above 0",
                "write the voltage without a sign: the rule gives it one, and `polarity` of a node turns it");
        }

        return volts;
    }

    private static double? Width(ReadContext context, MapReader map) =>
        map.Take("width") is { } field ? Scalars.Microseconds(context, field, 1, 1_000_000) : null;

    private static HubRule RateRule(Dictionary<string, double[]> values, int lookBack)
    {
        LearningRule rule = ModelLibrary.FindRule(RateText);
        LearningRule looking = new()
        {
            Model = rule.Model,
            Variables = [.. rule.Variables.Select(v => v with { LookBack = lookBack })],
            Steps = rule.Steps,
            Interval = rule.Interval,
            Location = rule.Location,
        };
        return new HubRule(Learning(looking, new ModelNeurons(rule.Model, 1, values), 0)) { AtPotentials = true, Width = UsualWidth };
    }

    private static ProjectionLearning Learning(LearningRule rule, ModelNeurons neurons, int interval) =>
        new(rule.Model.Name, 1, null, rule.Location) { Text = rule, Values = neurons, Interval = interval };
}
