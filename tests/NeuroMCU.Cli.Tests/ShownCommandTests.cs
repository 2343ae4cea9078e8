// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Text.RegularExpressions;
using NeuroMCU.Cli.Errors;
using NeuroMCU.VirtualDevice;
using NeuroMCU.VirtualDevice.Boards;

namespace NeuroMCU.Cli.Tests;

/// <summary>Commands that help and pages show do what they are shown for; <see cref="ExampleTests" /> runs those that only take a
/// shipped file.</summary>
public sealed class ShownCommandTests
{
    // Too long to be run twice, or a minute long: demo and head are in the tests of sound localization, rows in those of reproductions, a
    // phase diagram is among the examples of help, the run of a minute waits for a cable to be pulled, and a sound input is not everywhere.
    private static readonly string[] s_elsewhere =
        ["reproduce all", "reproduce w25", "reproduce msbn", "demo sound-localization", "demo evolve", "calibrate-head", "render --set",
            "sweep --board msbn", "accuracy clean noise10", "virtual --microphone", "run examples/first-network.yaml --for \"60 s\""];

    private static readonly string[] s_verbs = ["bench", "board", "bringup", "calibrate", "devices", "doctor", "fair", "info", "inject", "live",
        "program", "render", "reproduce", "run", "sweep", "virtual", "weights"];

    public static TheoryData<string, string> Examples => [.. HelpExamples.All.Select(e => (e.Key, string.Join('\n', e.Value)))
        .OrderBy(e => e.Key, StringComparer.Ordinal)];

    public static TheoryData<string> Documented => [.. Pages().SelectMany(CommandsOf).Distinct(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Examples))]
    public async Task The_examples_of_a_verb_work_one_after_the_other(string verb, string lines)
    {
        using TemporaryFolder folder = new TemporaryFolder();
        await using VirtualServer board = Serve(folder);
        Assert.NotEmpty(verb);
        foreach (string line in lines.Split('\n').Where(l => !s_elsewhere.Any(e => l.EndsWith(e, StringComparison.Ordinal))))
        {
            await CheckAsync(folder, board, line);
        }
    }

    [Theory]
    [MemberData(nameof(Documented))]
    public async Task A_command_of_the_pages_works(string command)
    {
        using TemporaryFolder folder = new TemporaryFolder();
        await using VirtualServer board = Serve(folder);
        if (command.StartsWith("weights", StringComparison.Ordinal))
        {
            string network = command.Contains(" freeze", StringComparison.Ordinal) || command.Contains(" release", StringComparison.Ordinal)
                ? "learning/stdp"
                : "first-network";
            await CheckAsync(folder, board, $"neuromcu program examples/{network}.yaml --device tcp://127.0.0.1:5333");
        }

        await CheckAsync(folder, board, "neuromcu " + command);
    }

    [Fact]
    public void The_pages_show_commands_for_each_of_these_verbs()
    {
        Assert.True(Documented.Count > 15, $"{Documented.Count} commands");
    }

    private static async Task CheckAsync(TemporaryFolder folder, VirtualServer board, string line)
    {
        // What the shell would do with the output is not the program's.
        string command = Regex.Match(line, @"^(?:source <\()?neuromcu (?<words>[^>)]*)").Groups["words"].Value;
        string[] words = [.. Regex.Matches(command, "\"([^\"]*)\"|(\\S+)")
            .Select(m => m.Groups[1].Success ? m.Groups[1].Value : m.Groups[2].Value)];
        bool served = words.Contains("--device") && !line.Contains("--device virtual", StringComparison.Ordinal);
        for (int i = 1; i < words.Length; i++)
        {
            words[i] = words[i - 1] switch
            {
                "--device" when served => board.TcpAddress!,
                "--out" or "-o" or "--csv" or "--figure" or "--output" when !words[i].StartsWith("examples/", StringComparison.Ordinal) =>
                    folder.File(words[i]),
                _ when words[i].StartsWith("examples/", StringComparison.Ordinal) => Path.Combine(Repository.Root(), words[i]),
                _ => File.Exists(folder.File(words[i])) ? folder.File(words[i]) : words[i],
            };
        }

        // A device that is served ends when it is told to.
        using CancellationTokenSource end = new CancellationTokenSource();
        if (words[0] == "virtual")
        {
            words = [.. words, "--port", "0", "--name", Path.GetFileName(folder.Path)];
            end.CancelAfter(TimeSpan.FromSeconds(1));
        }

        if (words[0] == "live")
        {
            words = [.. words, .. (string[])(words.Contains("--headless") ? [] : ["--headless"])];
            words = words.Contains("--port") ? words : [.. words, "--port", "0"];
            end.CancelAfter(TimeSpan.FromSeconds(4));
        }

        string[] key = served || words[0] == "live" || words[0] == "virtual" ? ["--key-file", folder.File("key")] : [];
        bool named = words.Contains("--board");
        CliRun run = await CliRun.With(new VirtualDeviceOptions { StateFolder = named ? null : folder.File("flash"), Ephemeral = named },
            end.Token, [.. words, .. key]);
        ExitCode[] right = words[0] switch
        {
            // a published number that is not met, or a part of this machine that is missing
            "reproduce" or "doctor" => [ExitCode.Ok, ExitCode.CheckFailed],
            "bringup" when words.Contains("--fault") => [ExitCode.ChannelsFailed],
            "devices" => [ExitCode.Ok, ExitCode.CannotConnect],   // none is plugged in
            _ => [ExitCode.Ok],
        };
        Assert.True(right.Contains(run.Code), $"{line} ended with {run.Code}\n{run.Error}\n{run.Out}");
    }

    // The third starter bench, as the pages serve it.
    private static VirtualServer Serve(TemporaryFolder folder) => new VirtualServer(new VirtualServerOptions
    {
        Device = new VirtualDeviceOptions
        {
            Name = Path.GetFileName(folder.Path),
            Ephemeral = true,
            Board = new VirtualBoardOptions { Board = "thyristor-starter", Seed = 3, Faults = [] },
        },
        TcpPort = 0,
        Fast = true,
        KeyFile = folder.File("key"),
    });

    private static IEnumerable<string> Pages() =>
        [Path.Combine(Repository.Root(), "README.md"), .. Directory.GetFiles(Path.Combine(Repository.Root(), "docs"), "*.md",
            SearchOption.AllDirectories)];

    // Placeholders in capitals, and networks that a page makes itself, have no file here.
    private static IEnumerable<string> CommandsOf(string page)
        => Regex.Matches(File.ReadAllText(page), @"neuromcu (?<command>[a-z-]+ [^`\n|]*?)(?=\s{2,}|\s#|`|\n|\||$)")
        .Select(match => match.Groups["command"].Value.Trim())
        .Where(command => s_verbs.Contains(command.Split(' ')[0]) && !s_elsewhere.Any(e => command.StartsWith(e, StringComparison.Ordinal)))
        .Where(command => command.Contains("--device", StringComparison.Ordinal) || !Regex.IsMatch(command, "examples/|^(run|calibrate) "))
        .Where(command => !Regex.IsMatch(command, @"(?<![:/a-z])\b[A-Z]{3,}\b|\.\.\.|\$CABLE|my-board|mine.yaml|board check board.txt"));
}
