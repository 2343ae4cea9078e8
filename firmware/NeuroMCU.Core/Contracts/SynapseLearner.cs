// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Core.Contracts
{
    /// <summary>Changes the weights of one projection while the network runs. Times are local to the queue.</summary>
    internal abstract class SynapseLearner
    {
        /// <summary>Interval in µs between calls of <see cref="Tick" />; 0 for none.</summary>
        internal int Interval;

        /// <summary>True while weights stay as they are; everything else goes on.</summary>
        internal bool Frozen;

        /// <summary>A spike arrives over neighbouring synapses of one row; what they send is looked up afterwards.</summary>
        internal abstract void Arrive(int from, int to, int time);

        /// <summary>A target neuron fires.</summary>
        internal abstract void Fired(int neuron, int time);

        /// <summary>The modulator fires.</summary>
        internal abstract void Modulate(int time);

        /// <summary>An interval has passed.</summary>
        internal abstract void Tick(int time);

        /// <summary>A weight has been written from outside.</summary>
        internal abstract void Take(int synapse, int weight);

        /// <summary>Goes back to time 0; weights stay.</summary>
        internal abstract void Reset();

        /// <summary>Local times become smaller.</summary>
        internal abstract void Rebase(int by);
    }
}
