// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Cli.Errors;

namespace NeuroMCU.Cli.Tests;

/// <summary>The board that a network file names counts in every verb, and its path counts from the file.</summary>
public sealed class BoardOfFileTests
{
    private const string Software = """
        neuromcu: 1
        board: own/lab.yaml
        duration: 10 ms
        populations:
          a: {model: lif, size: 3, tau: 20 ms, threshold: 1}
        """;

    private const string Pair = """
        neuromcu: 1
        board: thyristor-starter
        step: 1 ms
        duration: 20 ms
        populations:
          a: {model: thyristor, size: 2, channels: [n1, n2], bias: 30 uA}
        """;

    private const string Large = """
        neuromcu: 1
        duration: 1 ms
        populations:
          a: {model: lif, size: 1000, tau: 20 ms, threshold: 1}
        projections:
          - {from: a, to: a, connect: {probability: 0.05}, weight: 0.001, delay: 1 ms}
        """;

    // A board of its own name, in a folder beside the network: only a path from the file leads to it.
    private static string Write(TemporaryFolder folder)
    {
        Directory.CreateDirectory(folder.File("own"));
        string profile = File.ReadAllText(Path.Combine(Repository.Root(), "hardware", "boards", "ears-devkit.yaml"));
        folder.File("own/lab.yaml", profile.Replace("name: ears-devkit", "name: lab", StringComparison.Ordinal));
        return folder.File("net.yaml", Software);
    }

    [Theory]
    [InlineData("run")]
    [InlineData("program")]
    [InlineData("compare")]
    [InlineData("bench")]
    [InlineData("compile")]
    public async Task A_path_counts_from_the_file(string verb)
    {
        using TemporaryFolder folder = new TemporaryFolder();
        CliRun run = await CliRun.Of(verb, Write(folder));

        Assert.True(run.Code == ExitCode.Ok, run.Error);
    }

    [Theory]
    [InlineData("run", "--uncalibrated")]
    [InlineData("program", "--uncalibrated")]
    [InlineData("compare", "--twin")]
    [InlineData("bench", "--twin")]
    public async Task Seed_and_fault_are_of_the_board_that_the_file_names(string verb, string how)
    {
        using TemporaryFolder folder = new TemporaryFolder();
        string file = folder.File("net.yaml", Pair);
        CliRun good = await CliRun.Of(verb, file, how, "--board-seed", "3", "--fault", "open-drive:n1");
        CliRun bad = await CliRun.Of(verb, file, how, "--board-seed", "3", "--fault", "open-drive:n9");

        Assert.True(good.Code == ExitCode.Ok, good.Error);
        if (verb != "bench")
        {
            Assert.Equal(ExitCode.Usage, bad.Code);
            Assert.Contains("thyristor-starter has no channel 'n9'", bad.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_board_counts_with_another_cost_profile_too()
    {
        using TemporaryFolder folder = new TemporaryFolder();
        CliRun run = await CliRun.Of("run", folder.File("net.yaml", Pair), "--uncalibrated", "--device", "virtual:esp32-rev3");

        Assert.True(run.Code == ExitCode.Ok, run.Error);
        Assert.Contains("esp32-rev3", run.Out + run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_seed_without_any_board_is_refused()
    {
        using TemporaryFolder folder = new TemporaryFolder();
        string file = folder.File("net.yaml", Software.Replace("board: own/lab.yaml\n", string.Empty, StringComparison.Ordinal));

        Assert.Equal(ExitCode.Usage, (await CliRun.Of("run", file, "--board-seed", "3")).Code);
        Assert.Equal(ExitCode.Usage, (await CliRun.Of("bench", file, "--fault", "latched:n1")).Code);
        Assert.Equal(ExitCode.Usage, (await CliRun.Of("info", "--board-seed", "3")).Code);
        Assert.Equal(ExitCode.Usage, (await CliRun.Of("virtual", "--board-seed", "3")).Code);
        Assert.Equal(ExitCode.Usage, (await CliRun.Of("run", file, "--board-seed", "3", "--device", "tcp://127.0.0.1:1")).Code);
    }

    [Fact]
    public async Task A_thousand_neurons_and_fifty_thousand_synapses_fit_the_large_board_and_the_ideal_device()
    {
        using TemporaryFolder folder = new TemporaryFolder();
        string file = folder.File("net.yaml", Large);

        foreach (string[] small in (string[][])[["run"], ["run", "--board", "ears-wrover"], ["compile"],
            ["bench", "--board", "ears-wrover"]])
        {
            CliRun refused = await CliRun.Of([.. small, file]);
            Assert.Equal(ExitCode.TooBig, refused.Code);
            Assert.Contains("--board ears-wrover-16m", refused.Error, StringComparison.Ordinal);
        }

        CliRun ideal = await CliRun.Of("run", file, "--fast", "--quiet", "--device", "virtual:ideal");
        CliRun stored = await CliRun.In(folder, "program", file, "--persist", "--board", "ears-wrover-16m");
        CliRun info = await CliRun.In(folder, "info", "--board", "ears-wrover-16m", "--json");
        CliRun compiled = await CliRun.Of("compile", file, "--board", "ears-wrover-16m");
        Assert.True(compiled.Code == ExitCode.Ok, compiled.Error);
        Assert.True(ideal.Code == ExitCode.Ok, ideal.Error);
        Assert.True(stored.Code == ExitCode.Ok, stored.Error);
        Assert.Equal(1000, info.Json.GetProperty("network").GetProperty("neurons").GetInt32());
    }
}
