// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Models;

namespace NeuroMCU.Core.Engine
{
    /// <summary>The neurons of a network that are channels of the board, in the order of their global index.</summary>
    internal sealed class EngineChannels
    {
        private readonly ChannelPopulation[] _populations;
        private readonly short[] _neurons;

        /// <summary>Initializes a new instance of the <see cref="EngineChannels" /> class.</summary>
        /// <param name="populations">All populations of the network.</param>
        internal EngineChannels(Population[] populations)
        {
            int count = 0;
            for (int i = 0; i < populations.Length; i++)
            {
                count += populations[i] is ChannelPopulation ? populations[i].Size : 0;
            }

            _populations = new ChannelPopulation[count];
            _neurons = new short[count];
            count = 0;
            for (int i = 0; i < populations.Length; i++)
            {
                ChannelPopulation population = populations[i] as ChannelPopulation;
                for (int k = 0; population != null && k < population.Size; k++)
                {
                    _populations[count] = population;
                    _neurons[count++] = (short)k;
                }
            }
        }

        /// <summary>Gets the number of channels.</summary>
        internal int Count => _neurons.Length;

        /// <summary>Gets the board's channel.</summary>
        internal int ChannelOf(int index)
        {
            return _populations[index].ChannelOf(_neurons[index]);
        }

        /// <summary>Gets the global index of the neuron.</summary>
        internal int NeuronOf(int index)
        {
            return _populations[index].First + _neurons[index];
        }

        /// <summary>Gets the current that the channel is to be driven with, in units of 2^-12 nA.</summary>
        internal int Current(int index)
        {
            return _populations[index].ReadCurrent(_neurons[index]);
        }
    }
}
