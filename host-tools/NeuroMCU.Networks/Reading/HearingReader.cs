// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Files.Units;
using NeuroMCU.Files.Yaml;

namespace NeuroMCU.Networks.Reading;

/// <summary>Reads the microphone front end; its own parameters are kept as they stand and checked by the front end's encoder.</summary>
internal static class HearingReader
{
    /// <summary>Reads the section.</summary>
    /// <param name="field">The section, or null.</param>
    /// <returns>The front end, or null when there is none or after a report.</returns>
    public static MicrophonePair? Read(ReadContext context, Field? field, PopulationSet populations)
    {
        MapReader? map = field == null ? null : MapReader.Open(context, field, "a map with `left`, `right` and `sample_rate`");
        if (map == null)
        {
            return null;
        }

        Field? leftField = map.Require("left", "left-ear");
        Field? rightField = map.Require("right", "right-ear");
        Field? rateField = map.Require("sample_rate", "44100 Hz");
        Field? parametersField = map.Take("parameters");
        map.Finish();
        Population? left = Ear(context, leftField, populations);
        Population? right = Ear(context, rightField, populations);
        double? rate = rateField == null ? null : Scalars.Value(context, rateField, Dimension.Frequency);
        if (rate is < 8000 or > 96000)
        {
            context.Error(rateField!, "is " + rateField!.Describe() + ", out of range", "write a sample rate from 8 kHz to 96 kHz");
        }

        List<HearingSetting> settings = Settings(context, parametersField);
        if (left == null || right == null || rate == null)
        {
            return null;
        }

        if (left.Size != right.Size || ReferenceEquals(left, right))
        {
            context.Error(
                rightField!,
                string.Create(CultureInfo.InvariantCulture, $"`{left.Name}` has {left.Size} neurons, `{right.Name}` {right.Size}"),
                "give each ear a population of its own, both with one neuron per band");
            return null;
        }

        return new MicrophonePair
        {
            Left = left,
            Right = right,
            SampleRate = (int)rate.Value,
            Settings = settings,
            Location = context.LocationOf(map.Field),
        };
    }

    private static Population? Ear(ReadContext context, Field? field, PopulationSet populations)
    {
        Population? population = populations.Find(context, field);
        if (population is { IsSource: false })
        {
            context.Error(field!, "is `" + population.Name + "`, which fires by itself",
                "microphones drive populations with `model: input`");
            return null;
        }

        return population;
    }

    private static List<HearingSetting> Settings(ReadContext context, Field? field)
    {
        List<HearingSetting> settings = [];
        MapReader? map = field == null ? null : MapReader.Open(context, field, "a map of parameters");
        foreach ((string name, _, Field value) in map?.Entries() ?? [])
        {
            IEnumerable<Field> fields = value.Items == null ? [value] : Enumerable.Range(0, value.Items.Children.Count).Select(value.Item);
            Quantity?[] quantities = fields.Select(f => Scalars.Any(context, f, "500 Hz")).ToArray();
            if (quantities.All(q => q != null))
            {
                settings.Add(new HearingSetting(name, quantities.Select(q => q!.Value).ToArray(), context.LocationOf(value)));
            }
        }

        return settings;
    }
}
