// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Text.Json;
using NeuroMCU.Cli.Errors;
using NeuroMCU.Laboratory.Calibration;
using NeuroMCU.Laboratory.Calibration.Bringup;
using NeuroMCU.Laboratory.Calibration.Measure;
using NeuroMCU.Networks.Boards;
using NeuroMCU.VirtualDevice;

namespace NeuroMCU.Cli.Tests;

/// <summary>Bring-up at a terminal: what it asks, and what becomes of the answers.</summary>
public sealed class BringupTests
{
    private static readonly string[] s_board = ["bringup", "--board", "thyristor-8", "--board-seed", "2", "--name", "Ada"];

    [Fact]
    public async Task Wires_are_read_back_on_a_straight_line()
    {
        CliRun run = await CliRun.Of("bringup", "--board", "loopback", "--name", "Ada", "--json");

        Assert.Equal(ExitCode.Ok, run.Code);
        JsonElement[] lines = Findings(run, "linearity");
        Assert.Equal(["wire1", "wire2"], lines.Select(f => f.GetProperty("channel").GetString()));
        Assert.All(lines, f => Assert.Contains("12.94 expected", f.GetProperty("reading").GetString(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_a_terminal_nothing_is_asked_and_the_report_says_what_was_not_measured()
    {
        CliRun run = await CliRun.Of("bringup", "--board", "loopback", "--json");

        Assert.All(Findings(run, "multimeter"), f =>
        {
            Assert.False(f.GetProperty("measured").GetBoolean());
            Assert.StartsWith("not measured", f.GetProperty("reading").GetString(), StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task With_yes_a_terminal_is_not_asked_either()
    {
        ScriptedConsole terminal = new ScriptedConsole(() => Assert.Fail("it was asked"));
        CliRun run = await Asked(terminal, default, "bringup", "--board", "loopback", "--yes");

        Assert.Equal(ExitCode.Ok, run.Code);
        Assert.Empty(terminal.Shown);
        Assert.Contains("not measured  multimeter 5 V supply", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_board_is_gone_through_stage_by_stage_and_the_typed_readings_are_signed()
    {
        using TemporaryFolder folder = new TemporaryFolder();
        ScriptedConsole terminal = new ScriptedConsole(() => Assert.Fail("it asks more"), "5.02 V", "3,29", "2.497", "y", "0.003", "y",
            "", "y");
        CliRun run = await Asked(terminal, default, [.. s_board, "--json", "--out", folder.File("b.html")]);

        Golden.Check("bringup-questions", new CliRun(run.Code, terminal.Shown, string.Empty));
        Assert.Equal(ExitCode.Ok, run.Code);
        Assert.Equal(
            ["5.02 V (4.75 to 5.25 V expected)", "3.29 V (3.14 to 3.47 V expected)", "2.497 V (2.45 to 2.55 V expected)",
                "0.003 V (-0.05 to 0.15 V expected)", "not measured (4.75 to 5.25 V expected)"],
            Findings(run, "multimeter").Select(f => f.GetProperty("reading").GetString()));
        Assert.NotEmpty(Findings(run, "reset"));
        Assert.True(run.Json.GetProperty("signed_off").GetBoolean());
        Assert.Contains("3.29 V", await File.ReadAllTextAsync(folder.File("b.json"), TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_supply_out_of_range_fails_and_enter_does_not_go_on()
    {
        ScriptedConsole terminal = new ScriptedConsole(() => Assert.Fail("it asks more"), "4.2", "five", "3.3", "");
        CliRun run = await Asked(terminal, default, "bringup", "--board", "loopback", "--name", "Ada");

        Golden.Check("bringup-declined", new CliRun(run.Code,
            terminal.Shown + run.Out.Replace(Device(run), "<device>", StringComparison.Ordinal), string.Empty));
        Assert.Equal(ExitCode.ChannelsFailed, run.Code);
    }

    [Fact]
    public async Task Cancelled_at_a_question_nothing_is_signed()
    {
        using TemporaryFolder folder = new TemporaryFolder();
        using CancellationTokenSource stop = new CancellationTokenSource();
        ScriptedConsole terminal = new ScriptedConsole(stop.Cancel, "5", "3.3", "2.5", "y", "0");
        CliRun run = await Asked(terminal, stop.Token, [.. s_board, "--out", folder.File("b.html")]);

        Assert.Equal(ExitCode.Cancelled, run.Code);
        Assert.Contains("not done: broken off", run.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("signed off by", run.Out, StringComparison.Ordinal);
        string page = File.ReadAllText(folder.File("b.html"));
        Assert.Contains("not signed off", page, StringComparison.Ordinal);
        Assert.Contains("FAILED", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Outputs_are_safe_while_a_question_waits_and_after_it_is_cancelled()
    {
        SafeBench bench = new SafeBench();
        await Assert.ThrowsAsync<OperationCanceledException>(() => new BoardBringup(bench, new CalibrationOptions(), bench).RunAsync("b",
            "d", default));

        Assert.Equal(["safe", "asked", "safe"], bench.Log);
    }

    private static Task<CliRun> Asked(ScriptedConsole terminal, CancellationToken cancellation, params string[] arguments) =>
        CliRun.Asked(terminal, new VirtualDeviceOptions { Ephemeral = true }, cancellation, arguments);

    private static JsonElement[] Findings(CliRun run, string what) =>
        [.. run.Json.GetProperty("findings").EnumerateArray().Where(f => f.GetProperty("what").GetString() == what)];

    private static string Device(CliRun run) => run.Out.Split("device ")[1].Split(',')[0];

    // A board of which only the order of calls matters; who is asked presses Ctrl-C.
    private sealed class SafeBench : ICalibrationBench, IBringupGuide
    {
        public List<string> Log { get; } = [];

        public IReadOnlyList<BenchChannel> Channels { get; } =
            [new BenchChannel(0, "n1", new DriveDescription("dac", "DRIVE1", 255, 3300, 0, 10, 100, null, 0, null), null)];

        public TimeSpan BenchTime => TimeSpan.Zero;

        public Task<IReadOnlyList<BenchReading>> MeasureAsync(IReadOnlyList<DriveCode> drives, MeasureTiming timing,
            CancellationToken cancellation)
        {
            Log.Add("drive");
            return Task.FromResult<IReadOnlyList<BenchReading>>([]);
        }

        public Task ReleaseAsync(IReadOnlyList<int> channels, CancellationToken cancellation) => Task.CompletedTask;

        public Task SafeAsync()
        {
            Log.Add("safe");
            return Task.CompletedTask;
        }

        public Task<(IReadOnlyList<double?> Volts, bool GoOn)> BeforeAsync(BringupStage stage, CancellationToken cancellation)
        {
            Log.Add("asked");
            throw new OperationCanceledException();
        }
    }
}
