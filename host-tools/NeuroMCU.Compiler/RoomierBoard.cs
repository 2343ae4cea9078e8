// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Hardware.Boards;
using NeuroMCU.Networks;
using NeuroMCU.Networks.Boards;
using NeuroMCU.Networks.Sites;

namespace NeuroMCU.Compiler;

/// <summary>Finds a shipped board that has room for a network that does not fit the one it is for.</summary>
internal static class RoomierBoard
{
    // A network on so many boards is worth the wiring; more than that is another instrument.
    private const int MostBoards = 64;

    /// <summary>Says which board would do, and how many of those that are asked for.</summary>
    /// <param name="heap">Managed heap in bytes that it takes.</param>
    /// <param name="image">Bytes of its image; 0 when it was not written yet.</param>
    /// <param name="asked">The board that is too small; null where the network is already spread over boards.</param>
    /// <returns>What to type.</returns>
    public static string Advice(Network network, int heap, int image, BoardProfile? asked)
    {
        // Neurons that are channels, microphones and nodes stay on the board that has them.
        bool tied = network.Populations.Any(p => p.Channels.Count > 0) || network.Hearing != null
            || network.Projections.Any(p => p.OnNodes);
        BoardDescription? board = network.Populations.Any(p => p.Channels.Count > 0)
            ? null
            : BoardCatalog.Names.Select(BoardCatalog.Find)
                .Where(b => heap <= b.Profile.MaxNetworkBytes && image <= b.Profile.MaxImageBytes)
                .MaxBy(b => b.Profile.MaxImageBytes);
        string name = board?.Profile.Name ?? string.Empty;
        string one = board == null ? "no board of this program has so much; `--device virtual:ideal` has no limit"
            : network.Board == null ? "`" + name + "` has room: write `board: " + name + "`, or --board " + name
            : "`" + name + "` has room: write `board: " + name + "`";
        int boards = asked == null ? 0
            : 1 + Math.Max(heap / Math.Max(1, asked.MaxNetworkBytes), image / Math.Max(1, asked.MaxImageBytes));
        return tied || boards is 0 or > MostBoards || !Parts(network, heap, image, asked!, boards) ? one
            : string.Create(CultureInfo.InvariantCulture, $"{one}; or spread it over boards, {boards} at least: --sites {boards}");
    }

    // What talks faster than the wire stays on one board, and has to fit it.
    private static bool Parts(Network network, int heap, int image, BoardProfile board, int boards)
    {
        double share = NetworkPieces.LargestShare(network, boards);
        return share * heap <= board.MaxNetworkBytes && share * image <= board.MaxImageBytes;
    }
}
