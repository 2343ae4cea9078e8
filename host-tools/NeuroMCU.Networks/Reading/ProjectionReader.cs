// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Core.Numerics;
using NeuroMCU.Files.Units;
using NeuroMCU.Files.Yaml;
using YamlDotNet.RepresentationModel;

namespace NeuroMCU.Networks.Reading;

/// <summary>Reads the projections.</summary>
internal sealed class ProjectionReader
{
    private readonly ReadContext _context;
    private readonly PopulationSet _populations;
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    private ProjectionReader(ReadContext context, PopulationSet populations)
    {
        _context = context;
        _populations = populations;
    }

    /// <summary>Reads the section.</summary>
    /// <param name="field">The section, or null when there is none.</param>
    /// <returns>The projections that could be read.</returns>
    public static List<Projection> Read(ReadContext context, Field? field, PopulationSet populations)
    {
        List<Projection> projections = [];
        ProjectionReader reader = new(context, populations);
        foreach (Field item in Lists.Items(context, field, "projections",
            "- {from: a, to: b, connect: all-to-all, weight: 0.5, delay: 1 ms}"))
        {
            Projection? projection = reader.ReadOne(item, projections.Count);
            if (projection != null)
            {
                projections.Add(projection);
            }
        }

        return projections;
    }

    private Projection? ReadOne(Field item, int index)
    {
        MapReader? map = MapReader.Open(_context, item, "a projection");
        if (map == null)
        {
            return null;
        }

        int errors = _context.ErrorCount;
        Field? fromField = map.Require("from", "source");
        Field? toField = map.Require("to", "target");
        ProjectionFields fields = new(
            map.Field,
            map.Require("connect", "all-to-all"),
            map.Take("weight"),
            map.Take("delay"),
            map.Take("receptor"),
            map.Take("weight_limit"),
            map.Take("name"),
            map.Take("allow_self"),
            map.Take("learning"),
            map.Take("on"));
        map.Finish();
        Population? source = _populations.Find(_context, fromField);
        Population? target = _populations.Find(_context, toField);
        if (target is { IsSource: true })
        {
            _context.Error(toField!, "is `" + target.Name + "`, an input population, which takes no synapses",
                "connect to a population of another model");
        }

        if (source == null || target == null || fields.Connect == null || _context.ErrorCount != errors)
        {
            return null;
        }

        Projection? projection = Build(fields, source, target, index);
        return _context.ErrorCount == errors ? projection : null;
    }

    private Projection? Build(ProjectionFields fields, Population source, Population target, int index)
    {
        bool allowSelf = (fields.AllowSelf == null ? null : Scalars.Boolean(_context, fields.AllowSelf)) ?? true;
        int into = target.Equations == null ? -1 : StateOf(fields.Receptor, fields.Projection, target);
        Dimension measured = into < 0 ? target.WeightDimension : target.WeightDimensionOf(into) ?? Dimension.None;
        string? receptor = fields.Receptor == null || target.IsCircuit || target.Equations != null ? null
            : Scalars.Choice(_context, fields.Receptor, "excitatory", "inhibitory");
        double? limit = fields.Limit == null ? null : Scalars.Value(_context, fields.Limit, measured);
        string name = Name(fields.Name, source.Name + "->" + target.Name);
        List<Pair>? pairs = ConnectorReader.Read(_context, fields.Connect!, source, target, allowSelf, measured);
        double[]? weights = pairs == null ? null : Weights(fields.Weight, fields.Projection, measured, pairs);
        double[]? delays = pairs == null ? null : Delays(fields.Delay, fields.Projection, source, target, pairs);
        if (pairs == null || weights == null || delays == null)
        {
            return null;
        }

        int block = target.IsCircuit ? BlockReceptor(fields, target, weights) : into;
        Receptor kind = target.IsCircuit || into >= 0 ? Receptor.Excitatory
            : ReceptorOf(receptor, fields.Receptor ?? fields.Projection, target, weights);
        CheckLimit(fields.Limit, limit, weights, measured);
        int[]? rounded = Rounded(fields.Delay ?? fields.Connect!, pairs, delays);
        ProjectionLearning? learning = fields.Learning == null ? null
            : LearningReader.Read(_context, fields, _populations, limit ?? 0, weights);
        bool onNodes = fields.On != null && Scalars.Choice(_context, fields.On, "nodes") != null;
        if (onNodes && learning != null && learning.Rule != Projection.VolatileRule)
        {
            _context.Error(fields.On!, "puts weights on nodes that learn in the engine", "leave out `on` or `learning`; only `learning: "
                + Projection.VolatileRule + "` is something that nodes do, those that forget");
        }

        if (onNodes && pairs.Distinct().Count() != pairs.Count)
        {
            _context.Error(fields.On!, "puts several synapses of one pair of neurons on nodes", "connect each pair once");
        }

        return rounded == null
            ? null
            : new Projection
            {
                Name = name,
                Index = index,
                Source = source,
                Target = target,
                Receptor = kind,
                ReceptorIndex = block,
                WeightLimit = limit ?? 0,
                Learning = learning,
                OnNodes = onNodes,
                Connections = pairs.Select((p, i) => new Connection(p.Pre, p.Post, weights[i], rounded[i])).ToArray(),
                Location = _context.LocationOf(fields.Projection),
                WeightLocation = _context.LocationOf(fields.Weight ?? fields.Connect!),
            };
    }

