// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Networks;

/// <summary>A board that a part of a network runs on.</summary>
/// <param name="Name">Name, unique among the sites.</param>
/// <param name="Device">Address of the device; null for a virtual one, or for one that the command names.</param>
/// <param name="Location">Where it stands in the file.</param>
public sealed record NetworkSite(string Name, string? Device, SourceLocation Location);

/// <summary>Boards over which a network is spread, and the wire between them.</summary>
public sealed record NetworkSites
{
    /// <summary>Time in µs from a spike on one board to its arrival on another one, when the file says nothing.</summary>
    public const int DefaultWire = 5000;

    /// <summary>The boards in file order; empty where the file leaves them to the command.</summary>
    public IReadOnlyList<NetworkSite> Sites { get; init; } = [];

    /// <summary>Time in µs from a spike on one board to its arrival on another one: each spike takes exactly that long.</summary>
    public int Wire { get; init; } = DefaultWire;

    /// <summary>Whether delays between boards that are shorter than <see cref="Wire" /> become as long; they are refused
    /// otherwise.</summary>
    public bool Lengthens { get; init; }

    /// <summary>Where the wire is described; the file when it is not.</summary>
    public required SourceLocation Location { get; init; }
}
