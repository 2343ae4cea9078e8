// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Laboratory.Reproductions.Rows;

/// <summary>All rows.</summary>
public static class RowList
{
    /// <summary>Rows in the order of the table.</summary>
    public static IReadOnlyList<ReproductionRow> All { get; } =
    [
        .. RateRows.All(), .. RuleRows.All(), .. AgreementRows.All(), .. PartRows.All(), .. SynapseRows.All(), .. MotifRows.All(),
            .. FeedbackRows.All(),
        .. BurstingRows.All(), .. BurstingEdgeRows.All(), .. SlowBurstingRows.All(), .. PlainBurstingRows.All(), .. AxonRows.All(),
            .. AdexRows.All(), .. EquationRows.All(), .. SlitRows.All(), .. ConicalRows.All(), .. PinskyRinzelRows.All(), .. MottRows.All(),
            .. NanofluidicRows.All(), .. MemoryRows.All(), .. LearningRows.All(),
            .. IzhikevichRows.All(), .. LogicRows.All(), .. NodeRows.All(),
    ];

    /// <summary>Finds rows.</summary>
    /// <param name="name">Name of a row or a system, the beginning of names before a dash, or <c>all</c>.</param>
    /// <param name="rows">Where to look; null for <see cref="All" />.</param>
    /// <returns>Rows; empty when nothing has that name.</returns>
    public static IReadOnlyList<ReproductionRow> Find(string name, IReadOnlyList<ReproductionRow>? rows = null)
    {
        return (rows ?? All).Where(r => name is "all"
            || string.Equals(r.Name, name, StringComparison.Ordinal)
            || string.Equals(r.System, name, StringComparison.OrdinalIgnoreCase)
            || r.Name.StartsWith(name + "-", StringComparison.Ordinal)
            || string.Equals(r.Figure?.Name, name, StringComparison.Ordinal)).ToArray();
    }
}
