// NeuroMCU, MIT licence. See LICENSE in the repository root.


namespace NeuroMCU.Core.Contracts
{
    /// <summary>A projection as the engine runs it: the rows of the image's own arrays and the population that they lead to.</summary>
    internal sealed class Axon
    {
        /// <summary>Number of the projection.</summary>
        internal readonly int Index;

        /// <summary>Start of each row.</summary>
        internal readonly int[] RowStart;

        /// <summary>Packed delays and targets.</summary>
        internal readonly int[] Synapses;

        /// <summary>Weights.</summary>
        internal short[] Weights;

        /// <summary>The weights as such, which a learning rule may keep apart from what is sent.</summary>
        internal readonly short[] Stored;

        /// <summary>Changes the weights; null where they stay.</summary>
        internal SynapseLearner Learner;

        /// <summary>Membrane increment per unit of weight, Q8.24.</summary>
        internal readonly int Scale;

        /// <summary>Receptor of the synapses.</summary>
        internal readonly int Receptor;

        /// <summary>Where the rows lead.</summary>
        internal readonly Population Target;

        /// <summary>Initializes a new instance of the <see cref="Axon" /> class.</summary>
        internal Axon(int index, ProjectionTable table, Population target)
        {
            Index = index;
            RowStart = table.RowStart;
            Synapses = table.Synapses;
            Weights = table.Weights;
            Stored = table.Weights;
            Scale = table.WeightScale;
            Receptor = table.Receptor;
            Target = target;
        }
    }
}
