// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Laboratory.Reproductions;
using NeuroMCU.Laboratory.Reproductions.Rows;

namespace NeuroMCU.Laboratory.Tests.Reproductions;

/// <summary>All rows, measured once for every test that looks at them.</summary>
internal static class PublishedRows
{
    private static readonly CircuitLaboratory s_laboratory = new();
    private static readonly Lazy<IReadOnlyList<RowResult>> s_results =
        new(() => Reproduction.Run(s_laboratory, RowList.All, [Column.Engine, Column.Reference, Column.Board]));

    /// <summary>Gets the laboratory that keeps the runs of the rows.</summary>
    public static CircuitLaboratory Laboratory => s_laboratory;

    /// <summary>Gets what each row gave in each of its columns.</summary>
    public static IReadOnlyList<RowResult> Results => s_results.Value;
}
