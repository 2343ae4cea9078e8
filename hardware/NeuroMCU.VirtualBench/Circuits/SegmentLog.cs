// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;
using System.Runtime.InteropServices;

namespace NeuroMCU.VirtualBench.Circuits
{
    /// <summary>
    /// The last stretches of a capacitor's voltage that obeyed C dV/dt = a − b·V, so that a buffer of samples can be filled after the fact.
    /// </summary>
    internal sealed class SegmentLog
    {
        private const int Capacity = 4096;

        private readonly Segment[] _segments = new Segment[Capacity];
        private long _count;

        /// <summary>Adds the stretch that has just ended.</summary>
        /// <param name="segment">The stretch.</param>
        public void Add(in Segment segment)
        {
            _segments[_count & (Capacity - 1)] = segment;
            _count++;
        }

        /// <summary>Finds the stretch in which a time lies.</summary>
        /// <param name="time">Time in s, before the start of the present stretch.</param>
        /// <param name="segment">The stretch; the oldest one that is kept for a time before that.</param>
        /// <returns>False when nothing is kept.</returns>
        public bool Find(double time, out Segment segment)
        {
            long low = Math.Max(0, _count - Capacity);
            long high = _count - 1;
            segment = default;
            if (high < low)
            {
                return false;
            }

            while (low < high)
            {
                long middle = (low + high + 1) / 2;
                if (_segments[middle & (Capacity - 1)].Start <= time)
                {
                    low = middle;
                }
                else
                {
                    high = middle - 1;
                }
            }

            segment = _segments[low & (Capacity - 1)];
            return true;
        }

        /// <summary>Gets the voltage after a time.</summary>
        public static double Value(double voltage, double a, double b, double capacitance, double elapsed)
        {
            if (elapsed <= 0)
            {
                return voltage;
            }

            if (b == 0)
            {
                return voltage + (a * elapsed / capacitance);
            }

            double rest = a / b;
            return rest + ((voltage - rest) * Math.Exp(-elapsed * b / capacitance));
        }

        /// <summary>Gets the time until a level is reached; infinity when it never is.</summary>
        public static double TimeTo(double voltage, double level, double a, double b, double capacitance)
        {
            if (b == 0)
            {
                double time = (level - voltage) * capacitance / a;
                return time > 0 ? time : double.PositiveInfinity;
            }

            double rest = a / b;
            double ratio = (voltage - rest) / (level - rest);
            return ratio > 1 && double.IsFinite(ratio) ? Math.Log(ratio) * capacitance / b : double.PositiveInfinity;
        }

        /// <summary>A stretch with one law.</summary>
        /// <param name="Start">Time in s at which it began.</param>
        /// <param name="Voltage">Voltage in V then.</param>
        /// <param name="A">Current in A at 0 V.</param>
        /// <param name="B">Conductance in S.</param>
        /// <param name="Conducting">True when the thyristor was on.</param>
        [StructLayout(LayoutKind.Auto)]
        internal readonly record struct Segment(double Start, double Voltage, double A, double B, bool Conducting)
        {
            /// <summary>Gets the voltage at a time.</summary>
            public double At(double time, double capacitance) => Value(Voltage, A, B, capacitance, time - Start);
        }
    }
}
