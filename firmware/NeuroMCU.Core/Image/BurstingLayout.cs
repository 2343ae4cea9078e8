// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Numerics;

namespace NeuroMCU.Core.Image
{
    /// <summary>
    /// Parameters of a bursting thyristor neuron in <see cref="PopulationTable.Parameters" />, by their place. Voltages are volts in
    /// Q8.24, currents in units of 2^-12 nA, the others factors of the exact propagator over one step h of the network:
    /// V ← a V + b V_s + c I + d and V_s ← e V + f V_s + g I + h, one set for each of three regimes (off below the knee, off above it, on).
    /// Factors of voltages are Q.31, factors of currents Q.28, constants Q8.24.
    /// </summary>
    public static class BurstingLayout
    {
        /// <summary>Threshold V_th of V − V_s.</summary>
        public const int Threshold = 0;

        /// <summary>Value of V − V_s above which the off-state leaks.</summary>
        public const int Knee = 1;

        /// <summary>Value V_on + I_hold r_on of V − V_s below which the thyristor turns off.</summary>
        public const int HoldVoltage = 2;

        /// <summary>Steps that it stays on after that.</summary>
        public const int ReleaseSteps = 3;

        /// <summary>How far the threshold lies lower right after turning off.</summary>
        public const int Memory = 4;

        /// <summary>exp(−h/τ_q) of the memory, Q.31.</summary>
        public const int MemoryDecay = 5;

        /// <summary>Constant current I_0.</summary>
        public const int Bias = 6;

        /// <summary>Voltage V at the start.</summary>
        public const int Initial = 7;

        /// <summary>Place of the first factor; regime r begins at FirstFactor + r × FactorCount.</summary>
        public const int FirstFactor = 8;

        /// <summary>Factors of a regime: a, b, c, d, e, f, g, h of the equations above.</summary>
        public const int FactorCount = 8;

        /// <summary>Regime: off, V − V_s below the knee.</summary>
        public const int Charging = 0;

        /// <summary>Regime: off, leaking.</summary>
        public const int Leaking = 1;

        /// <summary>Regime: on.</summary>
        public const int Conducting = 2;

        /// <summary>Number of parameters.</summary>
        public const int Count = FirstFactor + (3 * FactorCount);

        private const long Factor = 1L << 31;
        private const long Gain = 1L << 31;
        private const long Volts = 64L << Formats.MembraneBits;

        /// <summary>Least value of each parameter.</summary>
        internal static readonly long[] Least = new long[]
        {
            1, 0, 0, 0, 0, 0, -Formats.MaxCurrent, 0,
            -Factor, -Factor, -Gain, -Volts, -Factor, -Factor, -Gain, -Volts,
            -Factor, -Factor, -Gain, -Volts, -Factor, -Factor, -Gain, -Volts,
            -Factor, -Factor, -Gain, -Volts, -Factor, -Factor, -Gain, -Volts,
        };

        /// <summary>Largest value of each parameter.</summary>
        internal static readonly long[] Most = new long[]
        {
            Volts, Volts, Volts, 1000000, Volts, Factor, Formats.MaxCurrent, Volts,
            Factor, Factor, Gain, Volts, Factor, Factor, Gain, Volts,
            Factor, Factor, Gain, Volts, Factor, Factor, Gain, Volts,
            Factor, Factor, Gain, Volts, Factor, Factor, Gain, Volts,
        };

        /// <summary>Checks what ranges alone do not: knee and hold voltage lie below the lowered threshold.</summary>
        internal static bool IsSound(PopulationTable table)
        {
            long[][] parameters = table.Parameters;
            for (int i = 0; i < table.Size; i++)
            {
                long threshold = At(parameters[Threshold], i) - At(parameters[Memory], i);
                if (At(parameters[Knee], i) >= threshold || At(parameters[HoldVoltage], i) >= threshold || At(parameters[Initial], i) >= threshold)
                {
                    return false;
                }
            }

            return true;
        }

        private static long At(long[] values, int neuron)
        {
            return values.Length == 1 ? values[0] : values[neuron];
        }
    }
}
