// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Networks;
using NeuroMCU.Networks.Boards;

namespace NeuroMCU.Compiler;

/// <summary>Finds a shipped board that has room for a network that does not fit the one it is for.</summary>
internal static class RoomierBoard
{
    /// <summary>Says which board would do.</summary>
    /// <param name="heap">Managed heap in bytes that it takes.</param>
    /// <param name="image">Bytes of its image; 0 when it was not written yet.</param>
    /// <returns>What to type.</returns>
    public static string Advice(Network network, int heap, int image)
    {
        // Neurons that are channels stay on the board that has them.
        BoardDescription? board = network.Populations.Any(p => p.Channels.Count > 0)
            ? null
            : BoardCatalog.Names.Select(BoardCatalog.Find)
                .Where(b => heap <= b.Profile.MaxNetworkBytes && image <= b.Profile.MaxImageBytes)
                .MaxBy(b => b.Profile.MaxImageBytes);
        string name = board?.Profile.Name ?? string.Empty;
        return board == null ? "no board of this program has so much; `--device virtual:ideal` has no limit"
            : network.Board == null ? "`" + name + "` has room: write `board: " + name + "`, or --board " + name
            : "`" + name + "` has room: write `board: " + name + "`";
    }
}
