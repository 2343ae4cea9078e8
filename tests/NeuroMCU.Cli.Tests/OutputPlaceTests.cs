// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Cli.Errors;

namespace NeuroMCU.Cli.Tests;

/// <summary>A file where a folder is needed for what a verb writes is named before the work begins, and stays.</summary>
public sealed class OutputPlaceTests
{
    [Theory]
    [InlineData("", "calibrate-head", "--spacing", "20cm", "--out")]
    [InlineData("/ears", "calibrate-head", "--spacing", "20cm", "--out")]
    [InlineData("/table.md", "accuracy", "clean", "--out")]
    [InlineData("/deep/live.png", "virtual", "--microphone", "sound.wav", "--figure")]
    public async Task A_file_in_the_way_is_named(string below, params string[] words)
    {
        using TemporaryFolder folder = new TemporaryFolder();
        string file = folder.File("taken");
        await File.WriteAllTextAsync(file, "mine", TestContext.Current.CancellationToken);

        CliRun run = await CliRun.Of([.. words, file + below]);

        Assert.Equal(ExitCode.FileAccess, run.Code);
        Assert.Contains("taken is a file, and a folder is needed there", run.Error, StringComparison.Ordinal);
        Assert.Equal("mine", await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
    }
}
