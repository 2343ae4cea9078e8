// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Laboratory.Reproductions;

/// <summary>What one row gave on one column.</summary>
/// <param name="Row">The row.</param>
/// <param name="Column">Where it was measured.</param>
/// <param name="Obtained">Measured value; NaN when there was nothing to measure or the column was left out.</param>
/// <param name="LeftOut">Why the column was not run and how to get it; null when it was.</param>
public sealed record RowResult(ReproductionRow Row, Column Column, double Obtained, string? LeftOut)
{
    /// <summary>True for a measurement: the column was run, and the value does not follow from the source by itself.</summary>
    public bool Counts => LeftOut is null && Row.Given is null;

    /// <summary>True for a measurement within the tolerance.</summary>
    public bool Pass => Counts && Row.Accepts(Obtained);
}