    private double[]? Weights(Field? field, Field projection, Dimension measured, List<Pair> pairs)
    {
        if (pairs.TrueForAll(p => p.Weight != null))
        {
            WarnOfSecond(field, "weight");
            return pairs.Select(p => p.Weight ?? 0).ToArray();
        }

        if (field == null)
        {
            string example = measured switch
            {
                Dimension.Voltage => "1.5 mV",
                Dimension.Charge => "80 nC",
                Dimension.Conductance => "2 nS",
                Dimension.Current => "20 pA",
                _ => "0.5",
            };
            _context.Error(projection, "`weight` is missing", "add `weight: " + example + "`");
            return null;
        }

        double[]? values = ParameterReader.Read(_context, field, measured, pairs.Count, "synapses");
        return values == null ? null : pairs.Select((p, i) => p.Weight ?? values[values.Length == 1 ? 0 : i]).ToArray();
    }

    // What a spike adds to: the state that `receptor` names, else the first.
    private int StateOf(Field? field, Field projection, Population target)
    {
        string[] states = [.. target.Equations!.Model.States.Select(s => s.Name)];
        int state = field == null ? 0 : Scalars.Choice(_context, field, states) is { } name ? Array.IndexOf(states, name) : 0;
        if (target.WeightDimensionOf(state) == null)
        {
            _context.Error(
                field ?? projection,
                "adds to `" + states[state] + "`, which measures " + target.Equations.Model.States[state].Dimension
                + ": weights of that kind cannot be written",
                "name a state that measures a voltage, a current, a conductance or a pure number with `receptor`");
        }

        return state;
    }

    private double[]? Delays(Field? field, Field projection, Population source, Population target, List<Pair> pairs)
    {
        if (pairs.TrueForAll(p => p.Delay != null))
        {
            WarnOfSecond(field, "delay");
            return pairs.Select(p => p.Delay ?? 0).ToArray();
        }

        if (field == null)
        {
            _context.Error(projection, "`delay` is missing", "add `delay: 1 ms`");
            return null;
        }

        double[]? values = DelayReader.Read(_context, field, source, target, pairs);
        return values == null ? null : pairs.Select((p, i) => p.Delay ?? values[values.Length == 1 ? 0 : i]).ToArray();
    }

    private void WarnOfSecond(Field? field, string what)
    {
        if (field != null)
        {
            _context.Warn(_context.LocationOf(field), "has no effect: `connect` brings a " + what + " for every synapse",
                "remove one of the two");
        }
    }

    private int[]? Rounded(Field field, List<Pair> pairs, double[] delays)
    {
        for (int i = 0; i < delays.Length; i++)
        {
            double delay = Math.Round(delays[i], MidpointRounding.AwayFromZero);
            if (delay is < 0 or > Formats.MaxDelay)
            {
                string synapse = string.Create(CultureInfo.InvariantCulture, $" of the synapse {pairs[i].Pre} to {pairs[i].Post}");
                _context.Error(
                    field,
                    "the delay" + synapse + " is " + Scalars.Number(Math.Round(delays[i] / 1000, 9)) + " ms",
                    delay < 0 ? "a delay cannot be negative"
                    : "the longest delay is 1 s; shorten it, or pass the spike on through a relay neuron",
                    DiagnosticKind.Delay);
                return null;
            }
        }

        bool isWritten = field.Node is not YamlMappingNode || pairs.TrueForAll(p => p.Delay != null);
        return [.. _context.WholeMicroseconds(field, delays, isWritten).Select(delay => (int)delay)];
    }

