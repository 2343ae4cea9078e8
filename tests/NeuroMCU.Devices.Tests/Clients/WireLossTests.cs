// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Compiler;
using NeuroMCU.Devices.Client;
using NeuroMCU.Devices.Recording;
using NeuroMCU.Networks.Reading;
using NeuroMCU.Protocol.Messages;
using NeuroMCU.Recordings;
using NeuroMCU.Recordings.Report;
using NeuroMCU.Tests.Shared;
using NeuroMCU.VirtualDevice;
using NeuroMCU.VirtualDevice.Boards;

namespace NeuroMCU.Devices.Tests.Clients;

/// <summary>
/// One frame of the device that does not arrive is in the account of the run, whatever it held and wherever in the run it was.
/// </summary>
public sealed class WireLossTests
{
    private static readonly VirtualDeviceOptions s_options = new() { Ephemeral = true };

    // Sends every kind of message that a network without a board sends.
    private static readonly CompiledNetwork s_talkative = NetworkCompiler.Compile(NetworkFile.Parse(
        """
        neuromcu: 1
        name: talkative
        populations:
          places: {model: input, size: 3}
          cell: {model: lif, size: 1, tau: 20 ms, rest: 0 mV, threshold: 10 mV, reset: 0 mV}
        projections:
          - {from: places, to: cell, connect: all-to-all, weight: 3 mV, delay: 1 ms}
        inputs:
          - {to: places, spikes: [[2, 10 ms], [2, 20 ms], [2, 30 ms]]}
        readouts:
          direction: {population: places, values: [-60 deg, 0 deg, 60 deg], half_width: 0, window: 50 ms, min_spikes: 2}
        record:
          spikes: all
          traces:
            - {population: cell, neurons: [0], every: 1 ms}
        """,
        "test.yaml"));

