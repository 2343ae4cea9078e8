// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Compiler;
using NeuroMCU.Devices.Client;
using NeuroMCU.Files.Diagnostics;
using NeuroMCU.Protocol.Messages;
using NeuroMCU.Recordings;
using NeuroMCU.Tests.Shared;
using NeuroMCU.VirtualBench.Costs;
using NeuroMCU.VirtualBench.Peripherals;
using NeuroMCU.VirtualDevice;
using NeuroMCU.VirtualDevice.Boards;

namespace NeuroMCU.Laboratory.Tests.VirtualBoards;

/// <summary>The client's calls for neuron channels, through the firmware and its drivers, down to the circuits of the virtual
/// boards.</summary>
public class BoardClientTests
{
    [Fact]
    public async Task Both_neurons_of_the_starter_board_are_told_driven_measured_and_made_safe()
    {
        using BenchDevice device = Start();
        await using DeviceClient client = await OpenAsync(device);
        NeuronBoardInfo board = await client.ReadBoardAsync();
        Assert.Equal(2, board.Channels.Count);
        Assert.All(board.Channels,
            channel => Assert.True(channel is
            {
                HasDrive: true, MaxCode: > 100 and < 256, SenseBits: 12,
                Condition: ChannelCondition.Good
            }));

        // Two thirds of the limit fire (65 uA), a tenth does not.
        int code = board.Channels[0].MaxCode * 3 / 4;
        var options = new MeasureOptions
        {
            Drives = [new ChannelDrive(0, code), new ChannelDrive(1, 20)],
            SettleMilliseconds = 200,
            WindowMilliseconds = 500,
        };
        TimeSpan begun = client.Elapsed;
        IReadOnlyList<ChannelMeasurement> found = await client.MeasureChannelsAsync(options);
        Assert.InRange((client.Elapsed - begun).TotalSeconds, 0.7, 1.2);
        Assert.InRange(found[0].Rate, 50, 250);
        Assert.Equal(0, found[1].Spikes);
        Assert.All(found, channel => Assert.Equal((ChannelCondition.Good, 0), (channel.Condition, channel.Missed)));

        DeviceException refusal = await Assert.ThrowsAsync<DeviceException>(() => client.DriveChannelAsync(0,
            board.Channels[0].MaxCode + 1));
        Assert.Equal(ErrorCode.DriveLimit, refusal.DeviceCode);
        await client.DriveChannelAsync(0, code);
        await client.MakeBoardSafeAsync();
        Assert.InRange((await client.SenseChannelAsync(0, 50)).Mean, 0, 40);
    }

