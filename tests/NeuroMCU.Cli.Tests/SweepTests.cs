// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Text.Json;
using NeuroMCU.Cli.Errors;
using NeuroMCU.VirtualDevice;

namespace NeuroMCU.Cli.Tests;

/// <summary>The phase diagram from the command line.</summary>
public sealed class SweepTests
{
    // With the costs of the board's profile: where nothing costs time, turns of the loop are many.
    private static readonly VirtualDeviceOptions s_bench = new VirtualDeviceOptions { Ephemeral = true };

    [Fact]
    public async Task A_small_grid_and_the_published_points_are_drawn_and_written()
    {
        using TemporaryFolder folder = new TemporaryFolder();
        CliRun run = await CliRun.With(
            s_bench, CancellationToken.None, "sweep", "--currents", "39.4, 60 uA", "--resistances", "0.1..3.1:3 kOhm", "--settle", "300 ms",
            "--window", "300 ms", "--json", "--csv", folder.File("p.csv"), "--out", folder.File("p.svg"));

        Assert.Equal(ExitCode.Ok, run.Code);
        Assert.Equal(("neuromcu.sweep/1", "msbn"), (run.Json.GetProperty("schema").GetString(), run.Json.GetProperty("board").GetString()));
        JsonElement[] points = [.. run.Json.GetProperty("points").EnumerateArray()];
        JsonElement[] grid = [.. points.Where(p => p.GetProperty("published").ValueKind == JsonValueKind.Null)];
        Assert.Equal([(100, "TS"), (100, "TS"), (3108, "IB1"), (3108, "FS")],
            grid.Select(p => ((int)Math.Round(p.GetProperty("soma_ohm").GetDouble()), p.GetProperty("mode").GetString()!)));
        Assert.Equal(22, points.Length - grid.Length);
        string[] table = await File.ReadAllLinesAsync(folder.File("p.csv"), TestContext.Current.CancellationToken);
        Assert.Equal(points.Length + 1, table.Length);
        string figure = await File.ReadAllTextAsync(folder.File("p.svg"), TestContext.Current.CancellationToken);
        Assert.Equal(points.Length + 22, figure.Split("<circle").Length - 1);
    }

    [Theory]
    [InlineData("sweep-range", "--currents", "30..100 uA")]
    [InlineData("sweep-unit", "--currents", "30..100:5")]
    [InlineData("sweep-kind", "--resistances", "100..300:5 uA")]
    [InlineData("sweep-zero", "--resistances", "0..300:100 Ohm")]
    [InlineData("sweep-window", "--window", "90 s")]
    public async Task What_cannot_be_swept_is_refused_with_what_can(string golden, string option, string value)
    {
        CliRun run = await CliRun.Of("sweep", option, value);
        Golden.Check(golden, run);
        Assert.Equal(ExitCode.Usage, run.Code);
    }

    [Fact]
    public async Task A_board_without_bursting_neurons_is_refused()
    {
        CliRun run = await CliRun.Of("sweep", "--board", "thyristor-starter");
        Golden.Check("sweep-board", run);
    }

    [Fact]
    public async Task Interrupted_it_writes_nothing()
    {
        using TemporaryFolder folder = new TemporaryFolder();
        CliRun run = await CliRun.With(s_bench, new CancellationToken(canceled: true), "sweep", "--csv", folder.File("p.csv"), "--out",
            folder.File("p.html"));
        Assert.Equal(ExitCode.Cancelled, run.Code);
        Assert.False(File.Exists(folder.File("p.csv")) || File.Exists(folder.File("p.html")));
    }
}
