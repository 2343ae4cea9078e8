// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Laboratory.Calibration;

/// <summary>One point that was measured again.</summary>
/// <param name="Current">Nominal current in A.</param>
/// <param name="Stored">Rate in Hz at calibration.</param>
/// <param name="Now">Rate in Hz now.</param>
public sealed record DriftPoint(double Current, double Stored, double Now)
{
    /// <summary>Change as a part of the stored rate.</summary>
    public double Change => (Now - Stored) / Stored;
}