    [Fact]
    public async Task A_measurement_that_is_broken_off_leaves_the_board_safe()
    {
        using BenchDevice device = Start();
        await using DeviceClient client = await OpenAsync(device);
        using var source = new CancellationTokenSource();
        var options = new MeasureOptions { Drives = [new ChannelDrive(0, 150)], WindowMilliseconds = 60_000 };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => client.MeasureChannelsAsync(options, new Canceller(source), source.Token));
        await client.DriveChannelAsync(0, 0);
        Assert.Equal("idle", (await client.ReadStateAsync()).StateText);
    }

    [Fact]
    public async Task A_latched_thyristor_shows_in_the_measurement()
    {
        using BenchDevice device = Start("latched:n1@0.5");
        await using DeviceClient client = await OpenAsync(device);
        NeuronBoardInfo board = await client.ReadBoardAsync();
        var options = new MeasureOptions
        {
            Drives = [.. board.Channels.Select((channel, k) => new ChannelDrive(k, channel.MaxCode * 9 / 10))],
            SettleMilliseconds = 1000,
            WindowMilliseconds = 500,
        };
        IReadOnlyList<ChannelMeasurement> found = await client.MeasureChannelsAsync(options);
        Assert.Equal((0, ChannelCondition.Latched), (found[0].Spikes, found[0].Condition));
        Assert.Equal(ChannelCondition.Good, found[1].Condition);
        Assert.True(found[1].Spikes > 50);
    }

    [Theory]
    [InlineData("thyristor-starter", null, 1)]
    [InlineData("thyristor-starter", null, 2)]
    [InlineData("thyristor-starter", null, 3)]
    [InlineData("thyristor-starter", null, 5)]
    [InlineData("thyristor-8", null, 1)]
    [InlineData("thyristor-8", "esp32-rev3", 3)]
    [InlineData("thyristor-starter", "esp32-rev3", 5)]
    public async Task Neurons_that_excite_each_other_are_answered_within_two_steps(string board, string? costs, int step)
    {
        // With a heap that never fills: what collections add is the next test's.
        await AnswersAsync(board, costs, step, unlimited: true, _ => 0);
    }

    /// <summary>What waits when a collection stops the device is answered later by that pause, and nothing is lost.</summary>
    [Theory]
    [InlineData("thyristor-starter", null, 1)]
    [InlineData("thyristor-starter", null, 2)]
    [InlineData("thyristor-starter", null, 3)]
    [InlineData("thyristor-starter", null, 5)]
    [InlineData("thyristor-8", null, 1)]
    [InlineData("thyristor-8", "esp32-rev3", 3)]
    [InlineData("thyristor-starter", "esp32-rev3", 5)]
    public async Task A_collection_delays_the_answer_by_no_more_than_its_pause(string board, string? costs, int step)
    {
        await AnswersAsync(board, costs, step, unlimited: false, heap => heap.LongestNanoseconds / 1000);
    }

    private static async Task AnswersAsync(string board, string? costs, int step, bool unlimited, Func<ManagedHeap, long> pause)
    {
        using BenchDevice device = new(new VirtualDeviceOptions
        {
            Ephemeral = true,
            Unlimited = unlimited,
            Profile = costs,
            Board = new VirtualBoardOptions { Board = board },
        });
        Assert.Equal(costs ?? "esp32-psram-rev3", device.Costs.Name);
        var fired = new List<(int Channel, double Time)>();
        device.Neurons!.Fired = (channel, seconds) => fired.Add((channel, 1e6 * seconds));
        await using DeviceClient client = await OpenAsync(device);
        var record = new RunRecorder();
        client.Observer = record;
        await client.ProgramAsync(NetworkCompiler.Compile(NetworkTexts.Parse(Pair(board, step)), null).Image);
        double begin = device.Time.TotalMicroseconds;
        RunReport report = await client.RunAsync(new RunOptions { Duration = 2_000_000 });
        Assert.Equal((EndReason.Duration, 0L), (report.Reason, report.Spikes.Lost));
        Dictionary<string, long> counters = (await client.ReadCountersAsync()).ToDictionary(counter => counter.Key,
            counter => counter.Value);
        string told = string.Join(", ", counters.Where(counter => counter.Value != 0).Select(counter => $"{counter.Key} {counter.Value}"));
        Assert.True(counters["mean_latency_us"] > 0 && counters["longest_latency_us"] >= counters["mean_latency_us"], told);
        Assert.Equal(unlimited, device.Bench.Heap.Collections == 0);

        // Spikes fall into step with the loop; in one phase of a hundred the longest is up to a fiftieth of a step above two.
        long longest = (2020 * step) + pause(device.Bench.Heap);
        Assert.True(counters["longest_latency_us"] <= longest, told);
        Assert.Equal(counters["spikes"], record.SpikeCount);
        Assert.True(counters["channel_spikes"] > 400 && counters["channel_missed"] == 0 && counters["channel_late"] == 0, told);
        // A spike is seen at the look after it at the latest; which of the looks is the longest depends on how the pair falls into step.
        Assert.InRange(counters["spike_resolution_us"], 1, counters["longest_look_us"]);
        Assert.Empty(record.Channels);
        if (board == "thyristor-starter")
        {
            // At the pins themselves: from a neuron that fires to the next rise of the drive that it excites.
            Assert.InRange(LongestAtPins(device, fired.Where(spike => spike.Time > begin + 100_000)), 100, longest);
        }
    }

    private static string Pair(string board, int step) =>
        """
        neuromcu: 1
        name: pair
        duration: 2 s
        step: STEP ms
        board: BOARD
        populations:
          first: {model: thyristor, size: 1, preset: w25, channels: [n1], bias: 52 uA, receptors: {ampa: {tau: 20 ms}}}
          second: {model: thyristor, size: 1, preset: w25, channels: [n2], bias: 52 uA, receptors: {ampa: {tau: 20 ms}}}
        projections:
          - {from: first, to: second, connect: one-to-one, receptor: ampa, weight: 80 nC, delay: 0 ms}
          - {from: second, to: first, connect: one-to-one, receptor: ampa, weight: 80 nC, delay: 0 ms}
        record:
          spikes: all
        """.Replace("STEP", step.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
        .Replace("BOARD", board, StringComparison.Ordinal);

    private static double LongestAtPins(BenchDevice device, IEnumerable<(int Channel, double Time)> spikes)
    {
        double[][] rises = [.. new[] { 25, 26 }.Select(pin =>
        {
            IReadOnlyList<PinChange> log = device.Bench.Pins.Log(pin);
            return log.Zip(log.Skip(1)).Where(pair => pair.Second.Value > pair.First.Value).Select(pair => (double)pair.Second.Time)
                .ToArray();
        })];
        return spikes
            .Select(spike => (spike.Time, Answer: rises[1 - spike.Channel].FirstOrDefault(time => time > spike.Time)))
            .Where(pair => pair.Answer > 0)
            .Max(pair => pair.Answer - pair.Time);
    }

    private static BenchDevice Start(params string[] faults) =>
        new(new VirtualDeviceOptions
        {
            Ephemeral = true,
            Board = new VirtualBoardOptions
            {
                Board = "thyristor-starter",
                Faults = faults
            }
        });

    private static Task<DeviceClient> OpenAsync(BenchDevice device)
        => DeviceClient.OpenAsync(device.Connect(), null, CancellationToken.None);

    private sealed class Canceller(CancellationTokenSource source) : IProgress<double>
    {
        public void Report(double value)
        {
            if (value > 0.01)
            {
                source.Cancel();
            }
        }
    }
}
