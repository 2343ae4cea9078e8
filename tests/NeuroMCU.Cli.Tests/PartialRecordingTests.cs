// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Text.Json;
using NeuroMCU.Cli.Errors;

namespace NeuroMCU.Cli.Tests;

/// <summary>What is left of a run that was killed becomes a recording of any format, says what it is of, and that it is incomplete.</summary>
public sealed class PartialRecordingTests
{
    [Theory]
    [InlineData("run.npz", "whole.nwb")]
    [InlineData("run.nwb", "whole.npz")]
    [InlineData("run.h5", "whole.aedat")]
    [InlineData("run.aedat", "whole.h5")]
    [InlineData("run.csv", "whole.nir")]
    public async Task A_run_that_was_cut_off_is_written_in_another_format_with_what_it_was(string wanted, string target)
    {
        using TemporaryFolder folder = new TemporaryFolder();
        string network = Path.Combine(Repository.Root(), "examples", "random-100.yaml");
        string path = folder.File(wanted);
        string partial = await CutAsync(folder, network, path);
        string whole = folder.File(target);

        CliRun converted = await CliRun.Of("report", partial, "--out", whole, "--json");
        Assert.Equal(ExitCode.Incomplete, converted.Code);
        CliRun read = await CliRun.Of("report", whole, "--out", folder.File("page.html"), "--json");
        Assert.Equal(ExitCode.Incomplete, read.Code);
        Assert.Equal(converted.Json.GetProperty("spikes").GetInt64(), read.Json.GetProperty("spikes").GetInt64());
        Assert.True(read.Json.GetProperty("spikes").GetInt64() > 0);
        Assert.Contains("while the run went on", read.Json.GetProperty("incomplete").GetString(), StringComparison.Ordinal);
        JsonElement origin = read.Json.GetProperty("origin");
        Assert.Equal(Path.GetFullPath(network), origin.GetProperty("network_file").GetString());
        Assert.Equal(64, origin.GetProperty("network_sha256").GetString()!.Length);
        Assert.Equal("random 100", read.Json.GetProperty("network").GetString());
        CliRun compared = await CliRun.Of("compare", partial, whole);
        Assert.Contains("100 %", compared.Out.Split('\n').Last(line => line.StartsWith("all ", StringComparison.Ordinal)),
            StringComparison.Ordinal);
    }

    // The growing file of a run, as it stands while the run goes on: copied from under it, and cut within its last row.
    private static async Task<string> CutAsync(TemporaryFolder folder, string network, string path)
    {
        string growing = path + ".partial" + (path.EndsWith(".aedat", StringComparison.Ordinal) ? ".aedat" : ".csv");
        string copy = folder.File("cut" + Path.GetExtension(growing));
        using CancellationTokenSource stop = new CancellationTokenSource();
        Task<CliRun> run = CliRun.With(new VirtualDevice.VirtualDeviceOptions { Ephemeral = true }, stop.Token, "run", network, "--for",
            "100 s", "--out", path);
        for (int tries = 0; tries < 600 && (!File.Exists(growing) || new FileInfo(growing).Length < 3000) && !run.IsCompleted; tries++)
        {
            await Task.Delay(50);
        }

        byte[] bytes;
        using (FileStream stream = new FileStream(growing, FileMode.Open, FileAccess.Read, FileShare.ReadWrite))
        {
            bytes = new byte[stream.Length];
            await stream.ReadExactlyAsync(bytes);
        }

        await File.WriteAllBytesAsync(copy, bytes);
        await stop.CancelAsync();
        await run;
        return copy;
    }
}
