// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Compiler.Sites;

/// <summary>Which site each neuron of a network is on, and what that costs.</summary>
/// <param name="Homes">By population and neuron: number of the site.</param>
/// <param name="Traffic">Spikes per second that go from one board to another, in the pilot run; one that goes to two boards counts
/// twice.</param>
/// <param name="Chosen">Number of neurons whose site the compiler chose.</param>
internal sealed record Placement(IReadOnlyList<int[]> Homes, double Traffic, int Chosen)
{
    /// <summary>Share of what synapses carry from neuron to neuron that stays on its board, in the pilot run; 1 when there is
    /// nothing.</summary>
    public double Local { get; init; } = 1;

    /// <summary>By population and neuron: number of the piece that it belongs to, which is on one board; negative for sources that are
    /// everywhere.</summary>
    public IReadOnlyList<int[]> Pieces { get; init; } = [];

    /// <summary>Traffic that a spread of the neurons in turn, one board after the other, would have, in spikes per second.</summary>
    public double TrafficInTurn { get; init; }
}
