// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;
using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Numerics;

namespace NeuroMCU.Core.Engine
{
    /// <summary>The weights of all synapses under one index: projection after projection, in the order of their tables.</summary>
    internal sealed class SynapseWeights
    {
        private readonly Axon[] _axons;

        /// <summary>Initializes a new instance of the <see cref="SynapseWeights" /> class.</summary>
        /// <param name="axons">The projections; their weights are read and written in place.</param>
        internal SynapseWeights(Axon[] axons)
        {
            _axons = axons;
        }

        /// <summary>Reads a weight.</summary>
        /// <returns>The weight in units of its projection's scale.</returns>
        /// <exception cref="ArgumentOutOfRangeException">There is no such synapse.</exception>
        internal int Read(int synapse)
        {
            int local = synapse;
            return AxonOf(ref local).Stored[local];
        }

        /// <summary>Writes a weight.</summary>
        /// <param name="weight">−32767 to 32767, in units of its projection's scale.</param>
        /// <exception cref="ArgumentOutOfRangeException">There is no such synapse, or the weight is out of range.</exception>
        internal void Write(int synapse, int weight)
        {
            if (weight < -Formats.MaxWeight || weight > Formats.MaxWeight)
            {
                throw new ArgumentOutOfRangeException(nameof(weight));
            }

            int local = synapse;
            Axon axon = AxonOf(ref local);
            axon.Stored[local] = (short)weight;
            if (axon.Learner != null)
            {
                axon.Learner.Take(local, weight);
            }
        }

        private Axon AxonOf(ref int synapse)
        {
            if (synapse >= 0)
            {
                for (int i = 0; i < _axons.Length; i++)
                {
                    int count = _axons[i].Stored.Length;
                    if (synapse < count)
                    {
                        return _axons[i];
                    }

                    synapse -= count;
                }
            }

            throw new ArgumentOutOfRangeException(nameof(synapse));
        }
    }
}