    private string Name(Field? field, string fallback)
    {
        string name = fallback;
        if (field != null)
        {
            name = field.Text ?? string.Empty;
            Names.Check(_context, field, name);
        }

        if (_names.Add(name))
        {
            return name;
        }

        if (field != null)
        {
            _context.Error(field, "is `" + name + "`, which another projection has already", "give each projection a name of its own");
            return name;
        }

        int number = 2;
        while (!_names.Add(string.Create(CultureInfo.InvariantCulture, $"{fallback}#{number}")))
        {
            number++;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{fallback}#{number}");
    }

    // A receptor of a synapse block has its sign, so that weights onto it are charges without one; without a receptor the charge goes
    // to the membrane.
    private int BlockReceptor(ProjectionFields fields, Population target, double[] weights)
    {
        Field place = fields.Receptor ?? fields.Projection;
        string[] names = target.Receptors.Select(r => r.Name).ToArray();
        if (fields.Receptor == null)
        {
            if (target.Channels.Count > 0)
            {
                _context.Error(
                    place,
                    "has no `receptor`, but `" + target.Name
                    + "` is a population of board channels, which a charge cannot be put on at once",
                    names.Length > 0 ? "add `receptor: " + names[0] + "`"
                    : "give `" + target.Name + "` a receptor, such as `receptors: {ampa: {tau: 5 ms}}`, and name it here");
            }

            return -1;
        }

        int index = Array.IndexOf(names, fields.Receptor.Text);
        if (index < 0)
        {
            string known = names.Length == 0 ? "it has none; add `receptors: {ampa: {tau: 5 ms}}` to it"
                : "its receptors: " + string.Join(", ", names);
            _context.Error(
                fields.Receptor,
                "is " + fields.Receptor.Describe() + ", which is no receptor of `" + target.Name + "`",
                Suggestion.Hint(fields.Receptor.Text, names) ?? known,
                DiagnosticKind.Name);
        }
        else if (Array.Exists(weights, w => w < 0))
        {
            _context.Error(
                fields.Weight ?? fields.Connect!,
                "has a negative charge, but the receptor `" + names[index] + "` has its sign already",
                target.Receptors[index].Sign < 0 ? "write the weight without a minus sign; the receptor inhibits"
                : "write the weight without a minus sign, or use a receptor that inhibits",
                DiagnosticKind.Weight);
        }

        return index;
    }

    // Signs follow PyNN's current-based cells: inhibition is a negative weight, and the receptor only chooses the time constant.
    private Receptor ReceptorOf(string? written, Field field, Population target, double[] weights)
    {
        bool negative = Array.Exists(weights, w => w < 0);
        bool positive = Array.Exists(weights, w => w > 0);
        if (string.Equals(written, "inhibitory", StringComparison.Ordinal) && positive)
        {
            _context.Error(field, "is `inhibitory`, but there are positive weights, which would excite",
                "write inhibitory weights with a minus sign");
        }

        if (written != null)
        {
            return string.Equals(written, "inhibitory", StringComparison.Ordinal) ? Receptor.Inhibitory : Receptor.Excitatory;
        }

        if (negative && positive && target.HasExponentialSynapses)
        {
            _context.Error(field, "has weights of both signs, so that the receptor is open",
                "add `receptor: excitatory`, bound the weights with `min` or `max`, or split the projection");
        }

        return negative && !positive ? Receptor.Inhibitory : Receptor.Excitatory;
    }

    private void CheckLimit(Field? field, double? limit, double[] weights, Dimension measured)
    {
        double largest = weights.Length == 0 ? 0 : weights.Max(Math.Abs);
        if (field != null && (limit <= 0 || largest > limit))
        {
            _context.Error(
                field,
                "is " + field.Describe() + ", but the largest weight is " + Quantity.Text(largest, measured),
                "write the largest magnitude that a weight of this projection may ever take",
                DiagnosticKind.Weight);
        }
    }
}
