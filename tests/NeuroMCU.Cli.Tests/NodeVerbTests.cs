// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Text.Json;
using NeuroMCU.Cli.Errors;

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

    private static string Spikes(CliRun run) => run.Out.Split('\n').First(l => l.Contains(" spikes in ", StringComparison.Ordinal)
        || l.Contains(" spike in ", StringComparison.Ordinal)) + run.Out.Split("nodes:")[0];

    private Task<CliRun> Run(params string[] arguments) => CliRun.Charged(_folder, arguments);

    private Task<CliRun> Node(params string[] arguments)
        => CliRun.Charged(_folder, ["node", .. arguments, "--file", _folder.File(arguments.Contains("nodes-16") ? "16.db" : "nodes.db")]);
}
