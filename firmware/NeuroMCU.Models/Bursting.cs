// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Engine;
using NeuroMCU.Core.Numerics;

namespace NeuroMCU.Models
{
    /// <summary>
    /// Bursting thyristor neurons with a soma capacitor (MSBN), and their parameters in <see cref="PopulationTable.Parameters" />, by
    /// their place, in the formats of <see cref="Thyristor" />: volts in Q.32, currents in units u = 2^-12 nA, times in 2^-16 µs, rates
    /// log2(e)/τ per µs in Q.40. While the thyristor conducts (off and leaking, or on) the deviations of (V, V_s) from their
    /// equilibrium are sums of a fast and a slow part; the matrix P takes the slow part out of them.
    /// </summary>
    public sealed class Bursting : CurrentModel
    {
        /// <summary>
        /// IL instructions of computing the next spike, counted as <see cref="CurrentModel.CrossingWork" />: the search for a spike
        /// 0.8 ms ahead.
        /// </summary>
        public const int PredictionWork = 19_800;

        /// <summary>Fractional bits of the matrices.</summary>
        public const int ShareBits = 31;

        /// <summary>Threshold V_th of V − V_s.</summary>
        public const int Threshold = 0;

        /// <summary>Value of V − V_s above which the off-state leaks.</summary>
        public const int Knee = 1;

        /// <summary>Value V_on of V − V_s above which the on-state conducts.</summary>
        public const int OnVoltage = 2;

        /// <summary>Value V_on + I_hold r_on of V − V_s below which the thyristor is going to turn off.</summary>
        public const int HoldVoltage = 3;

        /// <summary>How long it stays on after that.</summary>
        public const int Release = 4;

        /// <summary>How far the threshold lies lower right after turning off.</summary>
        public const int Memory = 5;

        /// <summary>Rate at which it comes back.</summary>
        public const int MemoryRate = 6;

        /// <summary>Ramp 1/C_m: V per µs and u, Q.80.</summary>
        public const int Ramp = 7;

        /// <summary>Resistance R_s of the soma: volts (Q.32) per u, Q.34.</summary>
        public const int SomaGain = 8;

        /// <summary>Rate of the soma alone, 1/(R_s C_s).</summary>
        public const int SomaRate = 9;

        /// <summary>Constant current I_0.</summary>
        public const int Bias = 10;

        /// <summary>Voltage V at the start.</summary>
        public const int Initial = 11;

        /// <summary>Place of what the leak of the off-state makes of the circuit.</summary>
        public const int Leaking = 12;

        /// <summary>Place of what the on-state makes of it.</summary>
        public const int Conducting = 19;

        /// <summary>Place, within one of these, of the thyristor's resistance: volts (Q.32) per u, Q.34.</summary>
        public const int Gain = 0;

        /// <summary>Place of the fast rate.</summary>
        public const int FastRate = 1;

        /// <summary>Place of the slow rate.</summary>
        public const int SlowRate = 2;

        /// <summary>Place of the first of the four elements of P, by rows, Q.31.</summary>
        public const int Shares = 3;

        /// <summary>Number of parameters.</summary>
        public const int ParameterCount = 26;

        private const long MostGain = 1L << 45;
        private const long Volts = 64L << Thyristor.VoltBits;
        private const long Rate = 1L << 44;
        private const long Time = 10000000L << Relaxation.TimeBits;
        private const long Share = 1L << 40;

        private static readonly long[] s_least = new long[]
        {
            1, 0, 0, 0, 0, 0, 1, 1, 1, 1, -Formats.MaxCurrent, 0,
            1, 1, 1, 0, 0, 0, 0,
            1, 1, 1, 0, 0, 0, 0,
        };

        private static readonly long[] s_most = new long[]
        {
            Volts, Volts, Volts, Volts, Time, Volts, Rate, 1L << 48, MostGain, Rate, Formats.MaxCurrent, Volts,
            MostGain, Rate, Rate, Share, Share, Share, Share,
            MostGain, Rate, Rate, Share, Share, Share, Share,
        };

        /// <inheritdoc />
        public override int Number => 3;

        /// <inheritdoc />
        public override long[] Least => s_least;

        /// <inheritdoc />
        public override long[] Most => s_most;

        /// <inheritdoc />
        internal override int BiasPlace => Bias;

        /// <summary>Knee, on-voltage and hold voltage must lie below the lowered threshold.</summary>
        internal override int FirstUnsound(PopulationTable table)
            => FirstUnsoundVoltage(table, Threshold, Memory, Knee, HoldVoltage, Initial, OnVoltage);

        /// <summary>Nine longs and two bytes of each neuron, besides the law.</summary>
        internal override int StateBytes(int size)
        {
            return (9 * DeviceMemory.ArrayBytes(size, 8)) + (2 * DeviceMemory.ArrayBytes(size, 1)) + (2 * DeviceMemory.ObjectBytes(20))
                + (3 * DeviceMemory.ArrayBytes(3, 8));
        }

        /// <inheritdoc />
        internal override Population CreateComputed(PopulationSite site) => new BurstingPopulation(site);
    }
}
