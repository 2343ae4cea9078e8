// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Core.Contracts
{
    /// <summary>What an engine has done since its start or reset.</summary>
    public sealed class EngineCounters
    {
        /// <summary>Spikes of all neurons, sources included.</summary>
        public long Spikes;

        /// <summary>Synapses served, counted when the last one of a row has been.</summary>
        public long SynapticEvents;

        /// <summary>Event-driven neurons brought forward or fired by a computed crossing, without a synaptic event.</summary>
        public long NeuronUpdates;

        /// <summary>Neurons among them whose law counts its <see cref="LawOperations" />.</summary>
        public long CountedCrossings;

        /// <summary>Steps of the clocked populations.</summary>
        public long ClockedSteps;

        /// <summary>Neurons updated by those steps.</summary>
        public long ClockedUpdates;

        /// <summary>Neurons among them whose law counts its <see cref="LawOperations" />.</summary>
        public long CountedUpdates;

        /// <summary>IL instructions that laws and rules executed, about, where one update differs from another.</summary>
        public long LawOperations;

        /// <summary>Receptors of neurons stepped by the synapse blocks.</summary>
        public long ReceptorUpdates;

        /// <summary>Rows put on their way (one per spike and projection).</summary>
        public long Rows;

        /// <summary>Synapses that rules have worked on.</summary>
        public long LearningUpdates;

        /// <summary>How often a rule has left a weight at an end of its range, among <see cref="LearningUpdates" />.</summary>
        public long LearningEnds;

        /// <summary>Largest number of rows on their way at the same time.</summary>
        public int QueuePeak;

        /// <summary>Rows lost because the event queue was full.</summary>
        public int QueueDrops;

        /// <summary>Injected spikes lost because the injection queue was full.</summary>
        public int InjectDrops;

        /// <summary>Injected spikes whose time had passed when they came: they fired at once instead.</summary>
        public int InjectLate;

        /// <summary>Spikes of channels that were recorded at their time but travelled at once, because no more could wait for a network
        /// that was behind.</summary>
        public int ChannelHurried;

        /// <summary>Sets everything to zero.</summary>
        public void Clear()
        {
            Spikes = 0;
            SynapticEvents = 0;
            NeuronUpdates = 0;
            CountedCrossings = 0;
            ClockedSteps = 0;
            ClockedUpdates = 0;
            CountedUpdates = 0;
            LawOperations = 0;
            ReceptorUpdates = 0;
            Rows = 0;
            LearningUpdates = 0;
            LearningEnds = 0;
            QueuePeak = 0;
            QueueDrops = 0;
            InjectDrops = 0;
            InjectLate = 0;
            ChannelHurried = 0;
        }
    }
}
