// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.CommandLine;
using System.Globalization;
using System.Text;
using NeuroMCU.Cli.Errors;
using NeuroMCU.Cli.Terminal;
using NeuroMCU.Hardware.Boards;
using NeuroMCU.Networks.Boards;

namespace NeuroMCU.Cli.Verbs.Board;

/// <summary><c>board check</c>: reads a profile, or a board.txt, as the firmware would before it drives anything.</summary>
internal static class BoardCheckVerb
{
    private static readonly Argument<string> s_file = new("FILE") { Description = "A profile (.yaml), or the board.txt of a device" };

    public static Command Create(VerbRunner runner)
    {
        return runner.Bind(new Command("check", "Check a profile or a board.txt by the rules of the firmware") { s_file },
            usesDevice: false, RunAsync);
    }

    private static Task<ExitCode> RunAsync(VerbContext context, ParseResult line, CancellationToken cancellation)
    {
        string file = context.Read(line.GetRequiredValue(s_file));
        BoardProfile profile;
        int bytes;
        try
        {
            if (BoardCatalog.IsPath(file))
            {
                BoardDescription board = BoardCatalog.Find(file);
                profile = board.Profile;
                bytes = Encoding.UTF8.GetByteCount(BoardDeviceFile.Text(board));
            }
            else
            {
                (profile, bytes) = BoardDeviceFile.Load(file);
            }
        }
        catch (BoardFileException wrong)
        {
            CliException problem = Problems.Explain(wrong, cancelled: false);
            throw new CliException(ExitCode.CheckFailed, problem.Message, problem.Why, problem.Next, wrong);
        }

        bool shipped = BoardCatalog.Names.Contains(profile.Name);
        bool differs = shipped && !LinesOfBoard(BoardCatalog.Find(profile.Name).Profile).SequenceEqual(LinesOfBoard(profile));
        if (context.Json)
        {
            context.WriteJson(new
            {
                Schema = "neuromcu.board-check/1",
                File = file,
                Board = profile.Name,
                profile.BoardId,
                Bytes = bytes,
                Channels = profile.Channels.Select(c => c.Name),
                Outputs = profile.Outputs.Select(o => o.Name),
                Microphones = profile.MicrophoneBus > 0,
                NetworkBytes = profile.MaxNetworkBytes,
                ImageBytes = profile.MaxImageBytes,
                profile.StoreBytes,
                DiffersFromShipped = differs,
            });
        }
        else
        {
            Print(context, file, profile, bytes);
        }

        if (differs)
        {
            context.Say(
                $"note: {profile.Name} is also the name of a board of this program, which has other values; images for one are taken by "
                + $"the other");
        }

        return Task.FromResult(ExitCode.Ok);
    }

    // The lines that say what the board is. How one device is reached, and the hub that it joins, are its own: profiles have none of it.
    private static IEnumerable<string> LinesOfBoard(BoardProfile profile) => BoardDeviceText.Write(profile).Split('\n')
        .Where(line => !line.StartsWith("hub.", StringComparison.Ordinal) && !line.StartsWith("wifi.", StringComparison.Ordinal)
            && !line.StartsWith("link.key=", StringComparison.Ordinal) && !line.StartsWith("tcp.port=", StringComparison.Ordinal));

    private static void Print(VerbContext context, string file, BoardProfile profile, int bytes)
    {
        context.WriteLine($"{file}: nothing wrong");
        context.WriteLine(string.Create(CultureInfo.InvariantCulture, $"board        {profile.Name}, id {profile.BoardId:x8}"));
        context.WriteLine("neurons      " + Names(profile.Channels.Select(c => c.Name)));
        context.WriteLine("outputs      " + Names(profile.Outputs.Select(o => o.Name)));
        context.WriteLine("microphones  " + (profile.MicrophoneBus > 0 ? "two" : "none"));
        context.WriteLine(
            $"memory       {Figures.Bytes(profile.MaxNetworkBytes)} of heap for a network, {Figures.Bytes(profile.MaxImageBytes)} for "
            + $"an image, store of {Figures.Bytes(profile.StoreBytes)}");
        context.WriteLine(string.Create(CultureInfo.InvariantCulture, $"text         {bytes} of {BoardDeviceFile.MostBytes} bytes"));
    }

    private static string Names(IEnumerable<string> names) => names.Any() ? string.Join(", ", names) : "none";
}
