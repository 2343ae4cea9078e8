// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Networks.Boards;

namespace NeuroMCU.Laboratory.Calibration.Measure;

/// <summary>A channel that can be calibrated. Currents are nominal: what the profile's transfer makes of a code.</summary>
/// <param name="Number">Its number on the board.</param>
/// <param name="Name">Its name.</param>
/// <param name="Drive">What drives it.</param>
/// <param name="Sense">What reads it; null when nothing does.</param>
public sealed record BenchChannel(int Number, string Name, DriveDescription Drive, SenseDescription? Sense)
{
    /// <summary>Gets the largest code that the profile allows.</summary>
    public int MaxCode => Drive.MaxCode;

    /// <summary>Nominal current of a code.</summary>
    /// <param name="code">Code of the converter; parts of a code as in between.</param>
    /// <returns>Current in A.</returns>
    public double CurrentOf(double code)
    {
        double volts = ((code * Drive.Reference / Drive.FullCode) - Drive.Offset) / Drive.Resistance;
        return volts > 0 ? volts * 1e-6 : 0;
    }

    /// <summary>The code nearest to a nominal current, within the limit.</summary>
    /// <param name="current">Current in A.</param>
    /// <returns>0 to <see cref="MaxCode" />.</returns>
    public int CodeOf(double current)
    {
        double exact = ((current * 1e6 * Drive.Resistance) + Drive.Offset) * Drive.FullCode / Drive.Reference;
        return current <= 0 ? 0 : (int)System.Math.Clamp(System.Math.Round(exact), 0, MaxCode);
    }
}
