// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Files.Units;
using NeuroMCU.Files.Yaml;
using YamlDotNet.RepresentationModel;

namespace NeuroMCU.Networks.Reading;

/// <summary>Reads <c>delay</c>: fixed, one per synapse, drawn, linear in the neuron indices, or proportional to distance.</summary>
internal static class DelayReader
{
    /// <summary>Reads the delays of a projection.</summary>
    /// <returns>Delays in µs, unrounded, one per synapse or one for all; null after a report.</returns>
    public static double[]? Read(ReadContext context, Field field, Population source, Population target, IReadOnlyList<Pair> pairs)
    {
        if (field.Node is YamlMappingNode node)
        {
            if (Has(node, "per_pre") || Has(node, "per_post"))
            {
                return ByIndex(context, field, pairs);
            }

            if (Has(node, "per_distance"))
            {
                return ByDistance(context, field, source, target, pairs);
            }
        }

        return ParameterReader.Read(context, field, Dimension.Time, pairs.Count, "synapses");
    }

    private static bool Has(YamlMappingNode node, string key)
        => node.Children.Keys.OfType<YamlScalarNode>().Any(k => string.Equals(k.Value, key, StringComparison.Ordinal));

    private static double[]? ByIndex(ReadContext context, Field field, IReadOnlyList<Pair> pairs)
    {
        MapReader map = MapReader.Open(context, field, "a delay")!;
        int errors = context.ErrorCount;
        double start = Time(context, map, "start");
        double perPre = Time(context, map, "per_pre");
        double perPost = Time(context, map, "per_post");
        map.Finish();
        return context.ErrorCount == errors ? pairs.Select(p => start + (perPre * p.Pre) + (perPost * p.Post)).ToArray() : null;
    }

    private static double[]? ByDistance(ReadContext context, Field field, Population source, Population target, IReadOnlyList<Pair> pairs)
    {
        MapReader map = MapReader.Open(context, field, "a delay")!;
        int errors = context.ErrorCount;
        double start = Time(context, map, "start");
        double perDistance = Time(context, map, "per_distance");
        map.Finish();
        foreach (Population population in new[] { source, target }.Distinct())
        {
            if (population.Positions.Count == 0)
            {
                context.Error(field, "needs the positions of `" + population.Name + "`",
                    "add `positions: {line: 1.0}` to the population, or one point per neuron");
            }
        }

        if (context.ErrorCount == errors && source.Positions[0].Count != target.Positions[0].Count)
        {
            context.Error(field, "joins positions with different numbers of coordinates", "give both populations as many coordinates");
        }

        return context.ErrorCount == errors
            ? pairs.Select(p => start + (perDistance * Distance(source.Positions[p.Pre], target.Positions[p.Post]))).ToArray()
            : null;
    }

    private static double Time(ReadContext context, MapReader map, string key)
    {
        Field? field = map.Take(key);
        return field == null ? 0 : Scalars.Value(context, field, Dimension.Time) ?? 0;
    }

    private static double Distance(IReadOnlyList<double> a, IReadOnlyList<double> b)
    {
        double sum = 0;
        for (int i = 0; i < a.Count; i++)
        {
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        }

        return Math.Sqrt(sum);
    }
}
