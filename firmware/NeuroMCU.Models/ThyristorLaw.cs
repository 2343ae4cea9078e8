// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Numerics;

namespace NeuroMCU.Models
{
    /// <summary>
    /// The segments of a thyristor neuron in closed form: what the membrane becomes after a time, and when it gets to a voltage.
    /// Voltages in Q.32, currents in units of 2^-12 nA, times in 2^-16 µs.
    /// </summary>
    internal sealed class ThyristorLaw
    {
        private const long Never = Relaxation.Never;
        private const int GainBits = Thyristor.GainBits;
        private const int FineBits = Thyristor.FineCurrentBits;

        /// <summary>Threshold.</summary>
        internal readonly long[] Threshold;

        /// <summary>V_hold.</summary>
        internal readonly long[] HoldVoltage;

        /// <summary>Release time.</summary>
        internal readonly long[] Release;

        /// <summary>How far the threshold is lowered after turning off.</summary>
        internal readonly long[] Memory;

        /// <summary>How long it is lowered.</summary>
        internal readonly long[] MemoryTime;

        private readonly long[] _ramp;
        private readonly long[] _knee;
        private readonly long[] _leakGain;
        private readonly long[] _leakRate;
        private readonly long[] _onVoltage;
        private readonly long[] _onGain;
        private readonly long[] _onRate;
        private readonly long[] _onset;
        private readonly long[] _holdCurrent;

        /// <summary>Initializes a new instance of the <see cref="ThyristorLaw" /> class.</summary>
        /// <param name="parameters">Parameters in the order of <see cref="Thyristor" />.</param>
        internal ThyristorLaw(long[][] parameters)
        {
            Threshold = parameters[Thyristor.Threshold];
            HoldVoltage = parameters[Thyristor.HoldVoltage];
            Release = parameters[Thyristor.Release];
            Memory = parameters[Thyristor.Memory];
            MemoryTime = parameters[Thyristor.MemoryTime];
            _ramp = parameters[Thyristor.Ramp];
            _knee = parameters[Thyristor.Knee];
            _leakGain = parameters[Thyristor.LeakGain];
            _leakRate = parameters[Thyristor.LeakRate];
            _onVoltage = parameters[Thyristor.OnVoltage];
            _onGain = parameters[Thyristor.OnGain];
            _onRate = parameters[Thyristor.OnRate];
            _onset = parameters[Thyristor.Onset];
            _holdCurrent = parameters[Thyristor.Hold];
        }

        /// <summary>The membrane of a conducting thyristor after a time.</summary>
        internal long BringOn(int neuron, long membrane, int current, long elapsed)
        {
            return Relax(membrane, Equilibrium(Value(_onVoltage, neuron), current, Value(_onGain, neuron)), elapsed,
                Value(_onRate, neuron));
        }

        /// <summary>When the current through a conducting thyristor falls below the holding current.</summary>
        /// <returns>Time from now; 0 when it has; <see cref="Relaxation.Never" /> in the block.</returns>
        internal long TimeToHold(int neuron, long membrane, int current)
        {
            long above = membrane - Value(HoldVoltage, neuron);
            if (above < 0)
            {
                return 0;
            }

            // V_hold lies (I_hold − I)·R_c above the equilibrium: near the block only the currents tell how far.
            long near = Relaxation.Scaled(Value(_holdCurrent, neuron) - ((long)current << FineBits), Value(_onGain, neuron),
                GainBits + FineBits);
            return near <= 0 ? Never : Relaxation.TimeTo(near + above, near, Value(_onRate, neuron));
        }

        /// <summary>The membrane of a thyristor that is off after a time, as long as it stays below the threshold.</summary>
        internal long BringOff(int neuron, long membrane, int current, long elapsed)
        {
            long knee = Value(_knee, neuron);
            if (membrane > knee || (membrane == knee && current >= 0))
            {
                long end = Equilibrium(knee, current, Value(_leakGain, neuron));
                long rate = Value(_leakRate, neuron);
                if (current >= 0)
                {
                    return Relax(membrane, end, elapsed, rate);
                }

                long wait = Relaxation.TimeTo(membrane - end, knee - end, rate);
                if (wait >= elapsed)
                {
                    return Relax(membrane, end, elapsed, rate);
                }

                membrane = knee;
                elapsed -= wait;
            }

            long slope = Slope(neuron, current);
            if (slope > 0)
            {
                long wait = Relaxation.RampTime(knee - membrane, slope);
                return wait <= elapsed
                    ? Relax(knee, Equilibrium(knee, current, Value(_leakGain, neuron)), elapsed - wait, Value(_leakRate, neuron))
                    : membrane + Relaxation.Climb(slope, elapsed);
            }

            if (slope == 0)
            {
                return membrane;
            }

            return Relaxation.RampTime(membrane, -slope) <= elapsed ? 0 : membrane - Relaxation.Climb(-slope, elapsed);
        }

        /// <summary>When the membrane of a thyristor that is off gets to a threshold.</summary>
        /// <returns>Time from now; 0 when it is there; <see cref="Relaxation.Never" /> when it never does.</returns>
        internal long TimeToThreshold(int neuron, long membrane, int current, long threshold)
        {
            if (membrane >= threshold)
            {
                return 0;
            }

            // The equilibrium lies (I − I_min)·R_leak above V_th: near the onset only the currents tell how far.
            long near = Relaxation.Scaled(((long)current << FineBits) - Value(_onset, neuron), Value(_leakGain, neuron),
                GainBits + FineBits)
                + Value(Threshold, neuron) - threshold;
            if (current <= 0 || near <= 0)
            {
                return Never;
            }

            long knee = Value(_knee, neuron);
            long wait = 0;
            if (membrane < knee)
            {
                long slope = Slope(neuron, current);
                if (slope == 0)
                {
                    return Never;
                }

                wait = Relaxation.RampTime(knee - membrane, slope);
                membrane = knee;
            }

            return wait + Relaxation.TimeTo(near + threshold - membrane, near, Value(_leakRate, neuron));
        }

        private static long Value(long[] values, int neuron) => values.Length == 1 ? values[0] : values[neuron];

        private static long Equilibrium(long origin, int current, long gain)
            => origin + Relaxation.Scaled(current, gain, GainBits);

        private static long Relax(long membrane, long end, long elapsed, long rate)
            => end + Relaxation.Decay(membrane - end, Relaxation.Octaves(elapsed, rate));

        private long Slope(int neuron, int current)
            => Relaxation.Scaled(current, Value(_ramp, neuron), Thyristor.RampBits - Relaxation.SlopeBits);
    }
}
