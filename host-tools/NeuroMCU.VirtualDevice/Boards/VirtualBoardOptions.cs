// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.VirtualBench.Boards;

namespace NeuroMCU.VirtualDevice.Boards;

/// <summary>Which board a virtual device sits on, which specimen of it, and what is wrong with that.</summary>
public sealed record VirtualBoardOptions
{
    /// <summary>Gets the name of the board (see <see cref="NeuroMCU.Networks.Boards.BoardCatalog" />), or the path of its
    /// profile.</summary>
    public required string Board { get; init; }

    /// <summary>Gets the seed that the parts are drawn with; null for nominal parts.</summary>
    public long? Seed { get; init; }

    /// <summary>Gets what is wrong, as <see cref="ChannelFaultText" /> reads it.</summary>
    public IReadOnlyList<string> Faults { get; init; } = [];

    /// <summary>Gets the specimen, in place of <see cref="Seed" />; for measurements with known parts. Usually null.</summary>
    public BoardSpecimen? Specimen { get; init; }
}
