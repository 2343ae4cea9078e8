// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Cli.Errors;

namespace NeuroMCU.Cli.Tests;

/// <summary>A network on several boards, as a user runs it.</summary>
public sealed class SitesTests
{
    private const string Pair =
        """
        neuromcu: 1
        name: pair
        duration: 60 ms
        sites: {left: {}, right: {}}
        wire: {delay: 4 ms}
        populations:
          clock: {model: lif, size: 3, tau: 10 ms, threshold: 1, bias: 2, site: left}
          echo: {model: lif, size: 3, tau: 10 ms, threshold: 1, site: right}
        projections:
          - {from: clock, to: echo, connect: one-to-one, weight: 2, delay: 6 ms}
        """;

    [Fact]
    public async Task Run_shows_one_network_and_what_each_board_did()
    {
        using TemporaryFolder folder = new TemporaryFolder();
        string file = folder.File("pair.yaml", Pair);
        CliRun run = await CliRun.Of("run", file, "--json", "--out", folder.File("out"));
        Assert.True(run.Code == ExitCode.Ok, run.Error);
        Assert.Equal("2 boards", run.Json.GetProperty("device").GetString());
        Assert.True(run.Json.GetProperty("complete").GetBoolean());
        Assert.Equal(0, run.Json.GetProperty("lost_spikes").GetInt32());
        int[] spikes = [.. run.Json.GetProperty("populations").EnumerateArray().Select(p => p.GetProperty("spikes").GetInt32())];
        Assert.Equal(24, spikes[0]);   // every 6.931 ms, three neurons
        Assert.Equal(21, spikes[1]);   // 6 ms later each: the last ones come after the end
        Assert.Equal(24, run.Json.GetProperty("wire").GetProperty("spikes_on_wire").GetInt32());
        Assert.Equal("left", run.Json.GetProperty("sites").GetProperty("boards")[0].GetProperty("site").GetString());

        string[] rows = File.ReadAllLines(Path.Combine(folder.File("out"), "spikes.csv"));
        Assert.Contains("0,0.006931,clock", rows);
        Assert.Contains("0,0.012931,echo", rows);
        Assert.Contains("Boards", File.ReadAllText(Path.Combine(folder.File("out"), "report.html")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_board_learned_is_shown_and_written()
    {
        using TemporaryFolder folder = new TemporaryFolder();
        string file = folder.File("pair.yaml", Pair.Replace("delay: 6 ms}", "delay: 6 ms, weight_limit: 4, learning: {rule: stdp}}",
            StringComparison.Ordinal));
        CliRun run = await CliRun.Of("run", file, "--json", "--out", folder.File("out"));
        Assert.True(run.Code == ExitCode.Ok, run.Error);
        System.Text.Json.JsonElement learned = Assert.Single(run.Json.GetProperty("learned").EnumerateArray());
        Assert.Equal("right", learned.GetProperty("site").GetString());
        Assert.Equal(3, learned.GetProperty("synapses").GetInt32());
        Assert.NotEqual(2, learned.GetProperty("mean").GetDouble(), 3);
        Assert.Single(Directory.GetFiles(folder.File("out"), "weights-right-*.csv"));
        Assert.Contains("What was learned", File.ReadAllText(Path.Combine(folder.File("out"), "report.html")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Compile_says_what_goes_where_and_compare_judges_the_whole()
    {
        using TemporaryFolder folder = new TemporaryFolder();
        string file = folder.File("pair.yaml", Pair);
        CliRun compiled = await CliRun.Of("compile", file);
        Assert.Contains("the file says where each population is", compiled.Out, StringComparison.Ordinal);
        Assert.Contains("over the wire (4 ms)", compiled.Out, StringComparison.Ordinal);

        CliRun compared = await CliRun.Of("compare", file, "--json", "--require", "1");
        Assert.True(compared.Code == ExitCode.Ok, compared.Error);
        Assert.Equal(1, compared.Json.GetProperty("matched_within_wire").GetDouble());
        Assert.Equal(45, compared.Json.GetProperty("spikes_device").GetInt32());
    }

    [Fact]
    public async Task Delays_that_became_longer_are_told_everywhere_and_compared_with_the_file()
    {
        using TemporaryFolder folder = new TemporaryFolder();
        string file = folder.File("pair.yaml", Pair.Replace("{delay: 4 ms}", "{delay: 9 ms, short: lengthen}", StringComparison.Ordinal));
        CliRun run = await CliRun.Of("run", file, "--json", "--report", folder.File("r.html"));
        Assert.Equal(ExitCode.Ok, run.Code);
        Assert.Equal(3, run.Json.GetProperty("sites").GetProperty("lengthened_synapses").GetInt32());
        string trouble = run.Json.GetProperty("troubles")[0].GetProperty("what").GetString()!;
        Assert.Equal("3 synapses between boards are slower than the file says, by up to 3 ms: the wire takes 9 ms", trouble);
        Assert.Contains("slower than the file says", File.ReadAllText(folder.File("r.html")), StringComparison.Ordinal);

        CliRun compared = await CliRun.Of("compare", file, "--json", "--require", "0.9");
        Assert.Equal(ExitCode.CheckFailed, compared.Code);
        Assert.InRange(compared.Json.GetProperty("matched_within_wire").GetDouble(), 0.9, 1);
        Assert.InRange(compared.Json.GetProperty("matched_1ms").GetDouble(), 0.4, 0.6);
    }

    [Theory]
    [InlineData("--sites is 0", "run", "--sites", "0")]
    [InlineData("--sites gives 3 boards, and the file has 2 sites (left, right)", "run", "--sites", "3")]
    [InlineData("--sites names tcp://127.0.0.1:1 twice", "run", "--sites", "tcp://127.0.0.1:1,tcp://127.0.0.1:1")]
    [InlineData("is no device address", "run", "--sites", "nowhere:x,virtual")]
    [InlineData("--sweep and --sites are given", "run", "--sites", "2", "--sweep", "populations.clock.bias=1,2")]
    [InlineData("--device names one board", "run", "--device", "tcp://127.0.0.1:1")]
    [InlineData("--output names one file", "compile", "--output", "x.image")]
    public async Task What_cannot_be_is_refused_with_advice(string expected, string verb, params string[] options)
    {
        using TemporaryFolder folder = new TemporaryFolder();
        CliRun run = await CliRun.Of([verb, folder.File("pair.yaml", Pair), .. options]);
        Assert.NotEqual(ExitCode.Ok, run.Code);
        Assert.NotEqual(ExitCode.Unexpected, run.Code);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
        Assert.Contains("next:", run.Error, StringComparison.Ordinal);
    }
}
