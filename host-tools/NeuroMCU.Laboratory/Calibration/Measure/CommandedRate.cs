// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Laboratory.Calibration.Measure;

/// <summary>One command to all good channels.</summary>
/// <param name="Rate">The reference's rate in Hz.</param>
/// <param name="Current">Commanded current in A.</param>
/// <param name="Before">Rates in Hz of the channels when the profile's transfer turns the current into a code.</param>
/// <param name="After">Rates in Hz when the drive tables do.</param>
public sealed record CommandedRate(double Rate, double Current, IReadOnlyList<double> Before, IReadOnlyList<double> After);
