// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Text;
using NeuroMCU.Cli.Errors;
using NeuroMCU.Protocol.Messages;
using NeuroMCU.Recordings;
using NeuroMCU.VirtualDevice;

namespace NeuroMCU.Cli.Tests;

/// <summary>Verbs on a device in another place: over TCP with its key, and over a pseudo-terminal.</summary>
public sealed class ServedDeviceTests
{
    [Fact]
    public async Task Weights_change_while_the_network_runs()
    {
        using TemporaryFolder folder = new TemporaryFolder();
        string key = folder.File("key");
        await using VirtualServer server = Serve(folder, key);
        Assert.SkipWhen(server.TerminalPath is null, "no pseudo-terminals on this system");
        string[] run = ["--device", server.TcpAddress!, "--key-file", key];
        string[] cable = ["--device", "serial:" + server.TerminalPath];

        // Neuron 0 is kicked a hundred times a second; neuron 1 follows as long as the link holds.
        string text = Chain.Text.Replace("spikes: [[0, 10 ms], [0, 50 ms]]", "poisson: {rate: 100 Hz}", StringComparison.Ordinal);
        using CancellationTokenSource end = new CancellationTokenSource();
        Task<CliRun> running = CliRun.With(
            new VirtualDeviceOptions(), end.Token, ["run", folder.File("chain.yaml", text), "--for", "600 s", "--json", "--quiet", "--out",
                folder.File("out"), .. run]);
        await UntilRunning(server, running, 500_000);
        Assert.True(!running.IsCompleted, running.IsCompleted ? (await running).Error + (await running).Out : string.Empty);
        CliRun change = await CliRun.Of(["weights", "set", "links", "all", "all", "0 mV", .. cable]);
        Assert.True(change.Code == ExitCode.Ok, change.Error);
        await UntilRunning(server, running, TimeOf(server) + 500_000);
        Assert.False(running.IsCompleted);

        // Ctrl-C ends the run and brings what it recorded home.
        await end.CancelAsync();
        CliRun result = await running;
        Assert.True(result.Code == ExitCode.Cancelled, result.Error + result.Out);
        Assert.Equal(0, result.Json.GetProperty("lost_spikes").GetInt32());
        using FileStream npz = File.OpenRead(folder.File("out/spikes.npz"));
        RunRecording record = RecordingNpz.Read(npz);
        long[] followers = record.Spikes.Times.Where((_, i) => record.Spikes.Neurons[i] == 2).ToArray();
        Assert.NotEmpty(followers);
        Assert.True(followers[^1] < record.Spikes.Times[^1] - 200_000, "neuron 1 of the chain fires to the end, though its link was cut");
    }

    [Theory]
    [InlineData(MessageType.Readout, 0)]
    [InlineData(MessageType.Log, 0)]
    [InlineData(MessageType.Spikes, 1)]
    public async Task A_frame_that_the_line_loses_is_told_everywhere_whatever_it_held(int type, int spikes)
    {
        const string Text = """
            neuromcu: 1
            name: pointer
            duration: 60 ms
            populations:
              places: {model: input, size: 3}
            inputs:
              - {to: places, spikes: [[2, 10 ms], [2, 20 ms], [2, 30 ms]]}
            readouts:
              direction: {population: places, values: [-60 deg, 0 deg, 60 deg], half_width: 0, window: 50 ms, min_spikes: 2}
            """;
        using TemporaryFolder folder = new TemporaryFolder();
        string key = folder.File("key");
        await using VirtualServer server = Serve(folder, key);
        string file = folder.File("pointer.yaml", Text);
        using (LossyProxy line = new LossyProxy(server.TcpAddress!, type))
        {
            CliRun run = await CliRun.Of("run", file, "--device", line.Address, "--key-file", key, "--json", "--report",
                folder.File("r.html"));
            Assert.Equal(1, line.Dropped);
            Assert.True(run.Code == ExitCode.Incomplete, run.Error + run.Out);
            Assert.Equal(1, run.Json.GetProperty("losses").GetProperty("wire_frames").GetInt32());
            Assert.InRange(run.Json.GetProperty("lost_spikes").GetInt32(), spikes, 3 * spikes);
            Assert.Contains("1 wire frame did not arrive", run.Json.GetProperty("incomplete").GetString(), StringComparison.Ordinal);
            Assert.Matches("figure bad\"><b>[12] things?</b><span>went wrong", File.ReadAllText(folder.File("r.html")));
        }

        using (LossyProxy line = new LossyProxy(server.TcpAddress!, type))
        {
            CliRun run = await CliRun.Of("run", file, "--device", line.Address, "--key-file", key);
            Assert.Equal(ExitCode.Incomplete, run.Code);
            Assert.Contains("1 wire frame did not arrive", run.Out, StringComparison.Ordinal);
            Assert.Contains("  next: check the cable", run.Error, StringComparison.Ordinal);
        }
    }

