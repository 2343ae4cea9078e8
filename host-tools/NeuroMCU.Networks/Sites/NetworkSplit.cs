// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Networks.Sites;

/// <summary>A network spread over boards: a network for each, and which spikes go from one to another.</summary>
/// <param name="Whole">The network.</param>
/// <param name="Parts">What each site runs, in the order of the sites.</param>
/// <param name="Wire">Time in µs from a spike to its arrival on another board.</param>
/// <param name="Crossings">By site and neuron of its part: where its spikes go; null for neurons whose spikes stay.</param>
internal sealed record NetworkSplit(Network Whole, IReadOnlyList<NetworkPart> Parts, int Wire,
    IReadOnlyList<IReadOnlyList<Crossing>?[]> Crossings)
{
    /// <summary>Synapses whose source is on another board.</summary>
    public int CrossingSynapses { get; init; }

    /// <summary>Those of <see cref="CrossingSynapses" /> whose delay is longer than the file wants it, since the wire takes longer.</summary>
    public int LengthenedSynapses { get; init; }

    /// <summary>By how much the delay of one became longer at most, in µs.</summary>
    public int MostLengthened { get; init; }
}
