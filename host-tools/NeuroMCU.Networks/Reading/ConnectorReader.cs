// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Files.Units;
using NeuroMCU.Files.Yaml;
using YamlDotNet.RepresentationModel;

namespace NeuroMCU.Networks.Reading;

/// <summary>Reads <c>connect</c> and makes the pairs of neurons.</summary>
internal static class ConnectorReader
{
    /// <summary>Most synapses of one projection: far beyond any device, and small enough to hold on the host.</summary>
    public const int MaxSynapses = 1000000;

    /// <summary>Reads the connector.</summary>
    /// <param name="measured">What the weights of the projection measure.</param>
    /// <returns>The pairs by source, then target (lists in their own order); null after a report.</returns>
    public static List<Pair>? Read(
        ReadContext context, Field field, Population source, Population target, bool allowSelf, Dimension measured)
    {
        if (field.Node is YamlMappingNode)
        {
            return Map(context, field, source, target, allowSelf, measured);
        }

        switch (Scalars.Choice(context, field, "all-to-all", "one-to-one"))
        {
            case "all-to-all":
                return Random(context, field, source, target, allowSelf, probability: 1, random: null);
            case "one-to-one" when source.Size != target.Size:
                context.Error(
                    field,
                    string.Create(CultureInfo.InvariantCulture,
                        $"one-to-one joins `{source.Name}` of {source.Size} neurons with `{target.Name}` of {target.Size}"),
                    "give both populations the same size, or use another connector");
                return null;
            case "one-to-one":
                List<Pair> pairs = new(source.Size);
                for (int i = 0; i < source.Size; i++)
                {
                    pairs.Add(new Pair(i, i, Weight: null, Delay: null));
                }

                return pairs;
            default:
                return null;
        }
    }

    private static List<Pair>? Map(
        ReadContext context, Field field, Population source, Population target, bool allowSelf, Dimension measured)
    {
        MapReader map = MapReader.Open(context, field, "a connector")!;
        Field? list = map.Take("list");
        Field? csv = map.Take("csv");
        Field? probability = map.Take("probability");
        Field? seedField = map.Take("seed");
        int errors = context.ErrorCount;
        map.Finish();
        long? seed = seedField == null ? null : Scalars.Integer(context, seedField, 0, uint.MaxValue);
        int given = (list == null ? 0 : 1) + (csv == null ? 0 : 1) + (probability == null ? 0 : 1);
        if (given != 1)
        {
            if (context.ErrorCount == errors)
            {
                context.Error(field, "needs exactly one of `list`, `csv` and `probability`",
                    "write `all-to-all`, `one-to-one`, `{list: ...}`, `{csv: ...}` or `{probability: ...}`");
            }

            return null;
        }

        if (list != null)
        {
            return List(context, list, source, target, measured);
        }

        if (csv != null)
        {
            return EdgeListReader.Read(context, csv, source, target, measured);
        }

        double? p = Scalars.Number(context, probability!, 0, 1);
        return p == null ? null : Random(context, field, source, target, allowSelf, p.Value,
            RandomStreams.Create(seed ?? context.Seed, field.Path));
    }

    private static List<Pair>? Random(
        ReadContext context, Field field, Population source, Population target, bool allowSelf, double probability, Random? random)
    {
        if (probability * source.Size * target.Size > MaxSynapses)
        {
            context.Error(
                field,
                string.Create(CultureInfo.InvariantCulture, $"makes about {probability * source.Size * target.Size:F0} synapses"),
                string.Create(CultureInfo.InvariantCulture, $"a projection may hold {MaxSynapses}; connect fewer neurons"));
            return null;
        }

        List<Pair> pairs = [];
        for (int pre = 0; pre < source.Size; pre++)
        {
            for (int post = 0; post < target.Size; post++)
            {
                // The draw comes first, so that `allow_self` does not change the other synapses.
                bool drawn = random == null || random.NextDouble() < probability;
                bool self = ReferenceEquals(source, target) && pre == post;
                if (drawn && (allowSelf || !self))
                {
                    pairs.Add(new Pair(pre, post, Weight: null, Delay: null));
                }
            }
        }

        return pairs;
    }

    private static List<Pair>? List(ReadContext context, Field field, Population source, Population target, Dimension measured)
    {
        if (field.Items == null)
        {
            context.Error(field, "is " + field.Describe() + ", expected a list", "write `[[pre, post, weight, delay], ...]`");
            return null;
        }

        int errors = context.ErrorCount;
        List<Pair> pairs = new(field.Items.Children.Count);
        for (int i = 0; i < field.Items.Children.Count; i++)
        {
            Field row = field.Item(i);
            int length = row.Items?.Children.Count ?? 0;
            if (length is < 2 or > 4)
            {
                context.Error(row, "is " + row.Describe() + ", expected a synapse",
                    "write `[pre, post]`, `[pre, post, weight]` or `[pre, post, weight, delay]`");
                continue;
            }

            int? pre = NeuronSelection.Index(context, row.Item(0), source);
            int? post = NeuronSelection.Index(context, row.Item(1), target);
            double? weight = length > 2 ? Scalars.Value(context, row.Item(2), measured) : null;
            double? delay = length > 3 ? Scalars.Value(context, row.Item(3), Dimension.Time) : null;
            pairs.Add(new Pair(pre ?? 0, post ?? 0, weight, delay));
        }

        return context.ErrorCount == errors ? pairs : null;
    }
}
