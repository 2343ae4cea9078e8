// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Text.Json;
using NeuroMCU.Cli.Errors;
using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Image;
using NeuroMCU.Laboratory.Calibration;
using NeuroMCU.Laboratory.Calibration.Store;
using NeuroMCU.Models;

namespace NeuroMCU.Cli.Tests;

/// <summary>Which drive tables a network carries to a board: those of the board's own calibration, or none.</summary>
public sealed class DriveTableTests
{
    private const string Driven = """
        neuromcu: 1
        name: driven
        board: thyristor-starter
        duration: 200 ms

        populations:
          n: {model: thyristor, size: 2, preset: w25, channels: [n1, n2], bias: 70 uA}

        """;

    private static readonly string[] s_board = ["--board", "thyristor-starter", "--board-seed", "3"];

    [Theory]
    [InlineData("run", "--quiet")]
    [InlineData("program", "--persist")]
    public async Task Nothing_reaches_a_board_of_unequal_parts_without_its_calibration(string verb, params string[] options)
    {
        using TemporaryFolder folder = new TemporaryFolder();
        string file = folder.File("driven.yaml", Driven);
        CliRun refused = await CliRun.In(folder, [verb, file, .. options, .. s_board]);

        Assert.Equal(ExitCode.Calibration, refused.Code);
        Assert.Contains("neuromcu calibrate --board thyristor-starter --board-seed 3", refused.Error, StringComparison.Ordinal);
        Assert.Contains("network     none", (await CliRun.In(folder, ["info", .. s_board])).Out, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Ok, (await CliRun.In(folder, [verb, file, "--uncalibrated", .. options, .. s_board])).Code);
        Assert.Equal(ExitCode.Ok, (await CliRun.In(folder, [verb, file, "--twin", .. options, .. s_board])).Code);
    }

    [Theory]
    [InlineData("run")]
    [InlineData("compare")]
    [InlineData("compare", "--device", "virtual:ideal")]
    [InlineData("program", "--device", "virtual:ideal")]
    public async Task A_network_without_channels_finds_its_board_too(string verb, params string[] options)
    {
        using TemporaryFolder folder = new TemporaryFolder();
        string file = folder.File("bound.yaml", Chain.Text.Replace("neuromcu: 1\n", "neuromcu: 1\nboard: ears-wrover\n",
            StringComparison.Ordinal));
        CliRun run = await CliRun.In(folder, [verb, file, .. options]);
        Assert.True(run.Code == ExitCode.Ok, run.Error);
    }

