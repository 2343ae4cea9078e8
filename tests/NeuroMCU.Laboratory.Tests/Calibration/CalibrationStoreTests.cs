// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Laboratory.Calibration;
using NeuroMCU.Laboratory.Calibration.Measure;
using NeuroMCU.Laboratory.Calibration.Store;
using NeuroMCU.Tests.Shared;

namespace NeuroMCU.Laboratory.Tests.Calibration;

public sealed class CalibrationStoreTests
{
    [Fact]
    public async Task What_is_kept_comes_back_and_replaces_the_former()
    {
        using TemporaryFolder folder = new();
        CalibrationStore store = new(folder.Path);
        BoardCalibration made = await Made();

        Assert.Null(store.Find("model", "01"));
        string path = store.Save(made);
        store.Save(made with { BenchSeconds = 5 });
        BoardCalibration found = store.Find("model", "01")!;

        Assert.Equal([path], Directory.GetFiles(folder.Path));
        Assert.Equal(5, found.BenchSeconds);
        Assert.Equal(made.Date, found.Date);
        Assert.Equal(made.ReferenceCell, found.ReferenceCell);
        Assert.Equal(made.Channels.Select(c => c.Verdict), found.Channels.Select(c => c.Verdict));
        Assert.Equal(made.Channels[0].Table!.Codes, found.Channels[0].Table!.Codes);
        Assert.Equal(made.Channels[0].Table!.Currents, found.Channels[0].Table!.Currents);
        Assert.Equal(made.Channels[0].Fit!.Cell, found.Channels[0].Fit!.Cell);
        Assert.Equal(made.Channels[0].Readings, found.Channels[0].Readings);
        Assert.Equal(made.Spread!.LargestAfter, found.Spread!.LargestAfter);
    }

    [Fact]
    public async Task Another_board_in_its_file_is_refused()
    {
        using TemporaryFolder folder = new();
        CalibrationStore store = new(folder.Path);
        string path = store.Save(await Made());
        File.Move(path, store.PathOf("model", "02"));

        CalibrationException problem = Assert.Throws<CalibrationException>(() => store.Find("model", "02"));

        Assert.Equal(CalibrationErrorKind.Foreign, problem.Kind);
        Assert.Contains("device 01", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"version\": 1", "\"version\": 2", "version 2")]
    [InlineData("{", "", "")]
    [InlineData("\"board\": \"model\"", "\"bord\": \"model\"", "board")]
    [InlineData("\"codes\": [\n          0,", "\"codes\": [\n          9999,", "does not rise")]
    public async Task A_damaged_file_is_refused_with_the_reason(string old, string replacement, string why)
    {
        using TemporaryFolder folder = new();
        CalibrationStore store = new(folder.Path);
        string path = store.Save(await Made());
        string text = await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
        int at = text.IndexOf(old, StringComparison.Ordinal);
        Assert.True(at >= 0);
        await File.WriteAllTextAsync(path, text[..at] + replacement + text[(at + old.Length)..], TestContext.Current.CancellationToken);

        CalibrationException problem = Assert.Throws<CalibrationException>(() => store.Find("model", "01"));

        Assert.Equal(CalibrationErrorKind.Damaged, problem.Kind);
        Assert.Contains(why, problem.Why, StringComparison.Ordinal);
    }

    private static Task<BoardCalibration> Made() =>
        new Calibrator(new ModelBench(CalibratorTests.Parts(2, 3)), new CalibrationOptions { Reference = "bench" }).RunAsync("model", "01",
            CancellationToken.None);
}
