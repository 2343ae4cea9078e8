// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Internet.Packets;

/// <summary>What a site reports of a neuron; the numbers are those of the experiment's packets.</summary>
internal enum SpikeKind
{
    /// <summary>A postsynaptic potential: moves weights, goes to nobody.</summary>
    Potential = 0,

    /// <summary>An action potential that a stimulus brought about: goes on, moves no weight.</summary>
    Stimulated = 1,

    /// <summary>An action potential of the neuron's own: goes on and moves weights.</summary>
    Spontaneous = 2,
}
