// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Files.Tables;
using NeuroMCU.Files.Units;
using NeuroMCU.Files.Yaml;

namespace NeuroMCU.Networks.Reading;

/// <summary>
/// Reads an edge list, <c>pre,post,weight,delay</c>. A bare <c>weight</c> is in the unit of the target (mV, nC or pure), a bare
/// <c>delay</c> in ms as in PyNN's FromFileConnector; <c>weight_mV</c>, <c>weight_nC</c>, <c>delay_us</c>, <c>delay_ms</c> and
/// <c>delay_s</c> name their unit.
/// </summary>
internal static class EdgeListReader
{
    private const int Pre = 0;
    private const int Post = 1;
    private const int Weight = 2;
    private const int Delay = 3;

    /// <summary>Reads the edges.</summary>
    /// <param name="measured">What the weights of the projection measure.</param>
    /// <returns>The edges in file order, or null after a report.</returns>
    public static List<Pair>? Read(ReadContext context, Field field, Population source, Population target, Dimension measured)
    {
        CsvColumn[] columns =
        [
            new("pre") { OtherNames = ["i"], IsIndex = true },
            new("post") { OtherNames = ["j"], IsIndex = true },
            new("weight", measured) { BareUnit = BareUnit(target, measured), Required = false },
            new("delay", Dimension.Time) { BareUnit = "ms", Required = false },
        ];
        List<Pair>? pairs = TableFile.Read(context, field, columns, table => Edges(table, source, target));
        if (pairs is { Count: 0 })
        {
            context.Error(field, "names a table without a row under its header: it joins nothing",
                "write a line per synapse, or remove the projection");
            return null;
        }

        return pairs;
    }

    private static string? BareUnit(Population target, Dimension measured) => measured == Dimension.None ? null
        : measured == target.WeightDimension ? target.WeightUnit : Population.BaseUnit(measured);

    private static List<Pair> Edges(CsvSheet table, Population source, Population target)
    {
        List<Pair> pairs = new(table.Count);
        for (int row = 0; row < table.Count; row++)
        {
            int? from = table.Index(row, Pre, source.Size);
            int? to = table.Index(row, Post, target.Size);
            double? weight = table.Has(Weight) ? table.Number(row, Weight) : null;
            double? delay = table.Has(Delay) ? table.Number(row, Delay) : null;
            if (delay is < -0.5 or > Core.Numerics.Formats.MaxDelay)
            {
                table.Fault(row, Delay, "expected a delay from 0 to 1 s");
            }

            // What rounds to 0 us is 0: other programs write -1e-12 for it.
            pairs.Add(new Pair(from ?? 0, to ?? 0, weight, delay < 0 ? 0 : delay));
        }

        return pairs;
    }
}
