// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.VirtualDevice.Boards;

/// <summary>Boards that the virtual bench takes where nobody names one.</summary>
public static class UsualBoards
{
    /// <summary>Name of the array that stands in for one of nodes.</summary>
    public const string NodesName = "virtual-array";

    private const long Specimen = 1;

    /// <summary>The array for a network with weights on nodes, and for work on nodes: always the same specimen.</summary>
    /// <param name="seed">Another specimen; null for the usual one.</param>
    /// <param name="faults">Faults of it.</param>
    /// <returns>The board.</returns>
    public static VirtualBoardOptions Nodes(long? seed, IReadOnlyList<string> faults)
        => new() { Board = NodesName, Seed = seed ?? Specimen, Faults = faults };
}
