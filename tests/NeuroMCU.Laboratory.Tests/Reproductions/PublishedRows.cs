// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Laboratory.Reproductions;
using NeuroMCU.Laboratory.Reproductions.Rows;

namespace NeuroMCU.Laboratory.Tests.Reproductions;

/// <summary>All rows, measured once for every test that looks at them.</summary>
internal static class PublishedRows
{
    private static readonly Lazy<IReadOnlyList<RowResult>> s_results =
        new(() => Reproduction.Run(new CircuitLaboratory(), RowList.All, [Column.Engine, Column.Reference, Column.Board]));

    /// <summary>Gets what each row gave in each of its columns.</summary>
    public static IReadOnlyList<RowResult> Results => s_results.Value;
}
