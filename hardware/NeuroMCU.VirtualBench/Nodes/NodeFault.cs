// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.VirtualBench.Nodes;

/// <summary>What can be wrong with a node.</summary>
public enum NodeFaultKind
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>It does not conduct and does not move.</summary>
    StuckOpen,

    /// <summary>It conducts as much as it can and does not move.</summary>
    StuckOn,

    /// <summary>It conducts something and does not move.</summary>
    StuckBetween,

    /// <summary>It moves at 0.4 of the usual pace.</summary>
    Weak,

    /// <summary>It stays volatile at any voltage.</summary>
    FormingFails,
}

/// <summary>A fault of one node.</summary>
/// <param name="Node">Number of the node: row · columns + column.</param>
/// <param name="Kind">What is wrong.</param>
public sealed record NodeFault(int Node, NodeFaultKind Kind);
