// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Engine;
using NeuroMCU.Core.Image;
using NeuroMCU.Core.Numerics;

namespace NeuroMCU.Models
{
    /// <summary>
    /// Thyristor neurons with one membrane capacitor (MSN), and their parameters in <see cref="PopulationTable.Parameters" />, by their
    /// place. Voltages are volts in Q.32, currents in units of 2^-12 nA (<see cref="Formats.CurrentBits" />), times in 2^-16 µs; C is
    /// the capacitance, R_leak = (V_th − V_knee)/I_min the slope of the leak, R_c = r_on + R_load the resistance of the on-state.
    /// </summary>
    public sealed class Thyristor : CurrentModel
    {
        /// <summary>
        /// IL instructions of computing the next spike anew, counted as <see cref="CurrentModel.CrossingWork" />: above the knee, one
        /// segment and one crossing in closed form.
        /// </summary>
        public const int PredictionWork = 1470;

        /// <summary>Fractional bits, on top of those of voltages, of the resistances.</summary>
        public const int GainBits = 34;

        /// <summary>Fractional bits of the ramp, in V per µs and unit of current.</summary>
        public const int RampBits = 80;

        /// <summary>Ramp 1/C: V per µs and unit of current, Q.80; capacitances from 1 nF up.</summary>
        public const int Ramp = 0;

        /// <summary>Threshold V_th.</summary>
        public const int Threshold = 1;

        /// <summary>Voltage V_knee above which the off-state leaks; 0 for the linear two-state law.</summary>
        public const int Knee = 2;

        /// <summary>Slope of the leak R_leak: volts (Q.32) per unit of current, Q.34.</summary>
        public const int LeakGain = 3;

        /// <summary>log2(e)/(R_leak C) in 1/µs, Q.40.</summary>
        public const int LeakRate = 4;

        /// <summary>Voltage V_on that stays on the thyristor in the on-state.</summary>
        public const int OnVoltage = 5;

        /// <summary>Resistance R_c of the on-state: volts (Q.32) per unit of current, Q.34.</summary>
        public const int OnGain = 6;

        /// <summary>log2(e)/(R_c C) in 1/µs, Q.40.</summary>
        public const int OnRate = 7;

        /// <summary>V_hold = V_on + I_hold R_c: below it the current is less than the holding current.</summary>
        public const int HoldVoltage = 8;

        /// <summary>How long the thyristor stays on after its current fell below the holding current.</summary>
        public const int Release = 9;

        /// <summary>How far the threshold lies lower after the thyristor has turned off.</summary>
        public const int Memory = 10;

        /// <summary>How long it does so.</summary>
        public const int MemoryTime = 11;

        /// <summary>Constant current I_0.</summary>
        public const int Bias = 12;

        /// <summary>Voltage at the start, below the threshold.</summary>
        public const int Initial = 13;

        /// <summary>Least current I_min that fires, in 2^-16 nA: what the drive exceeds it by tells how far the equilibrium lies above
        /// the threshold.</summary>
        public const int Onset = 14;

        /// <summary>Holding current I_hold in 2^-16 nA.</summary>
        public const int Hold = 15;

        /// <summary>Number of parameters.</summary>
        public const int ParameterCount = 16;

        /// <summary>Bits that onset and holding current have more than other currents.</summary>
        public const int FineCurrentBits = 4;

        /// <summary>Highest voltage, 64 V.</summary>
        public const long MaxVoltage = 64L << VoltBits;

        private const long MaxRamp = 1L << 48;
        private const long MaxGain = 1L << 45;
        private const long MaxTime = 10000000L << 16;
        private const long MaxFineCurrent = 1L << 36;

        private static readonly long[] s_least = new long[]
        {
            1, 1, 0, 1, ImageLayout.MinLeakRate, 0, 1, ImageLayout.MinLeakRate, 0, 0, 0, 0, -Formats.MaxCurrent, 0, 1, 1,
        };

        private static readonly long[] s_most = new long[]
        {
            MaxRamp, MaxVoltage, MaxVoltage, MaxGain, ImageLayout.MaxLeakRate, MaxVoltage, MaxGain, ImageLayout.MaxLeakRate, MaxVoltage,
            MaxTime, MaxVoltage, MaxTime, Formats.MaxCurrent, MaxVoltage, MaxFineCurrent, MaxFineCurrent,
        };

        /// <inheritdoc />
        public override int Number => 2;

        /// <inheritdoc />
        public override long[] Least => s_least;

        /// <inheritdoc />
        public override long[] Most => s_most;

        /// <inheritdoc />
        internal override int BiasPlace => Bias;

        /// <summary>Knee, hold and initial voltage must lie below the lowered threshold.</summary>
        internal override int FirstUnsound(PopulationTable table)
            => FirstUnsoundVoltage(table, Threshold, Memory, Knee, HoldVoltage, Initial, OnVoltage);

        /// <summary>Nine longs and two bytes of each neuron, besides the law.</summary>
        internal override int StateBytes(int size)
            => (9 * DeviceMemory.ArrayBytes(size, 8)) + (2 * DeviceMemory.ArrayBytes(size, 1)) + DeviceMemory.ObjectBytes(20);

        /// <inheritdoc />
        internal override Population CreateComputed(PopulationSite site) => new ThyristorPopulation(site);
    }
}
