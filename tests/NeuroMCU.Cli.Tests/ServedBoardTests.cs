// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Cli.Errors;
using NeuroMCU.Laboratory.Calibration.Store;
using NeuroMCU.VirtualDevice;
using NeuroMCU.VirtualDevice.Boards;

namespace NeuroMCU.Cli.Tests;

/// <summary>A board of neurons that another process serves: used as one on a cable would be.</summary>
public sealed class ServedBoardTests
{
    private static readonly int[] s_drives = [25, 26];

    private static readonly string[] s_board = ["--board", "thyristor-starter", "--board-seed", "3"];

    [Fact]
    public async Task Virtual_serves_the_board_that_is_named_as_the_device_that_it_is_in_process()
    {
        using TemporaryFolder folder = new TemporaryFolder();
        using CancellationTokenSource end = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        CliRun served = await CliRun.With(
            new VirtualDeviceOptions(), end.Token, ["virtual", "--port", "0", "--ephemeral", "--key-file", folder.File("key"), "--json",
                .. s_board]);
        Assert.Equal(ExitCode.Ok, served.Code);
        Assert.Equal("thyristor-starter", served.Json.GetProperty("board").GetString());
        Assert.Equal(
            (await CliRun.Of(["info", "--json", .. s_board])).Json.GetProperty("device_id").GetString(),
            served.Json.GetProperty("device_id").GetString());

        using CancellationTokenSource late = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        CliRun fault = await CliRun.With(
            new VirtualDeviceOptions(), late.Token, "virtual", "--port", "0", "--ephemeral", "--key-file", folder.File("key"), "--board",
            "thyristor-starter", "--fault", "latched:n9");
        Assert.NotEqual(ExitCode.Ok, fault.Code);
        Assert.Contains("n9", fault.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_served_board_is_checked_programmed_and_run_with_its_calibration()
    {
        using TemporaryFolder folder = new TemporaryFolder();
        await using VirtualServer server = Serve(folder);
        Assert.SkipWhen(server.TerminalPath is null, "no pseudo-terminals on this system");
        string[] network = ["--device", server.TcpAddress!, "--key-file", folder.File("key")];
        string[] cable = ["--device", "serial:" + server.TerminalPath];
        string bump = BumpFile();

        CliRun refused = await CliRun.In(folder, ["run", bump, .. network]);
        Assert.Equal(ExitCode.Calibration, refused.Code);
        Assert.Contains("neuromcu calibrate --device " + server.TcpAddress, refused.Error, StringComparison.Ordinal);

        // In this process, where the board is the same and no measurement waits for a clock on the wall.
        Assert.Equal(ExitCode.Ok, (await CliRun.Charged(folder, ["calibrate", .. s_board])).Code);

        Assert.Equal(ExitCode.Ok, (await CliRun.In(folder, ["program", bump, "--persist", "--no-autostart", .. network])).Code);
        CliRun run = await CliRun.In(folder, ["run", bump, "--for", "3 s", "--json", .. network]);
        Assert.True(run.Code == ExitCode.Ok, run.Error + run.Out);
        Assert.InRange(run.Json.GetProperty("spikes").GetInt32(), 150, 500);

        // Each rate of the check is another one: with the converter's 8 bits as well.
        CliRun check = await CliRun.In(folder, ["calibrate", "--check", "--json", .. cable]);
        Assert.True(check.Code == ExitCode.Ok, check.Error + check.Out);
        Assert.All(
            check.Json.GetProperty("channels").EnumerateArray(),
            c => Assert.Equal(3, c.GetProperty("points").EnumerateArray().Select(p => p.GetProperty("current_ua").GetDouble()).Distinct()
                .Count()));
    }

    [Fact]
    public async Task Ctrl_c_leaves_the_board_safe_and_the_kept_calibration_as_it_was()
    {
        using TemporaryFolder folder = new TemporaryFolder();
        await using VirtualServer server = Serve(folder);
        string[] device = ["--device", server.TcpAddress!, "--key-file", folder.File("key")];
        string kept = new CalibrationStore(folder.File("flash") + "-calibrations").PathOf("thyristor-starter", server.DeviceId);
        Directory.CreateDirectory(Path.GetDirectoryName(kept)!);
        await File.WriteAllTextAsync(kept, "the former one", TestContext.Current.CancellationToken);

        using CancellationTokenSource end = new CancellationTokenSource();
        Task<CliRun> calibrating = CliRun.With(
            new VirtualDeviceOptions { Profile = "ideal", StateFolder = folder.File("flash") }, end.Token, ["calibrate", .. device]);
        while (!calibrating.IsCompleted && !IsDriven(server))
        {
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }

        await end.CancelAsync();
        Assert.Equal(ExitCode.Cancelled, (await calibrating).Code);
        Assert.False(IsDriven(server));
        Assert.Equal("the former one", await File.ReadAllTextAsync(kept, TestContext.Current.CancellationToken));
        Assert.Single(Directory.GetFiles(Path.GetDirectoryName(kept)!));
    }

    // Looked at on the bench, where the safe code is 0.
    private static bool IsDriven(VirtualServer server)
    {
        bool driven = false;
        server.OnDevice(device => driven = s_drives.Any(pin => device.Bench.Pins.Value(pin) > 0));
        return driven;
    }

    private static VirtualServer Serve(TemporaryFolder folder) => new VirtualServer(new VirtualServerOptions
    {
        Device = new VirtualDeviceOptions
        {
            Ephemeral = true,
            Profile = "ideal",
            Board = new VirtualBoardOptions { Board = "thyristor-starter", Seed = 3 }
        },
        TcpPort = 0,
        KeyFile = folder.File("key"),
        Fast = true,
    });

    private static string BumpFile([System.Runtime.CompilerServices.CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "examples", "hybrid-bump.yaml"));
}
