// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Host.Compile
{
    /// <summary>
    /// What updates cost on the device, in interpreted IL instructions. They are counted on the engine's loops as the C# compiler emits them;
    /// time per instruction cancels in a comparison.
    /// </summary>
    public static class CostModel
    {
        /// <summary>One clocked update of a neuron with delta synapses: decay by a Q0.31 product, bias, refractory test, threshold test.</summary>
        public const double ClockedUpdate = 28;

        /// <summary>What exponential synapses add to a clocked update: two currents, two couplings.</summary>
        public const double ExponentialUpdate = 40;

        /// <summary>Fixed cost of one step of a population: tables into locals.</summary>
        public const double ClockedStep = 60;

        /// <summary>One synaptic event at an event-driven neuron, queue included: the neuron is brought forward by the exponential table.</summary>
        public const double EventSynapse = 95;

        /// <summary>One synaptic event at a clocked neuron, queue included: the weight is added to an accumulator.</summary>
        public const double ClockedSynapse = 45;

        /// <summary>One spike by a computed crossing: the crossing is looked up, tested and computed anew.</summary>
        public const double Crossing = 150;
    }
}