    [Fact]
    public async Task A_network_that_drives_neurons_finds_its_board_and_goes_to_no_other()
    {
        using TemporaryFolder folder = new TemporaryFolder();
        string file = folder.File("driven.yaml", Driven);
        CliRun own = await CliRun.In(folder, ["run", file]);
        Assert.True(own.Code == ExitCode.Ok, own.Error);
        Assert.Contains("neurons: 2 channels", own.Out + own.Error, StringComparison.Ordinal);

        // A cost profile is no board: the bench sits on the network's board all the same.
        CliRun ideal = await CliRun.In(folder, ["run", file, "--device", "virtual:ideal"]);
        Assert.True(ideal.Code == ExitCode.Ok, ideal.Error);
        Assert.Contains("the virtual bench (ideal)", ideal.Out, StringComparison.Ordinal);

        CliRun other = await CliRun.In(folder, ["run", file, "--board", "thyristor-8", "--board-seed", "1"]);
        Assert.Equal(ExitCode.OtherBoard, other.Code);
        Assert.Contains("the device sits on thyristor-8", other.Error, StringComparison.Ordinal);
        Assert.Contains("--board thyristor-starter", other.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_programmed_network_and_a_compiled_image_carry_the_tables_of_the_calibration()
    {
        using TemporaryFolder folder = new TemporaryFolder();
        string file = folder.File("driven.yaml", Driven);
        JsonElement made = (await CliRun.Charged(folder, ["calibrate", "--json", .. s_board])).Json;
        string id = made.GetProperty("device_id").GetString()!;
        StoredDriveTables tables = new(CalibrationStore.Read(made.GetProperty("kept").GetString()!));

        JsonElement programmed = (await CliRun.In(folder, ["program", file, "--persist", "--json", .. s_board])).Json.GetProperty(
            "drive_tables");
        Assert.Equal(("calibration", id), (programmed.GetProperty("source").GetString(), programmed.GetProperty("device_id").GetString()));

        // It runs since power-on, and gives way to a measurement.
        CliRun check = await CliRun.Charged(folder, ["calibrate", "--check", .. s_board]);
        Assert.Equal(ExitCode.Ok, check.Code);
        Assert.Contains("stopped the network that was running", check.Error, StringComparison.Ordinal);

        foreach (string named in (string[])[id, made.GetProperty("kept").GetString()!])
        {
            CliRun compile = await CliRun.In(folder, "compile", file, "--calibration", named, "-o", folder.File("own.img"), "--json");
            Assert.True(compile.Code == ExitCode.Ok, compile.Error);
            Assert.Equal(id, compile.Json.GetProperty("drive_tables").GetProperty("device_id").GetString());
            Assert.True(tables.Hold(Read(folder.File("own.img")).Channels));
        }

        // The image of this board goes to this board, says which calibration it holds, and goes to no other.
        CliRun own = await CliRun.In(folder, ["program", folder.File("own.img"), .. s_board]);
        Assert.Equal(ExitCode.Ok, own.Code);
        Assert.Contains("drive tables of the calibration of ", own.Error, StringComparison.Ordinal);
        CliRun foreign = await CliRun.In(folder, ["program", folder.File("own.img"), "--board", "thyristor-starter", "--board-seed", "4"]);
        Golden.Check("program-foreign-calibration", foreign, folder);

        // So does an image that was compiled without a calibration: it needs the word of the user.
        Assert.Equal("nominal",
            (await CliRun.In(folder, "compile", file, "-o", folder.File("any.img"), "--json")).Json.GetProperty("drive_tables")
            .GetProperty("source").GetString());
        Assert.All(Read(folder.File("any.img")).Channels, c => Assert.Equal(0u, c.Calibration));
        Golden.Check("program-nominal-image", await CliRun.In(folder, ["program", folder.File("any.img"), .. s_board]), folder);
        Assert.Equal(ExitCode.Ok, (await CliRun.In(folder, ["program", folder.File("any.img"), "--uncalibrated", .. s_board])).Code);

        JsonElement info = (await CliRun.In(folder, ["info", "--json", .. s_board])).Json.GetProperty("calibration");
        Assert.Equal(2, info.GetProperty("good").GetInt32());
    }

    [Fact]
    public async Task A_calibration_that_is_not_kept_is_refused_with_those_that_are()
    {
        using TemporaryFolder folder = new TemporaryFolder();
        CliRun run = await CliRun.In(folder, "compile", folder.File("driven.yaml", Driven), "--calibration", "024e00000000");

        Golden.Check("compile-no-calibration", run, folder);
        Assert.Equal(ExitCode.Calibration, run.Code);
    }

    [Theory]
    [InlineData("compare")]
    [InlineData("bench")]
    public async Task Where_no_board_takes_part_physical_neurons_are_refused_and_their_twins_welcome(string verb)
    {
        using TemporaryFolder folder = new TemporaryFolder();
        string file = folder.File("driven.yaml", Driven);
        CliRun refused = await CliRun.Of(verb, file);

        Golden.Check(verb + "-channels", refused, folder);
        Assert.Equal(ExitCode.Usage, refused.Code);
        Assert.Equal(ExitCode.Ok, (await CliRun.Of(verb, file, "--twin", "--json")).Code);
    }

    [Theory]
    [InlineData("loopback")]
    [InlineData("lui")]
    [InlineData("msbn")]
    public async Task A_board_without_thyristor_neurons_of_its_own_rate_is_not_calibrated(string board)
    {
        using TemporaryFolder folder = new TemporaryFolder();
        CliRun run = await CliRun.In(folder, "calibrate", "--board", board);

        Golden.Check("calibrate-" + board, run, folder);
        Assert.Equal(ExitCode.DeviceRefused, run.Code);
        Assert.Empty(Directory.EnumerateFiles(folder.Path, "*.json", SearchOption.AllDirectories));
    }

    private static NetworkTables Read(string image)
    {
        byte[] bytes = File.ReadAllBytes(image);
        return ImageReader.Read(bytes, 0, bytes.Length, ModelList.All);
    }
}
