// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Runtime.CompilerServices;
using NeuroMCU.Cli.Errors;
using NeuroMCU.Laboratory.Calibration;
using NeuroMCU.Laboratory.Calibration.Judge;
using NeuroMCU.Laboratory.Calibration.Store;

namespace NeuroMCU.Cli.Tests;

public sealed class CalibrateTests
{
    [Fact]
    public async Task Measured_data_are_fitted_without_a_board()
    {
        using TemporaryFolder folder = new TemporaryFolder();
        File.Copy(BenchDevice(), folder.File("bench.csv"));
        CliRun run = await CliRun.Of("calibrate", "--csv", folder.File("bench.csv"), "--out", folder.File("fit.html"));

        Golden.Check("calibrate-csv", run, folder);
        Assert.Equal(ExitCode.Ok, run.Code);
        Assert.Contains("V_th", await File.ReadAllTextAsync(folder.File("fit.html"), TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hysteresis_is_told_and_a_failed_fit_is_called_so_in_the_report()
    {
        using TemporaryFolder folder = new TemporaryFolder();
        string two = string.Concat(Enumerable.Range(10, 20)
            .Select(k => $"{3 * k},{(k < 14 ? 0 : (9 * (k - 14)) + 30)}\n{3 * k},{(k < 12 ? 0 : k < 14 ? 20 : (9 * (k - 14)) + 30)}\n"));
        folder.File("two.csv", "current_uA,rate_Hz\n" + two);
        CliRun run = await CliRun.Of("calibrate", "--csv", folder.File("two.csv"), "--json", "--out", folder.File("two.html"));
        Assert.Equal(ExitCode.MeasuredData, run.Code);
        Assert.Contains("rising and the falling sweep", run.Error, StringComparison.Ordinal);
        Assert.Contains("0.0 Hz and 20.0 Hz at 36.0 uA, and likewise at 1 more current", run.Error, StringComparison.Ordinal);
        Assert.Equal([36.0, 39.0], run.Json.GetProperty("conflicts").EnumerateArray()
            .Select(c => Math.Round(c.GetProperty("current_ua").GetDouble(), 6)));
        Assert.Contains("contradict", await File.ReadAllTextAsync(folder.File("two.html"), TestContext.Current.CancellationToken),
            StringComparison.Ordinal);

        folder.File("flat.csv", "current_uA,rate_Hz\n" + string.Concat(Enumerable.Range(10, 10).Select(k => $"{3 * k},50\n")));
        CliRun flat = await CliRun.Of("calibrate", "--csv", folder.File("flat.csv"), "--out", folder.File("flat.html"));
        Assert.Equal(ExitCode.MeasuredData, flat.Code);
        Assert.Contains("the fit failed", await File.ReadAllTextAsync(folder.File("flat.html"), TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_fit_is_also_a_document()
    {
        CliRun run = await CliRun.Of("calibrate", "--csv", BenchDevice(), "--json");

        Assert.InRange(run.Json.GetProperty("rmse_hz").GetDouble(), 0, 8);
        Assert.Equal(8, run.Json.GetProperty("points").GetArrayLength());
        Assert.InRange(run.Json.GetProperty("cell").GetProperty("hold_ua").GetDouble(), 97.7, 103);
        Assert.True(run.Json.GetProperty("block_seen").GetBoolean());
        Assert.False(run.Json.GetProperty("onset_seen").GetBoolean());
    }

    [Theory]
    [InlineData("calibrate-csv-cell", "current_uA,rate_Hz\n40,ten\n", ExitCode.MeasuredData)]
    [InlineData("calibrate-csv-short", "current_uA,rate_Hz\n40,0\n50,100\n60,120\n", ExitCode.MeasuredData)]
    public async Task A_table_that_cannot_be_used_is_refused_with_its_line(string name, string text, ExitCode code)
    {
        using TemporaryFolder folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.File("f.csv"), text, TestContext.Current.CancellationToken);
        CliRun run = await CliRun.Of("calibrate", "--csv", folder.File("f.csv"));

        Golden.Check(name, run, folder);
        Assert.Equal(code, run.Code);
    }

    [Theory]
    [InlineData("calibrate-preset", "--preset", "benhc")]
    [InlineData("calibrate-unit", "--load", "2.2")]
    [InlineData("calibrate-zero", "--capacitance", "0 uF")]
    public async Task A_component_value_that_is_none_is_refused(string name, string option, string value)
    {
        CliRun run = await CliRun.Of("calibrate", "--csv", BenchDevice(), option, value);

        Golden.Check(name, run);
        Assert.Equal(ExitCode.Usage, run.Code);
    }

    [Fact]
    public async Task A_board_is_calibrated_kept_and_checked()
    {
        using TemporaryFolder folder = new TemporaryFolder();
        CliRun made = await CliRun.Charged(folder, "calibrate", "--board", "thyristor-8", "--board-seed", "2", "--json", "--out",
            folder.File("board.html"));
        Assert.Equal(ExitCode.Ok, made.Code);
        Assert.Equal(8, made.Json.GetProperty("good").GetInt32());
        Assert.InRange(made.Json.GetProperty("bench_s").GetDouble(), 5, 60);
        Assert.True(File.Exists(made.Json.GetProperty("kept").GetString()));
        Assert.True(File.Exists(folder.File("board.html")));

        Assert.Equal(ExitCode.Ok,
            (await CliRun.Charged(folder, "calibrate", "--board", "thyristor-8", "--board-seed", "2", "--check")).Code);
        CliRun aged = await CliRun.Charged(folder, "calibrate", "--board", "thyristor-8", "--board-seed", "2", "--fault", "aged:n2=8",
            "--check");
        Assert.Equal(ExitCode.CheckFailed, aged.Code);
        Assert.Contains("n2 DRIFTED", aged.Out, StringComparison.Ordinal);

        // As good means as many channels, as wide a range, as close a fit.
        string path = made.Json.GetProperty("kept").GetString()!;
        BoardCalibration kept = new CalibrationStore(Path.GetDirectoryName(path)).Find("thyristor-8", made.Json.GetProperty("device_id")
            .GetString()!)!;
        Assert.Empty(CalibrationComparison.Worse(kept, kept));
        Assert.Equal("n2 failed, and was good",
            Assert.Single(Worse(kept, c => c with { Verdict = new ChannelVerdict(ChannelFault.Open, "r", "a") })));
        Assert.Empty(Worse(kept, c => c with { HighestRate = c.HighestRate - (0.09 * (c.HighestRate - c.LowestRate)) }));
        Assert.Contains("n2 can be set from",
            Assert.Single(Worse(kept, c => c with { HighestRate = c.HighestRate - (0.11 * (c.HighestRate - c.LowestRate)) })),
            StringComparison.Ordinal);
        Assert.Contains("n2 can be set from",
            Assert.Single(Worse(kept, c => c with { LowestRate = c.LowestRate + (0.11 * (c.HighestRate - c.LowestRate)) })),
            StringComparison.Ordinal);
        Assert.Empty(Worse(kept, c => c with { Fit = c.Fit! with { Rmse = c.Fit.Rmse + (0.019 * c.HighestRate) } }));
        Assert.Contains("the closed form is off by",
            Assert.Single(Worse(kept, c => c with { Fit = c.Fit! with { Rmse = c.Fit.Rmse + (0.021 * c.HighestRate) } })),
            StringComparison.Ordinal);
        Assert.Empty(CalibrationComparison.Worse(kept, Changed(kept, c => c with { HighestRate = 1 }) with { Reference = "w23" }));

        // One that is worse does not take its place unless asked.
        string[] broken = ["calibrate", "--board", "thyristor-8", "--board-seed", "2", "--fault", "open-drive:n3"];
        CliRun worse = await CliRun.Charged(folder, broken);
        Assert.Equal(ExitCode.ChannelsFailed, worse.Code);
        Assert.Contains("not kept: n3 failed, and was good; the calibration of ", worse.Out, StringComparison.Ordinal);
        Assert.Contains("--force keeps this one", worse.Out, StringComparison.Ordinal);
        Assert.Contains("kept in ", (await CliRun.Charged(folder, [.. broken, "--force"])).Out, StringComparison.Ordinal);
        Assert.Contains("kept in ", (await CliRun.Charged(folder, broken)).Out, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Calibration,
            (await CliRun.Charged(folder, "calibrate", "--board", "thyristor-8", "--board-seed", "9", "--check")).Code);
    }

    [Theory]
    [InlineData("calibrate")]
    [InlineData("bringup")]
    public async Task A_bad_channel_is_named_with_an_exit_code_of_its_own(string verb)
    {
        using TemporaryFolder folder = new TemporaryFolder();
        CliRun run = await CliRun.Charged(folder, verb, "--board", "thyristor-8", "--board-seed", "2", "--fault", "open-drive:n3");
        Assert.Equal(ExitCode.ChannelsFailed, run.Code);
        Assert.Contains("FAILED", run.Out, StringComparison.Ordinal);
        Assert.Contains("n3", run.Out, StringComparison.Ordinal);
        Assert.Contains("no current through the load", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bring_up_without_a_reading_of_a_person_is_not_signed_off()
    {
        using TemporaryFolder folder = new TemporaryFolder();
        CliRun run = await CliRun.Charged(folder, "bringup", "--board", "thyristor-8", "--board-seed", "2", "--name", "Ada", "--out",
            folder.File("b.html"), "--json");
        Assert.Equal(ExitCode.Ok, run.Code);
        Assert.Equal(64, run.Json.GetProperty("hash").GetString()!.Length);
        Assert.False(run.Json.GetProperty("signed_off").GetBoolean());

        // Its table ends at 167 Hz, where all channels still go; it was seen to fire at nearly 500 Hz.
        string? fast = run.Json.GetProperty("findings").EnumerateArray()
            .Single(f => f.GetProperty("what").GetString() == "neuron" && f.GetProperty("channel").GetString() == "n5")
            .GetProperty("reading").GetString();
        Assert.Matches(@"up to (49|50)\d Hz$", fast!);
        Assert.Contains("no reading of a multimeter", run.Json.GetProperty("why_unsigned").GetString(), StringComparison.Ordinal);
        Assert.Contains("Ada", await File.ReadAllTextAsync(folder.File("b.json"), TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
    }

    private static string BenchDevice([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "examples", "calibration", "bench-device.csv"));

    private static IReadOnlyList<string> Worse(BoardCalibration kept, Func<ChannelCalibration, ChannelCalibration> change) =>
        CalibrationComparison.Worse(kept, Changed(kept, change));

    private static BoardCalibration Changed(BoardCalibration kept, Func<ChannelCalibration, ChannelCalibration> change) =>
        kept with { Channels = [.. kept.Channels.Select(c => c.Name == "n2" ? change(c) : c)] };
}
