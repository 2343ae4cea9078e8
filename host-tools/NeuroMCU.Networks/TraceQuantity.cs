// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Networks;

/// <summary>What a trace records.</summary>
public enum TraceQuantity
{
    /// <summary>The membrane.</summary>
    Membrane,

    /// <summary>The total current into a neuron of a circuit model: bias, drive and receptors.</summary>
    Current,
}
