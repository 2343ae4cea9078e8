// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Image;
using NeuroMCU.Core.Numerics;

namespace NeuroMCU.Core.Models
{
    /// <summary>
    /// The segments of a thyristor neuron in closed form: what the membrane becomes after a time, and when it gets to a voltage. Switchings
    /// fall on whole microseconds, rounded up. Voltages in Q8.24, currents in units of 2^-12 nA, times in µs.
    /// </summary>
    internal sealed class ThyristorLaw
    {
        private const long Never = long.MaxValue;
        private const int RampBits = 40;
        private const int SlopeBits = 20;
        private const int GainBits = 28;

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

        /// <summary>Initializes a new instance of the <see cref="ThyristorLaw" /> class.</summary>
        /// <param name="parameters">Parameters in the order of <see cref="ThyristorLayout" />.</param>
        internal ThyristorLaw(long[][] parameters)
        {
            Threshold = parameters[ThyristorLayout.Threshold];
            HoldVoltage = parameters[ThyristorLayout.HoldVoltage];
            Release = parameters[ThyristorLayout.Release];
            Memory = parameters[ThyristorLayout.Memory];
            MemoryTime = parameters[ThyristorLayout.MemoryTime];
            _ramp = parameters[ThyristorLayout.Ramp];
            _knee = parameters[ThyristorLayout.Knee];
            _leakGain = parameters[ThyristorLayout.LeakGain];
            _leakRate = parameters[ThyristorLayout.LeakRate];
            _onVoltage = parameters[ThyristorLayout.OnVoltage];
            _onGain = parameters[ThyristorLayout.OnGain];
            _onRate = parameters[ThyristorLayout.OnRate];
        }

        /// <summary>The membrane of a conducting thyristor after a time.</summary>
        internal long BringOn(int neuron, long membrane, int current, long elapsed)
        {
            return Relax(membrane, Equilibrium(Value(_onVoltage, neuron), current, Value(_onGain, neuron)), elapsed, Value(_onRate, neuron));
        }

        /// <summary>When the current through a conducting thyristor falls below the holding current.</summary>
        /// <returns>µs from now; 0 when it has; long.MaxValue in the block.</returns>
        internal long TimeToHold(int neuron, long membrane, int current)
        {
            long hold = Value(HoldVoltage, neuron);
            long end = Equilibrium(Value(_onVoltage, neuron), current, Value(_onGain, neuron));
            if (membrane < hold)
            {
                return 0;
            }

            return end >= hold ? Never : Reach(membrane, end, hold, Value(_onRate, neuron));
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

                long wait = Reach(membrane, end, knee, rate);
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
                long wait = RampTime(knee - membrane, slope);
                return wait <= elapsed
                    ? Relax(knee, Equilibrium(knee, current, Value(_leakGain, neuron)), elapsed - wait, Value(_leakRate, neuron))
                    : membrane + (((slope * elapsed) + (1L << (SlopeBits - 1))) >> SlopeBits);
            }

            if (slope == 0)
            {
                return membrane;
            }

            return RampTime(membrane, -slope) <= elapsed ? 0 : membrane - (((-slope * elapsed) + (1L << (SlopeBits - 1))) >> SlopeBits);
        }

        /// <summary>When the membrane of a thyristor that is off gets to a threshold.</summary>
        /// <returns>µs from now; 0 when it is there; long.MaxValue when it never does.</returns>
        internal long TimeToThreshold(int neuron, long membrane, int current, long threshold)
        {
            if (membrane >= threshold)
            {
                return 0;
            }

            if (current <= 0)
            {
                return Never;
            }

            long knee = Value(_knee, neuron);
            long end = Equilibrium(knee, current, Value(_leakGain, neuron));
            if (end <= threshold)
            {
                return Never;
            }

            long wait = 0;
            if (membrane < knee)
            {
                long slope = Slope(neuron, current);
                if (slope == 0)
                {
                    return Never;
                }

                wait = RampTime(knee - membrane, slope);
                membrane = knee;
            }

            return wait + Reach(membrane, end, threshold, Value(_leakRate, neuron));
        }

        private static long Value(long[] values, int neuron)
        {
            return values.Length == 1 ? values[0] : values[neuron];
        }

        private static long Equilibrium(long origin, int current, long gain)
        {
            long end = origin + (((current * gain) + (1L << (GainBits - 1))) >> GainBits);
            if (end >= ThyristorLayout.MaxVoltage)
            {
                return ThyristorLayout.MaxVoltage - 1;
            }

            return end <= -ThyristorLayout.MaxVoltage ? 1 - ThyristorLayout.MaxVoltage : end;
        }

        // |from − end| falls to |to − end|: both on the same side of the end, the first not nearer than the second.
        private static long Reach(long from, long end, long to, long rate)
        {
            long far = from > end ? from - end : end - from;
            long near = to > end ? to - end : end - to;
            if (far <= near)
            {
                return 0;
            }

            if (near == 0)
            {
                return Never;
            }

            return (Exponential.Logarithm(far) - Exponential.Logarithm(near) + rate - 1) / rate;
        }

        private static long Relax(long membrane, long end, long elapsed, long rate)
        {
            // The product of the longest time and the largest rate has more than 63 bits, so whether anything is left is seen from the upper parts.
            if (((elapsed >> 8) * (rate >> 8)) >> 24 > 40)
            {
                return end;
            }

            return end + Exponential.Decay((int)(membrane - end), elapsed * rate);
        }

        private static long RampTime(long distance, long slope)
        {
            return ((distance << SlopeBits) + slope - 1) / slope;
        }

        // Volts per µs in Q8.24 with 20 more bits.
        private long Slope(int neuron, int current)
        {
            return (current * Value(_ramp, neuron)) >> (RampBits - SlopeBits);
        }
    }
}
