// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Core.Contracts
{
    /// <summary>What a model sees of the event queue: where its spikes go, and how its local times lie on the engine's.</summary>
    internal abstract class SpikeQueue
    {
        /// <summary>Neurons to be looked at again when the arrivals of the present microsecond are through.</summary>
        internal readonly NotedNeurons Noted;

        /// <summary>Start of local time in µs since start.</summary>
        internal long Base;

        /// <summary>Local time at which serving stops, exclusive; drops when a crossing is computed meanwhile.</summary>
        internal int Horizon;

        /// <summary>Initializes a new instance of the <see cref="SpikeQueue" /> class.</summary>
        protected SpikeQueue(NotedNeurons noted)
        {
            Noted = noted;
        }

        /// <summary>A neuron fires: its spike is recorded and starts to travel.</summary>
        internal abstract void Fire(Population population, int neuron, int time);
    }
}
