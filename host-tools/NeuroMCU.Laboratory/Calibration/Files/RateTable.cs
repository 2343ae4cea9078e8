// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Laboratory.Calibration.Measure;

namespace NeuroMCU.Laboratory.Calibration.Files;

/// <summary>A measured f(I) as it was read.</summary>
/// <param name="Points">The points, in order of ascending current.</param>
/// <param name="Dialect">How the table is written, in words.</param>
/// <param name="HeaderLine">Line of its header, from 1.</param>
/// <param name="Unused">Columns that were not needed.</param>
/// <param name="Settled">Number of small negative values that were counted as 0.</param>
public sealed record RateTable(IReadOnlyList<RatePoint> Points, string Dialect, int HeaderLine, IReadOnlyList<string> Unused, int Settled);
