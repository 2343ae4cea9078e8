// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;
using System.Runtime.InteropServices;

namespace NeuroMCU.VirtualBench.Circuits
{
    /// <summary>The last stretches of the two voltages of a bursting neuron, so that a buffer of samples can be filled after the fact.</summary>
    internal sealed class PairLog
    {
        private const int Capacity = 4096;

        private readonly Stretch[] _stretches = new Stretch[Capacity];
        private long _count;

        /// <summary>Adds the stretch that has just ended.</summary>
        /// <param name="stretch">The stretch.</param>
        public void Add(in Stretch stretch)
        {
            _stretches[_count & (Capacity - 1)] = stretch;
            _count++;
        }

        /// <summary>Finds the stretch in which a time lies.</summary>
        /// <param name="time">Time in s, before the start of the present stretch.</param>
        /// <param name="stretch">The stretch; the oldest one that is kept for a time before that.</param>
        /// <returns>False when nothing is kept.</returns>
        public bool Find(double time, out Stretch stretch)
        {
            long oldest = Math.Max(0, _count - Capacity);
            long at = _count - 1;
            stretch = default;
            if (at < oldest)
            {
                return false;
            }

            // Samples are asked for in order, and close to the present: the way back is short.
            while (at > oldest && _stretches[at & (Capacity - 1)].Start > time)
            {
                at--;
            }

            stretch = _stretches[at & (Capacity - 1)];
            return true;
        }

        /// <summary>A stretch with one law for both voltages.</summary>
        /// <param name="Start">Time in s at which it began.</param>
        /// <param name="Membrane">Voltage of the dendrite.</param>
        /// <param name="Soma">Voltage of the soma.</param>
        [StructLayout(LayoutKind.Auto)]
        internal readonly record struct Stretch(double Start, ExponentialPair Membrane, ExponentialPair Soma);
    }
}
