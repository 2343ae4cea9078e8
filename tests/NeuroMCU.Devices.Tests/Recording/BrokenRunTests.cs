// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Compiler;
using NeuroMCU.Devices.Client;
using NeuroMCU.Devices.Recording;
using NeuroMCU.Files.Diagnostics;
using NeuroMCU.Protocol.Messages;
using NeuroMCU.Recordings;
using NeuroMCU.Recordings.Report;
using NeuroMCU.Tests.Shared;
using NeuroMCU.VirtualDevice;

namespace NeuroMCU.Devices.Tests.Recording;

/// <summary>Runs whose end nobody knows: what arrived is kept, and says that it is incomplete.</summary>
public sealed class BrokenRunTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    [Fact]
    public async Task A_cut_cable_leaves_what_arrived_with_its_account_in_every_format()
    {
        using var device = new BenchDevice(new VirtualDeviceOptions { Profile = "ideal", Ephemeral = true });
        var link = new FaultyLink(device.Connect());
        await using DeviceClient client = await DeviceClient.OpenAsync(link, null, CancellationToken.None);
        CompiledNetwork network = SmallNetworks.Noise(10, 50);
        await client.ProgramAsync(network.Image);
        using SpikeLog disk = new(Of("spikes.partial.csv"),
            new SpikeCsvEncoding(DeviceRecording.PopulationsOf(network.Tables, network.Symbols)));
        var recorder = new RunRecorder { Disk = disk, TimeReached = time => link.Cut |= time > 600_000 };
        client.Observer = recorder;
        RunBrokenException broken = await Assert.ThrowsAsync<RunBrokenException>(
            () => client.RunAsync(new RunOptions { Duration = 5_000_000 }));
        Assert.Equal(DeviceErrorKind.LinkLost, broken.Kind);
        Assert.Equal(recorder.SpikeCount, broken.Report.Spikes.Received);
        Assert.InRange(broken.Report.Time, 600_001, 4_999_999);
        Assert.NotEqual(EndReason.Duration, broken.Report.Reason);

        RunRecording run = DeviceRecording.Of(network.Tables, network.Symbols, "virtual", recorder, broken.Report, [], null,
            asked: 5_000_000);
        Assert.True(run.Spikes.Count > 20);
        Assert.Contains(" of 5 s; what the device recorded after that is not here", run.Incomplete, StringComparison.Ordinal);

        StringWriter csv = new();
        SpikeCsv.Write(run, csv);
        string[] lines = csv.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("# incomplete: " + run.Incomplete, lines[^1]);
        Assert.Equal(run.Spikes.Count, lines.Length - 2);

        using MemoryStream npz = new();
        RecordingNpz.Write(run, npz);
        npz.Position = 0;
        Assert.Equal(run.Incomplete, RecordingNpz.Read(npz).Incomplete);

        StringWriter page = new();
        RecordingReport.Of(run).Write(page);
        Assert.Contains("<div class=\"figure bad\"><b>incomplete</b>", page.ToString(), StringComparison.Ordinal);

        // The file that grew with the run has the same rows.
        disk.Dispose();
        Assert.Equal(lines[..^1].Order(StringComparer.Ordinal), File.ReadAllLines(disk.Path).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_device_that_restarts_during_a_run_breaks_it_off()
    {
        using var device = new BenchDevice(new VirtualDeviceOptions { Profile = "ideal", Ephemeral = true });
        await using DeviceClient client = await DeviceClient.OpenAsync(device.Connect(), null, CancellationToken.None);
        await client.ProgramAsync(SmallNetworks.Noise(10, 50).Image);
        bool done = false;
        var recorder = new RunRecorder();
        recorder.TimeReached = time =>
        {
            if (!done && time > 300_000)
            {
                done = true;
                device.PowerCycle();
            }
        };
        client.Observer = recorder;
        RunBrokenException broken = await Assert.ThrowsAsync<RunBrokenException>(
            () => client.RunAsync(new RunOptions { Duration = 5_000_000 }));
        Assert.Equal(recorder.SpikeCount, broken.Report.Spikes.Received);
        Assert.True(broken.Report.Spikes.Lost >= 0);
    }

    [Fact]
    public void A_complete_recording_says_nothing_of_the_kind()
    {
        RunRecording run = new()
        {
            Network = "n",
            RanOn = "here",
            Duration = 1000,
            Populations = [],
            Spikes = SpikeRecord.Empty,
            Produced = 0,
        };
        StringWriter csv = new();
        SpikeCsv.Write(run, csv);
        Assert.Equal(SpikeCsv.Header + "\n", csv.ToString());
        Assert.Null(run.Incomplete);
    }

    [Fact]
    public void The_growing_file_begins_again_with_the_network_and_goes_when_it_is_empty()
    {
        using (SpikeLog disk = new(Of("a.csv"), new SpikeCsvEncoding([new RecordedPopulation("p", 0, 4)])))
        {
            disk.Append([0, 1], [10, 20]);
            disk.Restart();
            disk.Append([3], [5_000_001]);
        }

        Assert.Equal(SpikeCsv.Header + "\n3,5.000001,p\n", File.ReadAllText(Of("a.csv")));
        new SpikeLog(Of("b.csv"), new SpikeCsvEncoding([])).Dispose();
        Assert.False(File.Exists(Of("b.csv")));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Of(string name) => Path.Combine(_folder, name);
}
