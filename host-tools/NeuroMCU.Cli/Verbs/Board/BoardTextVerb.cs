// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.CommandLine;
using System.Text;
using NeuroMCU.Cli.Errors;
using NeuroMCU.Cli.Terminal;
using NeuroMCU.Cli.Verbs.Site;
using NeuroMCU.Networks.Boards;

namespace NeuroMCU.Cli.Verbs.Board;

/// <summary><c>board text</c>: writes the text by which the firmware knows its board.</summary>
internal static class BoardTextVerb
{
    private static readonly Argument<string?> s_board = new("BOARD")
    {
        Description = "Name of a board, or path of a profile (.yaml)",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<bool> s_all = new("--all")
    {
        Description =
        "All boards that come with the program, each in a folder of its name"
    };

    private static readonly Option<string?> s_output = new("--output", "-o")
    {
        Description = "Write to this file, board.txt in the device's store; with --all a folder",
        HelpName = "PATH",
    };

    private static readonly Option<string?> s_site = new("--site")
    {
        Description = "Site file: the firmware joins its hub by itself, over Wi-Fi",
        HelpName = "FILE.yaml",
    };

    public static Command Create(VerbRunner runner)
    {
        Command command = new Command("text", "Write the board.txt that a device reads its board from") { s_board, s_all, s_output, s_site };
        command.Validators.Add(line =>
        {
            if (line.GetValue(s_all) == (line.GetValue(s_board) is not null))
            {
                line.AddError("give one board, or --all; 'neuromcu board list' names them");
            }
            else if (line.GetValue(s_all) && line.GetValue(s_site) is not null)
            {
                line.AddError("a site is one board: leave --all out");
            }
            else if (line.GetValue(s_all) && line.GetValue(s_output) is null)
            {
                line.AddError("--all writes files: add -o FOLDER");
            }
        });
        return runner.Bind(command, usesDevice: false, RunAsync);
    }

    private static Task<ExitCode> RunAsync(VerbContext context, ParseResult line, CancellationToken cancellation)
    {
        string? output = line.GetValue(s_output);
        BoardDescription[] boards = line.GetValue(s_board) is { } named
            ? [BoardCatalog.Find(BoardCatalog.IsPath(named) ? context.Read(named) : named)]
            : [.. BoardCatalog.Names.Select(BoardCatalog.Find)];
        if (line.GetValue(s_site) is { } site)
        {
            boards[0].Profile.Hub = SiteBoard.Load(context.Note(site)).Hub;
        }

        List<(string Board, string Text, string? File)> texts = [];
        foreach (BoardDescription board in boards)
        {
            string? file = line.GetValue(s_all) ? Path.Combine(output!, board.Profile.Name, BoardDeviceFile.Name) : output;
            texts.Add((board.Profile.Name, BoardDeviceFile.Text(board), file is null ? null : context.ForWriting(file)));
        }

        foreach ((string name, string text, string? file) in texts.Where(t => t.File is not null))
        {
            if (line.GetValue(s_all))
            {
                Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            }

            if (boards[0].Profile.Hub?.Key is not null)
            {
                OutputFile.WriteSecret(file!, text);
            }
            else
            {
                OutputFile.WriteText(file!, text);
            }

            context.Say($"wrote {file} for {name}");
        }

        if (context.Json)
        {
            context.WriteJson(new
            {
                Schema = "neuromcu.board-text/1",
                Boards = texts.Select(t => new { t.Board, Bytes = Encoding.UTF8.GetByteCount(t.Text), t.Text, t.File }),
            });
        }
        else if (output is null)
        {
            context.Plain.Write(texts[0].Text);
        }

        if (boards.Length == 1 && boards[0].Profile.TcpPort > 0)
        {
            context.Say(
                "note: this board has Wi-Fi; the device stays off it until its text has the lines wifi.ssid=, wifi.password= and "
                + "link.key= (openssl rand -hex 32)");
        }

        return Task.FromResult(ExitCode.Ok);
    }
}
