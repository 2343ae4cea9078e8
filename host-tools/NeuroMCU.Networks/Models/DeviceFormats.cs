// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Numerics;
using NeuroMCU.Models;

namespace NeuroMCU.Networks.Models;

/// <summary>Rounds quantities of circuits to the device's formats: volts in Q.32, currents in units of 2^-12 nA, times in 2^-16
/// µs.</summary>
internal static class DeviceFormats
{
    /// <summary>One unit of current in A.</summary>
    public const double CurrentUnit = 1e-9 / (1 << Formats.CurrentBits);

    /// <summary>Units of current per µA.</summary>
    public const double PerMicroampere = 1e3 * (1 << Formats.CurrentBits);

    private const double VoltOne = 1L << CurrentModel.VoltBits;
    private const double GainOne = CurrentUnit * VoltOne * (1L << CurrentModel.GainBits);
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

    /// <summary>Rounds the slope that a unit of current gives a capacitor.</summary>
    /// <returns>V per µs, Q.80.</returns>
    public static long Ramp(double farads) => Round(CurrentUnit * 1e-6 / farads * Math.Pow(2, CurrentModel.RampBits));

    /// <summary>Rounds a current.</summary>
    /// <param name="microamperes">Current in µA.</param>
    /// <returns>Units of 2^-12 nA.</returns>
    public static long Current(double microamperes) => Round(microamperes * PerMicroampere);

    /// <summary>Rounds a resistance: volts in Q.32 per unit of current.</summary>
    /// <param name="ohms">Resistance, or rise of a voltage per ampere, in Ω.</param>
    /// <returns>Q.34.</returns>
    public static long Gain(double ohms) => Round(ohms * GainOne);

    /// <summary>Value of a gain.</summary>
    /// <param name="gain">Q.34.</param>
    /// <returns>Resistance in Ω.</returns>
    public static double FromGain(long gain) => gain / GainOne;

    /// <summary>Leak rate log2(e)/τ.</summary>
    /// <param name="tau">Time constant in µs.</param>
    /// <returns>Q.40 in 1/µs.</returns>
    public static long LeakRate(double tau) => Round((1L << Formats.RateBits) / (Math.Log(2) * tau));

    /// <summary>Rounds to nearest, ties away from zero.</summary>
    /// <returns>The nearest integer.</returns>
    public static long Round(double value) => (long)Math.Round(value, MidpointRounding.AwayFromZero);
}
