// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;
using NeuroMCU.Core.Numerics;

namespace NeuroMCU.Host.Compile.Circuits
{
    /// <summary>Rounds quantities of circuits to the device's formats: volts in Q8.24, currents in units of 2^-12 nA.</summary>
    internal static class CircuitFormats
    {
        /// <summary>One unit of current in A.</summary>
        public const double CurrentUnit = 1e-9 / (1 << Formats.CurrentBits);

        /// <summary>Units of current per µA.</summary>
        public const double PerMicroampere = 1e3 * (1 << Formats.CurrentBits);

        /// <summary>Fractional bits of the resistances and gains in the device's tables.</summary>
        public const int GainBits = 28;

        /// <summary>Rounds a voltage.</summary>
        /// <param name="volts">Voltage in V.</param>
        /// <returns>Q8.24.</returns>
        public static long Volts(double volts)
        {
            return Round(volts * Formats.MembraneOne);
        }

        /// <summary>Rounds a current.</summary>
        /// <param name="microamperes">Current in µA.</param>
        /// <returns>Units of 2^-12 nA.</returns>
        public static long Current(double microamperes)
        {
            return Round(microamperes * PerMicroampere);
        }

        /// <summary>Rounds a resistance: volts in Q8.24 per unit of current.</summary>
        /// <param name="ohms">Resistance, or rise of a voltage per ampere, in Ω.</param>
        /// <returns>Q.28.</returns>
        public static long Gain(double ohms)
        {
            return Round(ohms * CurrentUnit * Formats.MembraneOne * (1L << GainBits));
        }

        /// <summary>Value of a gain.</summary>
        /// <param name="gain">Q.28.</param>
        /// <returns>Resistance in Ω.</returns>
        public static double FromGain(long gain)
        {
            return gain / (CurrentUnit * Formats.MembraneOne * (1L << GainBits));
        }

        /// <summary>Rounds to nearest, ties away from zero.</summary>
        /// <param name="value">The value.</param>
        /// <returns>The nearest integer.</returns>
        public static long Round(double value)
        {
            return (long)Math.Round(value, MidpointRounding.AwayFromZero);
        }
    }
}
