// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Laboratory.Calibration.Measure;

/// <summary>One measured point of f(I).</summary>
/// <param name="Current">Current in A.</param>
/// <param name="Rate">Rate in Hz; 0 for silence or block.</param>
/// <param name="Height">Height of the spikes in V; NaN when it was not measured.</param>
public sealed record RatePoint(double Current, double Rate, double Height = double.NaN);
