// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using NeuroMCU.Cli.Errors;
using NeuroMCU.VirtualDevice;

namespace NeuroMCU.Cli.Tests;

/// <summary>Every shipped network, and every command of the pages that names a shipped file, ends with exit code 0 on the bench that a
/// user gets.</summary>
public sealed class ExampleTests(ExampleTests.Bench bench) : IClassFixture<ExampleTests.Bench>
{
    private static readonly string[] s_verbs = ["run", "compare", "compile", "calibrate", "locate", "program"];

    public static TheoryData<string> Networks => [.. Directory.GetFiles(Examples, "*.yaml")
        .Concat(Directory.GetFiles(Path.Combine(Examples, "motifs"), "*.yaml"))
        .Select(file => Path.GetRelativePath(Root(), file).Replace('\\', '/')).Order(StringComparer.Ordinal)];

    public static TheoryData<string, string> Documented => [.. Pages()
        .SelectMany(page => CommandsOf(page).Select(command => (Path.GetRelativePath(Root(), page), command)))
        .DistinctBy(found => found.command)];

    private static string Examples => Path.Combine(Root(), "examples");

    [Theory]
    [MemberData(nameof(Networks))]
    public async Task An_example_runs_complete(string file)
    {
        CliRun run = await bench.RunAsync("run", file, "--json");
        Assert.True(run.Code == ExitCode.Ok, run.Error);
        Assert.Equal(0, run.Json.GetProperty("lost_spikes").GetInt64());
        Assert.True(run.Json.GetProperty("complete").GetBoolean());
        Assert.DoesNotContain(run.Json.GetProperty("troubles").EnumerateArray(), t => t.GetProperty("serious").GetBoolean());
    }

    [Theory]
    [MemberData(nameof(Documented))]
    public async Task A_command_of_the_pages_succeeds(string page, string command)
    {
        CliRun run = await bench.RunAsync(Words(command));
        Assert.True(run.Code == ExitCode.Ok, $"{page}: {command} ended with {run.Code}: {run.Error}");
    }

    [Fact]
    public void The_pages_show_how_to_run_examples()
    {
        Assert.True(Documented.Count > 20, $"{Documented.Count} commands");
    }

    [Fact]
    public async Task A_stored_network_that_hears_too_much_is_no_loss_of_the_next_one()
    {
        using TemporaryFolder folder = new TemporaryFolder();
        VirtualDeviceOptions slow = new VirtualDeviceOptions { Profile = "esp32-rev3", StateFolder = folder.File("flash") };
        CliRun stored = await CliRun.With(slow, CancellationToken.None, "program",
            Path.Combine(Examples, "sound-localization", "network.yaml"), "--persist");
        Assert.True(stored.Code == ExitCode.Ok, stored.Error);
        CliRun run = await CliRun.With(slow, CancellationToken.None, "run", Path.Combine(Examples, "random-100-exponential.yaml"), "--for",
            "300 ms", "--fast", "--json");
        Assert.Equal(0, run.Json.GetProperty("losses").GetProperty("sound_frames").GetInt64());
        Assert.Equal(ExitCode.Ok, run.Code);
    }

    private static IEnumerable<string> Pages() =>
    [
        Path.Combine(Root(), "README.md"),
        .. Directory.GetFiles(Path.Combine(Root(), "docs"), "*.md", SearchOption.AllDirectories),
        .. Directory.GetFiles(Examples, "*.yaml", SearchOption.AllDirectories),
    ];

    // What a reader would type: from "neuromcu" to the end of the line, a remark, or the closing quote. Commands for a board at a port,
    // with placeholders, that write into the examples or read what an earlier one wrote (--require) are left out.
    private static IEnumerable<string> CommandsOf(string page)
        => Regex.Matches(File.ReadAllText(page), @"neuromcu (?<command>[a-z-]+ [^`\n|]*?)(?=\s{2,}|\s#|`|\n|\||$)")
        .Select(match => match.Groups["command"].Value.Trim())
        .Where(command => s_verbs.Contains(command.Split(' ')[0]) && command.Contains("examples/", StringComparison.Ordinal))
        .Where(command => !Regex.IsMatch(command, @"--device|--out examples|--require|\b[A-Z]{3,}\b|\.\.\."));

    private static string[] Words(string command) => [.. Regex.Matches(command, "\"([^\"]*)\"|(\\S+)")
        .Select(m => m.Groups[1].Success ? m.Groups[1].Value : m.Groups[2].Value)];

    private static string Root([CallerFilePath] string here = "")
        => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", ".."));

    /// <summary>The bench, and the calibrations of its boards.</summary>
    public sealed class Bench : IDisposable
    {
        private readonly TemporaryFolder _folder = new();
        private readonly HashSet<string> _calibrated = [];

        /// <summary>Runs a command that a page shows, with its outputs in a folder of the test.</summary>
        internal async Task<CliRun> RunAsync(params string[] words)
        {
            string[] line = [.. words.Select((word, i) => word.StartsWith("examples/", StringComparison.Ordinal)
                ? Path.Combine(Root(), word) : i > 0 && words[i - 1] is "--report" or "--out" or "-o" ? _folder.File(word) : word)];
            string? name = line.SkipWhile(word => word != "--board").ElementAtOrDefault(1);
            string[] board = [.. line.SkipWhile(word => word != "--board").Take(2), .. line.SkipWhile(word => word != "--board-seed")
                .Take(2)];
            if (line.Contains("--calibration"))
            {
                // The device whose tables the page compiles is the third starter bench.
                name = "thyristor-starter";
                board = ["--board", name, "--board-seed", "3"];
            }

            if (board.Contains("--board-seed") && _calibrated.Add(string.Join(' ', board)))
            {
                CliRun calibrate = await CallAsync(name, ["calibrate", .. board]);
                Assert.True(calibrate.Code == ExitCode.Ok, calibrate.Error);
            }

            return await CallAsync(name, line);
        }

        public void Dispose() => _folder.Dispose();

        // A bench that the command names keeps its flash, as for a user; the usual one starts empty each time.
        private Task<CliRun> CallAsync(string? board, string[] line) => CliRun.With(
            new VirtualDeviceOptions { StateFolder = board is null ? null : _folder.File(board), Ephemeral = board is null },
            CancellationToken.None, line);
    }
}
