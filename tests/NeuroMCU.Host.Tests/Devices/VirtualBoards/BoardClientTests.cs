// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using NeuroMCU.Host.Compile;
using NeuroMCU.Host.Devices;
using NeuroMCU.Host.Devices.Client;
using NeuroMCU.Host.Devices.Virtual;
using NeuroMCU.Host.Devices.Virtual.Boards;
using NeuroMCU.Host.Tests.Networks;
using NeuroMCU.Protocol.Messages;

namespace NeuroMCU.Host.Tests.Devices.VirtualBoards
{
    /// <summary>The client's calls for neuron channels, through the firmware and its drivers, down to the circuits of the virtual boards.</summary>
    public class BoardClientTests
    {
        [Fact]
        public async Task Both_neurons_of_the_starter_board_are_told_driven_measured_and_made_safe()
        {
            using VirtualDevice device = Start();
            await using DeviceClient client = await OpenAsync(device);
            NeuronBoardInfo board = await client.ReadBoardAsync();
            Assert.Equal(2, board.Channels.Count);
            Assert.All(board.Channels, channel => Assert.True(channel is { HasDrive: true, MaxCode: > 100 and < 256, SenseBits: 12, Condition: ChannelCondition.Good }));

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

            DeviceException refusal = await Assert.ThrowsAsync<DeviceException>(() => client.DriveChannelAsync(0, board.Channels[0].MaxCode + 1));
            Assert.Equal(ErrorCode.DriveLimit, refusal.DeviceCode);
            await client.DriveChannelAsync(0, code);
            await client.MakeBoardSafeAsync();
            Assert.InRange((await client.SenseChannelAsync(0, 50)).Mean, 0, 40);
        }

        [Fact]
        public async Task A_measurement_that_is_broken_off_leaves_the_board_safe()
        {
            using VirtualDevice device = Start();
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
            using VirtualDevice device = Start("latched:n1@0.5");
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

        [Fact]
        public async Task A_hybrid_network_runs_on_the_starter_board_and_its_latency_is_measured()
        {
            using VirtualDevice device = Start();
            await using DeviceClient client = await OpenAsync(device);
            var record = new RunRecorder();
            client.Observer = record;
            await client.ProgramAsync(Compiler.Compile(Files.Parse(Hybrid), null).Image);
            RunReport report = await client.RunAsync(new RunOptions { Duration = 2_000_000 });
            Assert.Equal(EndReason.Duration, report.Reason);
            Dictionary<string, long> counters = (await client.ReadCountersAsync()).ToDictionary(counter => counter.Key, counter => counter.Value);
            string told = string.Join(", ", counters.Where(counter => counter.Value != 0).Select(counter => $"{counter.Key} {counter.Value}"));
            Assert.True(counters["mean_latency_us"] > 0 && counters["longest_latency_us"] >= counters["mean_latency_us"], told);
            Assert.True(counters["longest_latency_us"] <= 2 * 4000, told);
            Assert.Equal(counters["spikes"], record.SpikeCount);
            Assert.True(counters["channel_spikes"] > 200 && counters["channel_missed"] == 0 && counters["channel_late"] == 0, told);
            Assert.Empty(record.Channels);
        }

        private const string Hybrid =
            """
            neuromcu: 1
            name: pair
            duration: 2 s
            step: 4 ms
            board: thyristor-starter
            populations:
              first: {model: thyristor, size: 1, preset: w25, channels: [n1], bias: 60 uA}
              second: {model: thyristor, size: 1, preset: w25, channels: [n2], bias: 60 uA, receptors: {ampa: {tau: 20 ms}}}
            projections:
              - {from: first, to: second, connect: one-to-one, receptor: ampa, weight: 20 nC, delay: 0 ms}
            record:
              spikes: all
            """;

        private static VirtualDevice Start(params string[] faults) =>
            new(new VirtualDeviceOptions { Ephemeral = true, Board = new VirtualBoardOptions { Board = "thyristor-starter", Faults = faults } });

        private static Task<DeviceClient> OpenAsync(VirtualDevice device) => DeviceClient.OpenAsync(device.Connect(), null, CancellationToken.None);

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
}
