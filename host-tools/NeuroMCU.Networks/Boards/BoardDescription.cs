// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Hardware.Boards;
using NeuroMCU.VirtualBench.Nodes;

namespace NeuroMCU.Networks.Boards;

/// <summary>A board as its YAML profile tells it.</summary>
/// <param name="File">Path of the profile.</param>
/// <param name="About">What the board is, for people.</param>
/// <param name="Costs">Name of the cost profile that the virtual bench charges.</param>
/// <param name="Profile">What the firmware knows of it; without Wi-Fi network and key, which no profile holds.</param>
public sealed record BoardDescription(string File, string About, string Costs, BoardProfile Profile)
{
    /// <summary>Gets the physical neurons by their number, in physical units.</summary>
    public IReadOnlyList<ChannelDescription> Channels { get; init; } = [];

    /// <summary>Gets what the virtual bench places at each node; null when the board has no node array.</summary>
    public NodeArrayPlan? NodePlan { get; init; }

    /// <summary>Gets the lines of the board as its schematic names them; empty when the profile names none.</summary>
    public IReadOnlyList<BoardNet> Nets { get; init; } = [];

    /// <summary>Finds a channel.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>Its number; -1 when there is none of that name.</returns>
    public int ChannelNumber(string name)
    {
        for (int i = 0; i < Channels.Count; i++)
        {
            if (string.Equals(Channels[i].Name, name, StringComparison.Ordinal))
            {
                return i;
            }
        }

        return -1;
    }
}
