// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;

namespace NeuroMCU.Hearing.Readout
{
    /// <summary>
    /// Spikes of a population since a moment of the owner's choice, and since a later one, where its last part begins. The engine's
    /// counts only
    /// rise, so that several read-outs can share them.
    /// </summary>
    internal sealed class SpikeTally
    {
        private readonly int[] _counts;
        private readonly int[] _before;
        private readonly int[] _beforePart;

        /// <summary>Initializes a new instance of the <see cref="SpikeTally" /> class.</summary>
        /// <param name="counts">Spikes per neuron since the engine's start; the engine goes on counting in it.</param>
        internal SpikeTally(int[] counts)
        {
            _counts = counts;
            _before = new int[counts.Length];
            _beforePart = new int[counts.Length];
        }

        /// <summary>Gets the number of neurons.</summary>
        internal int Size => _before.Length;

        /// <summary>Gets the spikes of a neuron since <see cref="Forget" />.</summary>
        internal int Of(int neuron)
        {
            return _counts[neuron] - _before[neuron];
        }

        /// <summary>Gets the spikes of a neuron since <see cref="ForgetPart" />.</summary>
        internal int OfPart(int neuron)
        {
            return _counts[neuron] - _beforePart[neuron];
        }

        /// <summary>Counts from now on.</summary>
        internal void Forget()
        {
            Array.Copy(_counts, _before, _before.Length);
            ForgetPart();
        }

        /// <summary>A new part begins now.</summary>
        internal void ForgetPart()
        {
            Array.Copy(_counts, _beforePart, _beforePart.Length);
        }
    }
}
