// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Files.Yaml;
using YamlDotNet.RepresentationModel;

namespace NeuroMCU.Networks.Reading;

/// <summary>Reads which neurons of a population are meant: <c>all</c>, one index, a list, or <c>{from: 0, to: 9}</c>.</summary>
internal static class NeuronSelection
{
    /// <summary>Reads a selection.</summary>
    /// <param name="field">The field; null selects all.</param>
    /// <returns>Indices in the order written, or null after a report.</returns>
    public static IReadOnlyList<int>? Read(ReadContext context, Field? field, Population population)
    {
        if (field == null || string.Equals(field.Text, "all", StringComparison.Ordinal))
        {
            return Enumerable.Range(0, population.Size).ToArray();
        }

        if (field.Items != null)
        {
            int?[] indices = Enumerable.Range(0, field.Items.Children.Count).Select(i => Index(context, field.Item(i), population))
                .ToArray();
            return Array.TrueForAll(indices, i => i != null) ? Array.ConvertAll(indices, i => i!.Value) : null;
        }

        if (field.Node is YamlMappingNode)
        {
            return Span(context, field, population);
        }

        return Index(context, field, population) is { } index ? [index] : null;
    }

    /// <summary>Cuts a selection into runs of neighbours.</summary>
    /// <returns>The runs, in order.</returns>
    public static IReadOnlyList<NeuronRange> Runs(IReadOnlyList<int> neurons)
    {
        List<NeuronRange> runs = [];
        int start = 0;
        for (int i = 1; i <= neurons.Count; i++)
        {
            if (i == neurons.Count || neurons[i] != neurons[i - 1] + 1)
            {
                runs.Add(new NeuronRange(neurons[start], i - start, start));
                start = i;
            }
        }

        return runs;
    }

    /// <summary>Reads the index of one neuron.</summary>
    /// <returns>The index, or null after a report.</returns>
    public static int? Index(ReadContext context, Field field, Population population)
    {
        if (!int.TryParse(field.Text, NumberStyles.None, CultureInfo.InvariantCulture, out int index) || index >= population.Size)
        {
            context.Error(
                field,
                "is " + field.Describe() + ", expected a neuron of `" + population.Name + "`",
                string.Create(CultureInfo.InvariantCulture, $"write an index from 0 to {population.Size - 1}"));
            return null;
        }

        return index;
    }

    private static int[]? Span(ReadContext context, Field field, Population population)
    {
        MapReader map = MapReader.Open(context, field, "a range")!;
        Field? from = map.Require("from", "0");
        Field? to = map.Require("to", string.Create(CultureInfo.InvariantCulture, $"{population.Size - 1}"));
        map.Finish();
        int? first = from == null ? null : Index(context, from, population);
        int? last = to == null ? null : Index(context, to, population);
        if (first is not { } a || last is not { } b)
        {
            return null;
        }

        if (b < a)
        {
            context.Error(field, "ends before it begins", "write `{from: first, to: last}`, both included");
            return null;
        }

        return Enumerable.Range(a, b - a + 1).ToArray();
    }
}
