// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Host.Compile
{
    /// <summary>
    /// What updates cost on the device, in executed IL instructions: the interpreter's time is proportional to them, so that time per
    /// instruction cancels in a comparison. Counted by hand on the engine's loops (release build, the common path), rounded.
    /// </summary>
    public static class CostModel
    {
        /// <summary>One clocked update of a neuron with delta synapses: a Q0.31 product, input, threshold and floor (ClockedLif, loop over neurons alike).</summary>
        public const double ClockedUpdate = 34;

        /// <summary>What exponential synapses add to a clocked update: two couplings, two currents that decay (ClockedExponentialLif).</summary>
        public const double ExponentialUpdate = 65;

        /// <summary>Fixed cost of one step of a population: tables into locals, calls.</summary>
        public const double ClockedStep = 80;

        /// <summary>
        /// The queue's share of an arrival: an entry comes to the front, is served and goes back into its bucket (EventQueue.Serve). Synapses of a
        /// row that share their delay arrive together and pay it once.
        /// </summary>
        public const double Arrival = 87;

        /// <summary>One synapse served at an event-driven neuron: decay by table, weight, threshold and floor (EventQueue.Serve, fast lane).</summary>
        public const double EventSynapse = 76;

        /// <summary>What an arrival at a clocked population costs on top of the queue: the call that hands it over.</summary>
        public const double ClockedArrival = 60;

        /// <summary>One synapse served at a clocked neuron: the weight is added to the step's input (ClockedLif.Receive).</summary>
        public const double ClockedSynapse = 32;

        /// <summary>One crossing of an event-driven neuron computed anew: two logarithms by table, and a place in the heap of crossings.</summary>
        public const double Crossing = 150;
    }
}
