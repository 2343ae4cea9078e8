// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Text.Json;
using NeuroMCU.Cli.Errors;
using PureHDF;

namespace NeuroMCU.Cli.Tests;

/// <summary>What a user reads of nodes: which weights a run uses, what was learned, what was lost.</summary>
public sealed class NodeVerbTests : IDisposable
{
    private const string Network = """
        neuromcu: 1
        name: four nodes
        duration: 300 ms
        populations:
          noise: {model: input, size: 2}
          cells: {model: lif, size: 2, tau: 20 ms, rest: -65 mV, threshold: -50 mV, reset: -70 mV}
        projections:
          - {name: readout, from: noise, to: cells, connect: all-to-all, weight: {uniform: [4 mV, 9 mV]}, delay: 1 ms, weight_limit: 12 mV, on: nodes}
        inputs:
          - {to: noise, poisson: {rate: 80 Hz}}

        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_run_says_which_weights_it_uses_and_uses_what_was_measured()
    {
        string file = _folder.File("four.yaml");
        File.WriteAllText(file, Network);

        // Nothing was programmed: the weights of the file, and that is said everywhere.
        CliRun ideal = await Run("run", file, "--fast");
        Assert.Equal(ExitCode.Ok, ideal.Code);
        Assert.Contains("nodes: 4 weights on nodes as in the file, not measured: the array is not programmed for them", ideal.Out,
            StringComparison.Ordinal);
        Assert.Contains($"neuromcu node map {file}", ideal.Error, StringComparison.Ordinal);
        JsonElement document = (await Run("run", file, "--fast", "--json")).Json;
        Assert.Equal("file", document.GetProperty("node_weights").GetProperty("source").GetString());
        Assert.Contains(document.GetProperty("troubles").EnumerateArray(), t => t.GetProperty("what").GetString()!.Contains("not measured",
            StringComparison.Ordinal));
        CliRun without = await Run("run", file, "--fast", "--board", "lui");
        Assert.Contains("the board 'lui' has no nodes", without.Out, StringComparison.Ordinal);

        Assert.Equal(ExitCode.Ok, (await Node("form", "-n", "0-3")).Code);
        Assert.Equal(ExitCode.Ok, (await Node("survey", "-n", "0-3")).Code);
        Assert.Equal(ExitCode.Ok, (await Node("map", file)).Code);
        string page = _folder.File("run.html");
        CliRun measured = await Run("run", file, "--fast", "--out", page);
        Assert.Equal(ExitCode.Ok, measured.Code);
        Assert.Contains("nodes: 4 weights measured on 4 nodes (direct): RMS error", measured.Out, StringComparison.Ordinal);
        JsonElement weights = (await Run("compare", file, "--json", "--require", "1")).Json.GetProperty("node_weights");
        Assert.Equal("measured", weights.GetProperty("source").GetString());
        Assert.InRange(weights.GetProperty("rms_error_percent").GetDouble(), 0.01, 2);

        // A node that has moved since changes the run, and that is said with the command that mends it.
        Assert.Equal(ExitCode.Ok, (await Node("pulse", "-n", "1", "--volts", "-2 V", "--width", "100 us", "--count", "8")).Code);
        CliRun drifted = await Run("run", file, "--fast");
        Assert.Contains("nodes have drifted from their targets", drifted.Error, StringComparison.Ordinal);
        Assert.Contains("neuromcu node verify --repair", drifted.Error, StringComparison.Ordinal);
        Assert.NotEqual(Spikes(measured), Spikes(drifted));
        Assert.Equal(ExitCode.Ok, (await Node("verify", "--repair")).Code);
        Assert.DoesNotContain("drifted", (await Run("run", file, "--fast")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Potentiometers_learn_a_table_and_keep_it_in_their_eeprom()
    {
        string lesson = Path.Combine(Repository.Root(), "examples", "nodes", "lesson.csv");
        CliRun learned = await Node("learn", lesson, "--board", "nodes-16", "--board-seed", "1", "--presentations", "60", "--json");
        Assert.Equal(ExitCode.Ok, learned.Code);
        Assert.InRange(learned.Json.GetProperty("accuracy").GetDouble(), 0.95, 1);

        // Another process, after the power: no presentation is taught any more.
        CliRun kept = await Node("learn", lesson, "--board", "nodes-16", "--board-seed", "1", "--presentations", "0", "--json");
        Assert.Equal(60, kept.Json.GetProperty("presentations").GetInt32());
        Assert.InRange(kept.Json.GetProperty("accuracy").GetDouble(), 0.95, 1);
        Assert.Equal(ExitCode.Ok, (await Node("verify", "--board", "nodes-16", "--board-seed", "1")).Code);
    }

    [Fact]
    public async Task Weights_on_nodes_drive_neurons_of_the_same_board()
    {
        string network = Path.Combine(Repository.Root(), "examples", "nodes", "physical.yaml");
        string board = Path.Combine(Repository.Root(), "examples", "nodes", "neurons-and-nodes.yaml");
        Assert.Equal(ExitCode.Ok, (await Node("form", "-n", "0-7", "--board", board)).Code);
        Assert.Equal(ExitCode.Ok, (await Node("survey", "-n", "0-7", "--board", board)).Code);
        Assert.Equal(ExitCode.Ok, (await Node("map", network)).Code);
        string folder = _folder.File("run");
        CliRun run = await Run("run", network, "--json", "--out", folder);
        Assert.Equal("measured", run.Json.GetProperty("node_weights").GetProperty("source").GetString());
        (int weak, int strong) = Fired(folder);
        Assert.True(strong > 1.3 * weak && strong > 20, $"n1 {weak}, n2 {strong}");

        // The nodes onto n2 lose what they hold, and the neuron falls behind: nothing but conductances has changed.
        int[] onto = [.. (await Node("map", network, "--json")).Json.GetProperty("weights").EnumerateArray()
            .Where(w => w.GetProperty("post").GetInt32() == 1).Select(w => w.GetProperty("node").GetInt32())];
        foreach (int node in onto)
        {
            Assert.Equal(ExitCode.Ok, (await Node("pulse", "-n", $"{node}", "--volts", "-2 V", "--width",
                "100 us", "--count", "40", "--board", board)).Code);
        }

        Assert.Equal(ExitCode.Ok, (await Run("run", network, "--json", "--out", folder)).Code);
        (int same, int fallen) = Fired(folder);
        Assert.True(fallen < 0.7 * strong, $"n2 {strong}, then {fallen}");
        Assert.InRange(same, 0.7 * weak, 1.3 * weak);
    }

    [Fact]
    public async Task A_history_is_read_back_from_hdf5_as_it_is_in_the_table()
    {
        Assert.Equal(ExitCode.Ok, (await Node("form", "-n", "0-1")).Code);
        (string table, string hdf) = (_folder.File("steps.csv"), _folder.File("steps.h5"));
        Assert.Equal(ExitCode.Ok, (await Node("history", "--csv", table, "--hdf", hdf)).Code);
        string[] lines = await File.ReadAllLinesAsync(table, TestContext.Current.CancellationToken);
        string[][] rows = [.. lines.Skip(1).Select(l => l.Split(','))];
        using PureHDF.VOL.Native.NativeFile file = H5File.OpenRead(hdf);
        IH5Group steps = file.Group("steps");
        Assert.True(rows.Length > 20);
        Assert.Equal(rows.Select(r => Number(r[7])), steps.Dataset("siemens").Read<double[]>());
        Assert.Equal(rows.Select(r => Number(r[5])), steps.Dataset("volts").Read<double[]>());
        Assert.Equal(rows.Select(r => (int)Number(r[4])), steps.Dataset("node").Read<int[]>());
        Assert.Equal(rows.Select(r => r[3]), steps.Dataset("verb").Read<string[]>());
        Assert.Equal("virtual-array", steps.Attribute("board").Read<string>());
    }

    [Fact]
    public void A_full_disk_is_said_with_what_is_lost()
    {
        // A disk of 80 KB of its own, for which the system has to allow a mount.
        string disk = Directory.CreateDirectory(_folder.File("disk")).FullName;
        (int code, _) = Shell($"mount -t tmpfs -o size=80k none {disk}");
        Assert.SkipWhen(code != 0, "this system lets nobody mount a small disk");
        string program = $"dotnet {Path.Combine(AppContext.BaseDirectory, "neuromcu.dll")} node";
        (code, string text) = Shell($"mount -t tmpfs -o size=80k none {disk} && {program} form -n 1 --file {_folder.File("other.db")} -q "
            + $"&& {program} trace endurance -n 1 --file {disk}/a.db; echo code $?; {program} history --check --file {disk}/a.db; echo after $?");
        Assert.Contains("code 17", text, StringComparison.Ordinal);
        Assert.Contains("the disk is full", text, StringComparison.Ordinal);
        Assert.Matches("the last [0-9]+ pulses and readings are not noted", text);
        Assert.Contains("next: free some space", text, StringComparison.Ordinal);
        Assert.Contains("after 0", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a,b\n1,2", "lesson.csv(1): no presentations")]
    [InlineData("a,answer\n1,x\n0.5,y\n1.5,x", "lesson.csv(4): no presentations")]
    [InlineData("a,answer\n1,x", "there are 1 answers, not 2 to 16")]
    [InlineData("a,answer\n1,x,3", "lesson.csv(2): no presentations")]
    public async Task A_table_that_is_no_lesson_is_refused_with_its_line(string text, string expected)
    {
        string file = _folder.File("lesson.csv");
        File.WriteAllText(file, text);
        CliRun run = await Node("learn", file);
        Assert.Equal(ExitCode.FileAccess, run.Code);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
    }

    private static (int First, int Second) Fired(string folder)
    {
        string[] rows = [.. File.ReadLines(Path.Combine(folder, "spikes.csv")).Where(l => l.Contains("cells", StringComparison.Ordinal))];
        return (rows.Count(r => IndexOf(r) == 0), rows.Count(r => IndexOf(r) == 1));
    }

    private static int IndexOf(string row) => row.Split(',').Select(f => int.TryParse(f, out int n) ? n : -1).First(n => n >= 0);

    private static double Number(string text) => double.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    // In a namespace of its own, so that the mount is gone with it.
    private (int Code, string Text) Shell(string script)
    {
        if (!OperatingSystem.IsLinux())
        {
            return (99, string.Empty);
        }

        string[] words = ["--user", "--map-root-user", "--mount", "sh", "-c", $"exec 2>&1; {script}"];
        System.Diagnostics.ProcessStartInfo start = new("unshare", words)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment["XDG_STATE_HOME"] = _folder.File("state");
        start.Environment["XDG_CONFIG_HOME"] = _folder.File("config");
        using System.Diagnostics.Process process = System.Diagnostics.Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, text + errors.GetAwaiter().GetResult());
    }

    private static string Spikes(CliRun run) => run.Out.Split('\n').First(l => l.Contains(" spikes in ", StringComparison.Ordinal)
        || l.Contains(" spike in ", StringComparison.Ordinal)) + run.Out.Split("nodes:")[0];

    private Task<CliRun> Run(params string[] arguments) => CliRun.Charged(_folder, arguments);

    private Task<CliRun> Node(params string[] arguments)
        => CliRun.Charged(_folder, ["node", .. arguments, "--file", _folder.File(arguments.Contains("nodes-16") ? "16.db" : "nodes.db")]);
}
