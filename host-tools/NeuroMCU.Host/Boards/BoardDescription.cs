// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Hardware.Boards;

namespace NeuroMCU.Host.Boards
{
    /// <summary>A board as its YAML profile tells it.</summary>
    /// <param name="File">Path of the profile.</param>
    /// <param name="About">What the board is, for people.</param>
    /// <param name="Costs">Name of the cost profile that the virtual bench charges.</param>
    /// <param name="Profile">What the firmware knows of it; without Wi-Fi network and key, which no profile holds.</param>
    public sealed record BoardDescription(string File, string About, string Costs, BoardProfile Profile);
}
