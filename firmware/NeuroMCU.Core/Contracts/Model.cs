// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Core.Contracts
{
    /// <summary>
    /// The law of a neuron model as the image, the engine and the estimate of memory see it: its number, its parameters and their
    /// bounds, what a trace can show, and the population that runs it. An instance holds no state: any two of a class are the same.
    /// </summary>
    public abstract class Model
    {
        /// <summary>Gets the model's number in the image, 1 to 255; 0 is the source.</summary>
        public abstract int Number { get; }

        /// <summary>Gets the least value of each parameter, by its place in <see cref="PopulationTable.Parameters" />; empty for models
        /// that have none.</summary>
        public abstract long[] Least { get; }

        /// <summary>Gets the largest value of each parameter.</summary>
        public abstract long[] Most { get; }

        /// <summary>Gets a value indicating whether the neurons fire only when an input makes them.</summary>
        public virtual bool IsSource => false;

        /// <summary>Gets a value indicating whether the image brings the equations as a <see cref="PopulationTable.Program" />.</summary>
        public virtual bool IsProgram => false;

        /// <summary>Counts the quantities of a neuron that a trace can show: the membrane, the current, then others.</summary>
        /// <param name="table">The population, complete.</param>
        /// <returns>The number; 0 for models without a membrane.</returns>
        public abstract int Quantities(PopulationTable table);

        /// <summary>Tells whether a population may be brought forward as its table says: at events or at every step.</summary>
        internal abstract bool AllowsUpdate(PopulationTable table);

        /// <summary>Checks what bounds alone do not: whether parameters fit each other.</summary>
        /// <returns>Place of the first parameter (of a program: of the first word) that does not; −1 when all do.</returns>
        internal virtual int FirstUnsound(PopulationTable table) => -1;

        /// <summary>Tells whether synapses can end at a receptor of the population.</summary>
        internal abstract bool HasReceptor(PopulationTable table, int receptor);

        /// <summary>
        /// Bytes on the device's heap that a population takes besides the table, the fields of its object and the lists of its axons
        /// and drives; an upper bound.
        /// </summary>
        internal abstract int MemoryBytes(PopulationTable table, DriveTable[] drives);

        /// <summary>Tells whether the population puts the times of its coming spikes among the computed crossings, one place for each
        /// neuron.</summary>
        internal virtual bool ComputesCrossings(PopulationTable table, DriveTable[] drives) => false;

        /// <summary>Tells whether its neurons sum up the arrivals of a microsecond before they look at their threshold
        /// (<see cref="NotedNeurons" />).</summary>
        internal virtual bool NotesArrivals(PopulationTable table) => false;

        /// <summary>Gets the leak rate (log2(e)/τ in 1/µs, Q.40) whose decay tables the population shares with others; 0 when it needs
        /// none.</summary>
        internal virtual long SharedDecay(PopulationTable table) => 0;

        /// <summary>Tells whether a population that exists takes a new value of a parameter; of a program: of the start of a
        /// register.</summary>
        internal virtual bool TakesChange(PopulationTable table, int parameter) => false;

        /// <summary>Makes the population that runs the law.</summary>
        internal abstract Population Create(PopulationSite site);

        /// <summary>Makes what learns by programs of this model; only for the one that runs programs.</summary>
        internal virtual SynapseLearner Learner(LearningTable table, Axon axon, EngineCounters counters)
        {
            return null;
        }

        /// <summary>Bytes that learning by programs of this model takes on the device, besides the programs.</summary>
        internal virtual int LearnerBytes(LearningTable table, ProjectionTable projection, int targets)
        {
            return 0;
        }
    }
}
