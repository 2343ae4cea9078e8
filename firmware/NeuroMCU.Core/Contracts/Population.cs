// NeuroMCU, MIT licence. See LICENSE in the repository root.


namespace NeuroMCU.Core.Contracts
{
    /// <summary>
    /// The contract between engine and models. A model derives from this class, gives its spikes to <see cref="SpikeQueue.Fire" /> and
    /// overrides what it needs; everything else about networks (queue, order, records, inputs) stays in the engine.
    /// </summary>
    /// <remarks>
    /// Times that models see are local: µs since the engine's time base, which moves in steps of 2^30 µs so that an int is enough
    /// (<see cref="Rebase" />). The fields of the fast lane let the queue serve delta synapses onto leaky membranes in its own loop,
    /// without a call per synapse; a model that has no use for it leaves <see cref="FastRange" /> at 0 and gets its arrivals through
    /// <see cref="Receive" />.
    /// </remarks>
    internal abstract class Population
    {
        /// <summary>Global index of the first neuron.</summary>
        internal readonly int First;

        /// <summary>Number of neurons.</summary>
        internal readonly int Size;

        /// <summary>True when the spikes go into the record.</summary>
        internal readonly bool Recorded;

        /// <summary>True when the neurons fire only as inputs make them.</summary>
        internal readonly bool IsSource;

        /// <summary>The board's channel of each neuron; empty when the neurons are computed.</summary>
        internal readonly int[] Channels;

        /// <summary>Spikes of each neuron since start; null when no read-out asks for them.</summary>
        internal int[] Counts;

        /// <summary>How often a value of this population went beyond its range and was cut off, since start.</summary>
        internal long Saturations;

        /// <summary>Projections that start here, in order.</summary>
        internal Axon[] Axons;

        /// <summary>Fast lane: exclusive upper end of the Δt that it covers, 0 for none.</summary>
        internal int FastRange;

        /// <summary>Membranes relative to their equilibrium, Q8.24.</summary>
        internal int[] Membrane;

        /// <summary>Time of each membrane value; in the future while the neuron is refractory or noted.</summary>
        internal int[] Last;

        /// <summary>Fast lane: coarse decay factors.</summary>
        internal int[] Coarse;

        /// <summary>Fast lane: fine decay factors.</summary>
        internal int[] Fine;

        /// <summary>Fast lane: threshold relative to the equilibrium.</summary>
        internal long FastThreshold;

        /// <summary>Fast lane: floor relative to the equilibrium.</summary>
        internal long FastFloor;

        /// <summary>Rules of the projections onto it; null for none.</summary>
        internal SynapseLearner[] Learners;

        /// <summary>Rules that its spikes modulate; null for none.</summary>
        internal SynapseLearner[] Modulated;

        /// <summary>Initializes a new instance of the <see cref="Population" /> class.</summary>
        protected Population(PopulationTable table, int first)
        {
            First = first;
            Size = table.Size;
            Recorded = table.Recorded;
            IsSource = table.Model.IsSource;
            Channels = table.Channels;
        }

        /// <summary>Narrows a value of the population to the range of an int, and counts when that cuts it off.</summary>
        internal int Narrow(long value)
        {
            int narrow = (int)value;
            if (narrow == value)
            {
                return narrow;
            }

            Saturations++;
            return value > 0 ? int.MaxValue : int.MinValue;
        }

        /// <summary>Keeps a value of the population between two bounds, and counts when that cuts it off.</summary>
        internal int Within(long value, int least, int most)
        {
            if (value >= least && value <= most)
            {
                return (int)value;
            }

            Saturations++;
            return value > most ? most : least;
        }

        /// <summary>What drives a neuron at a time: its bias and all steps of drive. The sum is formed anew at each change, so that drive
        /// that comes and goes leaves nothing behind.</summary>
        /// <param name="bias">Constant part.</param>
        /// <param name="absolute">Time in µs since start.</param>
        internal int Driven(long bias, DriveTable[] drives, int neuron, long absolute, int least, int most)
        {
            for (int i = 0; i < drives.Length; i++)
            {
                DriveTable drive = drives[i];
                if (neuron >= drive.First
                    && neuron < drive.First + drive.Count
                    && absolute >= drive.Start
                    && (absolute < drive.Stop || drive.Stop == int.MaxValue))
                {
                    bias += drive.Amplitude;
                }
            }

            return Within(bias, least, most);
        }

        /// <summary>Goes back to the initial state at time 0.</summary>
        internal virtual void Reset()
        {
        }

        /// <summary>Takes spikes that arrive together over one row: synapses from (inclusive) to (exclusive).</summary>
        internal virtual void Receive(Axon axon, int from, int to, int time)
        {
        }

        /// <summary>The arrivals of this microsecond have brought a neuron of the fast lane to its threshold or below its floor, so
        /// far.</summary>
        /// <param name="sum">Membrane relative to the equilibrium, Q8.24, however large.</param>
        internal virtual void Note(int neuron, long sum, int time)
        {
        }

        /// <summary>The arrivals of this microsecond are through at a neuron that was noted.</summary>
        internal virtual void Settle(int neuron, int time)
        {
        }

        /// <summary>A computed crossing is due.</summary>
        internal virtual void Due(int neuron, int time)
        {
        }

        /// <summary>One step of a clocked population.</summary>
        internal virtual void Step(int time)
        {
        }

        /// <summary>Gets the work items that a step counts as.</summary>
        internal virtual int StepWork => Size;

        /// <summary>Gets a value indicating whether the population can be stepped in longer steps than the network's.</summary>
        internal virtual bool CanLengthenStep => false;

        /// <summary>From now on a step lasts 2^<paramref name="doublings" /> of the network's.</summary>
        internal virtual void LengthenStep(int doublings)
        {
        }

        /// <summary>The equilibrium of neurons changes with a step of drive.</summary>
        internal virtual void Drive(int first, int count, int time, long absolute)
        {
        }

        /// <summary>Membrane above rest at a time, Q8.24; 0 for models without one.</summary>
        internal virtual int ReadMembrane(int neuron, int time) => 0;

        /// <summary>Current into a neuron in the population's unit (2^-12 nA or finer); 0 for models without currents.</summary>
        internal virtual int ReadCurrent(int neuron) => 0;

        /// <summary>A variable of a neuron by its quantity; 0 for models that have no others than membrane and current.</summary>
        internal virtual int ReadVariable(int neuron, int quantity) => 0;

        /// <summary>The time base moves forward: local times shrink.</summary>
        internal virtual void Rebase(int by)
        {
        }
    }
}