    [Theory]
    [InlineData(-1, "")]
    [InlineData(MessageType.Spikes, "wire wire_frames")]
    [InlineData(MessageType.Traces, "trace_samples wire_frames")]
    [InlineData(MessageType.Readout, "wire_frames")]
    [InlineData(MessageType.Log, "wire_frames")]
    [InlineData(MessageType.RunEnded, "wire_frames")]
    public async Task A_lost_message_of_each_kind_is_told(int type, string causes)
    {
        using var device = new BenchDevice(s_options);
        var link = new FaultyLink(device.Connect());
        await using DeviceClient client = await DeviceClient.OpenAsync(link, null, CancellationToken.None);
        await client.ProgramAsync(s_talkative.Image);
        (RunRecording run, RunReport report) = await RunAsync(client, link, type);

        Assert.Equal(type < 0 ? 0 : 1, link.Faults);
        Assert.Equal(link.Faults, report.LostFrames);
        Assert.Equal(causes, string.Join(' ', run.Losses.Causes.Select(c => c.Name)));
        Assert.Equal(link.Faults, run.Losses.ByName["wire_frames"]);
        Assert.Equal(type < 0, run.Incomplete is null);
        Assert.Equal(type >= 0, run.LossLine.Contains("1 wire frame did not arrive", StringComparison.Ordinal));
        StringWriter page = new();
        RecordingReport.Of(run).Write(page);
        Assert.Equal(type >= 0, page.ToString().Contains("figure bad", StringComparison.Ordinal));

        // What one run lost is not told of the next one.
        (RunRecording next, _) = await RunAsync(client, link, -1);
        Assert.True(next.Losses.IsComplete, next.LossLine);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task The_first_message_of_a_connection_is_missed_even_where_greetings_were_repeated(int repeats)
    {
        using var device = new BenchDevice(s_options);
        await using (DeviceClient former = await DeviceClient.OpenAsync(device.Connect(), null, CancellationToken.None))
        {
            // Its events move the numbers on; they are none of the next host's.
            await former.ProgramAsync(s_talkative.Image);
            await former.RunAsync(new RunOptions { Duration = 60_000 });
        }

        var link = new FaultyLink(device.Connect()) { SwallowedType = MessageType.Hello | MessageType.Answer, Swallows = repeats };
        await using DeviceClient client = await DeviceClient.OpenAsync(link, null, CancellationToken.None);
        Assert.Equal(repeats, client.RepeatedRequests);
        (RunRecording run, RunReport report) = await RunAsync(client, link, MessageType.Spikes);
        Assert.Equal(1, report.LostFrames);
        Assert.Equal(["wire", "wire_frames"], run.Losses.Causes.Select(c => c.Name));
    }

    [Fact]
    public async Task A_lost_alarm_of_a_channel_is_told()
    {
        var board = new VirtualBoardOptions { Board = "thyristor-starter", Faults = ["latched:n1@0.2"] };
        using var device = new BenchDevice(s_options with { Board = board });
        var link = new FaultyLink(device.Connect());
        await using DeviceClient client = await DeviceClient.OpenAsync(link, null, CancellationToken.None);
        CompiledNetwork network = NetworkCompiler.Compile(NetworkFile.Parse(
            """
            neuromcu: 1
            name: one
            board: thyristor-starter
            populations:
              cell: {model: thyristor, size: 1, preset: w25, channels: [n1], bias: 60 uA}
            """,
            "test.yaml"));
        await client.ProgramAsync(network.Image);
        link.SwallowedType = MessageType.Channel;
        link.Swallows = 1;
        RunReport report = await client.RunAsync(new RunOptions { Duration = 2_000_000 });
        Assert.Equal(1, link.Faults);
        Assert.Equal(1, report.LostFrames);
    }

    [Fact]
    public async Task Text_between_frames_costs_none()
    {
        using var device = new BenchDevice(s_options);
        var link = new FaultyLink(device.Connect()) { TextBefore = [.. "$GPGGA,a driver prints\r\n"u8] };
        await using DeviceClient client = await DeviceClient.OpenAsync(link, null, CancellationToken.None);
        await client.ProgramAsync(SmallNetworks.Noise(50, 100).Image);
        RunReport report = await client.RunAsync(new RunOptions { Duration = 500_000 });
        Assert.True(report.Spikes.Received > 100);
        Assert.Equal((0, 0L, 0), (report.LostFrames, report.Spikes.LostOnWire, client.RepeatedRequests));
    }

    [Theory]
    [InlineData(0.02, 1)]
    [InlineData(0.2, 2)]
    public async Task However_many_are_lost_each_is_counted_once(double loss, int seed)
    {
        using var device = new BenchDevice(s_options);
        var link = new FaultyLink(device.Connect(), seed);
        await using DeviceClient client = await DeviceClient.OpenAsync(link, null, CancellationToken.None);
        await client.ProgramAsync(SmallNetworks.Noise(50, 100).Image);
        await client.StartAsync(new RunOptions { Duration = 2_000_000 });
        link.LossToHost = loss;
        await client.FollowAsync(TimeSpan.FromSeconds(1));
        long lost = link.Faults;
        link.LossToHost = 0;
        RunReport report = await client.WaitForEndAsync();
        Assert.True(lost > 0);

        // Answers to the questions in between are lost too, and asked for again.
        Assert.InRange(report.LostFrames, lost - client.RepeatedRequests, lost);
    }

    private static async Task<(RunRecording Run, RunReport Report)> RunAsync(DeviceClient client, FaultyLink link, int type)
    {
        await client.ResetAsync();
        var before = await client.ReadCountersAsync();
        var recorder = new RunRecorder();
        client.Observer = recorder;
        link.SwallowedType = type;
        link.Swallows = 1;
        RunReport report = await client.RunAsync(new RunOptions { Duration = 60_000 });
        client.Observer = null;
        var after = await client.ReadCountersAsync();
        RunRecording run = DeviceRecording.Of(
            s_talkative.Tables, s_talkative.Symbols, "virtual", recorder, report, after, null, before, 60_000);
        return (run, report);
    }
}
