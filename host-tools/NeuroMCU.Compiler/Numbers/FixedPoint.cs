// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Numerics;

namespace NeuroMCU.Compiler.Numbers;

/// <summary>Rounds to the formats of <see cref="Formats" />: to nearest, ties away from zero, saturating.</summary>
internal static class FixedPoint
{
    /// <summary>Largest magnitude of a membrane value in the image, in membrane units.</summary>
    public const double MembraneLimit = (double)ImageLayout.MaxMembrane / Formats.MembraneOne;

    private const double FactorOne = 1L << Formats.FactorBits;
    private const double RateOne = 1L << Formats.RateBits;

    /// <summary>Rounds a membrane value to Q8.24.</summary>
    /// <param name="value">Value in membrane units.</param>
    /// <returns>The fixed-point value.</returns>
    public static int Membrane(double value)
        => (int)Math.Clamp(Math.Round(value * Formats.MembraneOne, MidpointRounding.AwayFromZero), int.MinValue, int.MaxValue);

    /// <summary>Value of a Q8.24 number.</summary>
    /// <returns>Membrane units.</returns>
    public static double FromMembrane(int value) => value / (double)Formats.MembraneOne;

    /// <summary>Rounds a factor to Q0.31.</summary>
    /// <param name="value">Factor from 0 to 1.</param>
    /// <returns>The fixed-point value; 1 becomes the largest representable factor.</returns>
    public static int Factor(double value)
        => (int)Math.Clamp(Math.Round(value * FactorOne, MidpointRounding.AwayFromZero), 0, int.MaxValue);

    /// <summary>Value of a Q0.31 number.</summary>
    /// <returns>The factor.</returns>
    public static double FromFactor(int value) => value / FactorOne;

    /// <summary>Leak rate log2(e)/τ in Q.40.</summary>
    /// <param name="tau">Time constant in µs.</param>
    /// <returns>The fixed-point rate in 1/µs.</returns>
    public static long LeakRate(double tau) => Networks.Models.DeviceFormats.LeakRate(tau);

    /// <summary>Time constant of a Q.40 leak rate.</summary>
    /// <param name="rate">The fixed-point rate in 1/µs.</param>
    /// <returns>τ in µs.</returns>
    public static double TauOfLeakRate(long rate) => RateOne / (Math.Log(2) * rate);
}
