// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Numerics;
using NeuroMCU.Models;

namespace NeuroMCU.Networks.Models;

/// <summary>Rounds quantities of circuits to the device's formats: volts in Q.32, times in 2^-16 µs; currents have a unit for each
/// population (<see cref="CurrentFormat" />).</summary>
internal static class DeviceFormats
{
    private const double VoltOne = 1L << CurrentModel.VoltBits;
    private const int TimeBits = 16;

    /// <summary>Rounds a voltage.</summary>
    /// <param name="volts">Voltage in V.</param>
    /// <returns>Q.32.</returns>
    public static long Volts(double volts) => Round(volts * VoltOne);

    /// <summary>Value of a voltage.</summary>
    /// <param name="volts">Q.32.</param>
    /// <returns>Voltage in V.</returns>
    public static double FromVolts(long volts) => volts / VoltOne;

    /// <summary>Rounds a time.</summary>
    /// <returns>Units of 2^-16 µs.</returns>
    public static long Time(double seconds) => Round(seconds * 1e6 * (1 << TimeBits));

    /// <summary>Leak rate log2(e)/τ.</summary>
    /// <param name="tau">Time constant in µs.</param>
    /// <returns>Q.40 in 1/µs.</returns>
    public static long LeakRate(double tau) => Round((1L << Formats.RateBits) / (Math.Log(2) * tau));

    /// <summary>Rounds to nearest, ties away from zero.</summary>
    /// <returns>The nearest integer.</returns>
    public static long Round(double value) => (long)Math.Round(value, MidpointRounding.AwayFromZero);
}
