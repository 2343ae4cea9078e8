// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Numerics;

namespace NeuroMCU.Core.Contracts
{
    /// <summary>What a model is given to make a population: its table, its place in the network, and the parts of the engine that it
    /// works with.</summary>
    internal abstract class PopulationSite
    {
        /// <summary>The population's part of the image.</summary>
        internal PopulationTable Table;

        /// <summary>Global index of the first neuron.</summary>
        internal int First;

        /// <summary>Steps of drive to this population.</summary>
        internal DriveTable[] Drives;

        /// <summary>Where spikes go.</summary>
        internal SpikeQueue Queue;

        /// <summary>Counters of the engine.</summary>
        internal EngineCounters Counters;

        /// <summary>Step of the network in µs.</summary>
        internal int Step;

        /// <summary>Computed crossings of the network.</summary>
        internal TimeHeap Crossings;

        /// <summary>Index among them of the population's first neuron; of use only where the model computes crossings.</summary>
        internal int FirstCrossing;

        /// <summary>Gets the decay tables of a leak rate, which populations of one rate share; null when the engine's places for them
        /// are used up.</summary>
        internal abstract DecayTable DecayFor(long rate);
    }
}