    // Asked of the device itself: a second host that greets it first would take control of it.
    private static async Task UntilRunning(VirtualServer server, Task run, long time)
    {
        while (!run.IsCompleted && TimeOf(server) < time)
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    private static long TimeOf(VirtualServer server)
    {
        long time = 0;
        server.OnDevice(device => time = device.Firmware.State == DeviceState.Running ? device.Firmware.Engine.Time : 0);
        return time;
    }

    [Fact]
    public async Task A_wrong_key_is_refused_with_its_own_code()
    {
        using TemporaryFolder folder = new TemporaryFolder();
        await using VirtualServer server = Serve(folder, folder.File("key"));
        string wrong = folder.File("wrong", new string('a', 64));
        CliRun run = await CliRun.Of("info", "--device", server.TcpAddress!, "--key-file", wrong);
        Assert.Equal(ExitCode.Authentication, run.Code);
        Assert.Contains(" next: ", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("serial:/dev/neuromcu-none", ExitCode.CannotConnect)]
    [InlineData("tcp://127.0.0.1:1", ExitCode.CannotConnect)]
    [InlineData("id:0000-none", ExitCode.CannotConnect)]
    [InlineData("usb:3", ExitCode.Usage)]
    [InlineData("virtual:esp33", ExitCode.Usage)]
    internal async Task What_is_not_there_is_said_to_be_missing(string address, ExitCode code)
    {
        CliRun run = await CliRun.Of("info", "--device", address);
        Assert.Equal(code, run.Code);
        Assert.StartsWith("error: ", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_that_is_in_use_is_called_busy()
    {
        using TemporaryFolder folder = new TemporaryFolder();
        await using VirtualServer server = Serve(folder, folder.File("key"));
        Assert.SkipWhen(server.TerminalPath is null, "no pseudo-terminals on this system");
        string[] to = ["--device", "serial:" + server.TerminalPath, "--json"];
        Task<CliRun> first = CliRun.Of(["run", folder.File("chain.yaml", Chain.Text), "--for", "2 s", "--quiet", .. to]);
        await UntilRunning(server, first, 1);
        CliRun second = await CliRun.Of(["info", .. to]);
        Assert.Equal(ExitCode.PortBusy, second.Code);
        CliRun run = await first;
        Assert.True(run.Code == ExitCode.Ok, run.Error + run.Out);
    }

    [Fact]
    public async Task Virtual_says_where_it_is_and_ends_when_told()
    {
        using TemporaryFolder folder = new TemporaryFolder();
        using CancellationTokenSource end = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        CliRun run = await CliRun.With(
            new VirtualDeviceOptions(), end.Token, "virtual", "--port", "0", "--name", "test-" + Guid.NewGuid().ToString("N"),
            "--ephemeral", "--key-file", folder.File("key"), "--json");
        Assert.Equal(ExitCode.Ok, run.Code);
        Assert.StartsWith("tcp://127.0.0.1:", run.Json.GetProperty("tcp").GetString(), StringComparison.Ordinal);
        Assert.Equal(64, File.ReadAllText(folder.File("key")).Trim().Length);
    }

    [Theory]
    [InlineData("mono", 1, 16, 1000)]
    [InlineData("empty", 2, 16, 0)]
    [InlineData("codec", 2, 12, 1000)]
    [InlineData("text", 0, 0, 0)]
    public async Task A_recording_that_cannot_be_used_is_refused_before_anything_starts(string name, int channels, int bits, int frames)
    {
        using TemporaryFolder folder = new TemporaryFolder();
        string path = folder.File(name + ".wav");
        File.WriteAllBytes(path, channels == 0 ? Encoding.ASCII.GetBytes("not a recording") : Wav(channels, bits, frames));
        CliRun run = await CliRun.Of("virtual", "--wav", path, "--port", "0", "--key-file", folder.File("key"));
        Golden.Check("wav-" + name, run, folder);
        Assert.Equal(ExitCode.InputRecording, run.Code);
    }

    private static VirtualServer Serve(TemporaryFolder folder, string key) => new VirtualServer(new VirtualServerOptions
    {
        Device = new VirtualDeviceOptions { Name = Path.GetFileName(folder.Path), Profile = "ideal", Ephemeral = true },
        TcpPort = 0,
        KeyFile = key,
    });

    private static byte[] Wav(int channels, int bits, int frames)
    {
        int align = channels * bits / 8;
        byte[] header = new byte[44];
        Encoding.ASCII.GetBytes("RIFF").CopyTo(header, 0);
        BitConverter.TryWriteBytes(header.AsSpan(4), 36 + (frames * align));
        Encoding.ASCII.GetBytes("WAVEfmt ").CopyTo(header, 8);
        BitConverter.TryWriteBytes(header.AsSpan(16), 16);
        BitConverter.TryWriteBytes(header.AsSpan(20), (short)1);
        BitConverter.TryWriteBytes(header.AsSpan(22), (short)channels);
        BitConverter.TryWriteBytes(header.AsSpan(24), 44100);
        BitConverter.TryWriteBytes(header.AsSpan(28), 44100 * align);
        BitConverter.TryWriteBytes(header.AsSpan(32), (short)align);
        BitConverter.TryWriteBytes(header.AsSpan(34), (short)bits);
        Encoding.ASCII.GetBytes("data").CopyTo(header, 36);
        BitConverter.TryWriteBytes(header.AsSpan(40), frames * align);
        return header.Concat(new byte[frames * align]).ToArray();
    }
}
