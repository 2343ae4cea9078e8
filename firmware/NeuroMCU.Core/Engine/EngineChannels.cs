// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;

namespace NeuroMCU.Core.Engine
{
    /// <summary>The neurons of a network that are channels of the board, in the order of their global index.</summary>
    internal sealed class EngineChannels
    {
        private readonly Population[] _populations;
        private readonly short[] _neurons;

        /// <summary>Initializes a new instance of the <see cref="EngineChannels" /> class.</summary>
        internal EngineChannels(Population[] populations)
        {
            int count = 0;
            for (int i = 0; i < populations.Length; i++)
            {
                count += populations[i].Channels.Length;
            }

            _populations = new Population[count];
            _neurons = new short[count];
            count = 0;
            for (int i = 0; i < populations.Length; i++)
            {
                for (int k = 0; k < populations[i].Channels.Length; k++)
                {
                    _populations[count] = populations[i];
                    _neurons[count++] = (short)k;
                }
            }
        }

        /// <summary>Gets the number of channels.</summary>
        internal int Count => _neurons.Length;

        /// <summary>Gets the board's channel.</summary>
        internal int ChannelOf(int index) => _populations[index].Channels[_neurons[index]];

        /// <summary>Gets the global index of the neuron.</summary>
        internal int NeuronOf(int index) => _populations[index].First + _neurons[index];

        /// <summary>Gets the current that the channel is to be driven with, in units of 2^-12 nA.</summary>
        internal int Current(int index) => _populations[index].ReadCurrent(_neurons[index]);
    }
}
