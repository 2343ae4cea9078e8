// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Compiler;

/// <summary>
/// What updates cost on the device, in executed IL instructions: the interpreter's time is proportional to them, so that time per
/// instruction cancels in a comparison. Update, step, crossing and the sum of arrival and synapse are counted by the calibration tests of
/// the virtual bench (optimised build, calls weighted as on nanoCLR); the split of an arrival is counted by hand on the same loops.
/// </summary>
public static class CostModel
{
    /// <summary>One clocked update of a neuron with delta synapses: a Q0.31 product, input, threshold and floor (Lif at steps, loop over
    /// neurons alike).</summary>
    public const double ClockedUpdate = 35;

    /// <summary>What exponential synapses add to a clocked update: two couplings, two currents that decay
    /// (ClockedExponentialLif).</summary>
    public const double ExponentialUpdate = 65;

    /// <summary>Fixed cost of one step of a population: a turn of the engine, tables into locals, calls.</summary>
    public const double ClockedStep = 400;

    /// <summary>
    /// The queue's share of an arrival: an entry comes to the front, is served and goes back into its bucket (EventQueue.Serve).
    /// Synapses of a row that share their delay arrive together and pay it once.
    /// </summary>
    public const double Arrival = 70;

    /// <summary>One synapse served at an event-driven neuron: decay by table, weight, threshold and floor (EventQueue.Serve, fast
    /// lane).</summary>
    public const double EventSynapse = 76;

    /// <summary>What an arrival at a clocked population costs on top of the queue: the call that hands it over.</summary>
    public const double ClockedArrival = 60;

    /// <summary>One synapse served at a clocked neuron: the weight is added to the step's input (Lif at steps, Receive).</summary>
    public const double ClockedSynapse = 32;

    /// <summary>One crossing of an event-driven neuron computed anew: two logarithms by table, and a place in the heap of
    /// crossings.</summary>
    public const double Crossing = 650;
}
