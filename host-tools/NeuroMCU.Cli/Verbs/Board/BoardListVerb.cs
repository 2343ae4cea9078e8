// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.CommandLine;
using NeuroMCU.Cli.Errors;
using NeuroMCU.Cli.Terminal;
using NeuroMCU.Hardware.Boards;
using NeuroMCU.Networks.Boards;

namespace NeuroMCU.Cli.Verbs.Board;

/// <summary><c>board list</c>: the profiles that come with the program.</summary>
internal static class BoardListVerb
{
    public static Command Create(VerbRunner runner)
        => runner.Bind(new Command("list", "List the boards that come with the program"), usesDevice: false, RunAsync);

    private static Task<ExitCode> RunAsync(VerbContext context, ParseResult line, CancellationToken cancellation)
    {
        BoardDescription[] boards = BoardCatalog.Names.Select(BoardCatalog.Find).ToArray();
        if (context.Json)
        {
            context.WriteJson(new
            {
                Schema = "neuromcu.board-list/1",
                Boards = boards.Select(b => new
                {
                    b.Profile.Name,
                    b.About,
                    b.Profile.BoardId,
                    Channels = b.Channels.Select(c => c.Name),
                    Outputs = b.Profile.Outputs.Select(o => o.Name),
                    Microphones = b.Profile.MicrophoneBus > 0,
                    NetworkBytes = b.Profile.MaxNetworkBytes,
                    ImageBytes = b.Profile.MaxImageBytes,
                    b.Costs,
                }),
            });
            return Task.FromResult(ExitCode.Ok);
        }

        foreach (BoardDescription board in boards)
        {
            BoardProfile profile = board.Profile;
            string[] parts =
            [
                .. board.Channels.Count > 0 ? [Figures.Count(board.Channels.Count, "channel")] : Array.Empty<string>(),
                .. profile.MicrophoneBus > 0 ? ["2 microphones"] : Array.Empty<string>(),
                .. profile.Outputs.Length > 0 ? [Figures.Count(profile.Outputs.Length, "output")] : Array.Empty<string>(),
                $"networks of {Figures.Bytes(profile.MaxNetworkBytes)}, images of {Figures.Bytes(profile.MaxImageBytes)}",
            ];
            context.WriteLine($"{profile.Name,-18}  {board.About}");
            context.WriteLine($"{string.Empty,-18}  {string.Join(", ", parts)}");
        }

        context.WriteLine();
        context.WriteLine(
            "Use one with --board NAME or `board: NAME` in a network file; 'neuromcu board text NAME -o board.txt' writes what a device "
            + "reads.");
        return Task.FromResult(ExitCode.Ok);
    }
}
