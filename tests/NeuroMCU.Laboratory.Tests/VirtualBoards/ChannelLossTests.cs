// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Compiler;
using NeuroMCU.Devices.Client;
using NeuroMCU.Devices.Recording;
using NeuroMCU.Protocol.Messages;
using NeuroMCU.Recordings;
using NeuroMCU.Tests.Shared;
using NeuroMCU.VirtualDevice;
using NeuroMCU.VirtualDevice.Boards;

namespace NeuroMCU.Laboratory.Tests.VirtualBoards;

/// <summary>What neurons of a board fire is what a run records, however much too much the network is for the device.</summary>
public sealed class ChannelLossTests
{
    private const string Side = """
          s: {model: input, size: 20}
          r: {model: lif, size: 50, tau: 10 ms, threshold: 1.0}
        projections:
          - {from: s, to: r, connect: all-to-all, weight: 0.05, delay: {uniform: [1 ms, 100 ms]}}
        inputs:
          - {to: s, poisson: {rate: 100 Hz}}
        """;

    [Theory]
    [InlineData("thyristor-8-33n", "w25-33n", null, "", "", "50 uA, 54 uA, 70 uA, 93 uA")]
    [InlineData("thyristor-8-33n", "w25-33n", null, "step: 0.1 ms", "", "50 uA, 54 uA, 70 uA, 93 uA")]
    [InlineData("thyristor-8-33n", "w25-33n", "esp32-rev3", "step: 0.1 ms", "", "50 uA, 54 uA, 70 uA, 93 uA")]
    [InlineData("thyristor-8-33n", "w25-33n", "esp32-rev3", "", "", "50 uA, 54 uA, 60 uA, 64 uA, 70 uA, 75 uA, 82 uA, 93 uA")]
    [InlineData("thyristor-8", "w25", null, "", "", "50 uA, 54 uA, 60 uA, 64 uA, 70 uA, 75 uA, 82 uA, 90 uA")]
    [InlineData("thyristor-8", "w25", "esp32-rev3", "step: 0.1 ms", "", "50 uA, 54 uA, 60 uA, 64 uA, 70 uA, 75 uA, 82 uA, 90 uA")]
    [InlineData("thyristor-8-33n", "w25-33n", null, "step: 0.1 ms", Side, "70 uA, 93 uA")]
    public async Task Every_spike_at_the_pins_is_recorded(string board, string set, string? costs, string step, string side,
        string currents)
    {
        // Without a limit of memory: what is measured is time.
        using BenchDevice device = new(new VirtualDeviceOptions
        {
            Ephemeral = true,
            Unlimited = true,
            Profile = costs,
            Board = new VirtualBoardOptions { Board = board }
        });
        int count = currents.Split(',').Length;
        string text = $$"""
            neuromcu: 1
            board: {{board}}
            {{step}}
            duration: 1 s
            populations:
              a: {model: thyristor, size: {{count}}, preset: {{set}}, channels: [{{string.Join(", ", Enumerable.Range(1, count).Select(n => $"n{n}"))}}], bias: [{{currents}}]}

            """ + side;
        CompiledNetwork compiled = NetworkCompiler.Compile(NetworkTexts.Parse(text),
            new CompilerOptions { CostProfile = costs, Unlimited = true });
        var fired = new List<(int Channel, double Time)>();
        device.Neurons!.Fired = (channel, seconds) => fired.Add((channel, 1e6 * seconds));
        await using DeviceClient client = await DeviceClient.OpenAsync(device.Connect(), null, CancellationToken.None);
        var recorder = new RunRecorder();
        client.Observer = recorder;
        await client.ProgramAsync(compiled.Image);
        long begin = 0;
        await client.StartAsync(new RunOptions { Duration = 1_000_000 });
        begin = (long)device.Time.TotalMicroseconds;
        RunReport end = await client.WaitForEndAsync();
        Assert.Equal(EndReason.Duration, end.Reason);
        RunRecording run = DeviceRecording.Of(compiled.Tables, compiled.Symbols, "bench", recorder, end,
            await client.ReadCountersAsync(), null);
        Assert.Equal((0L, true), (run.Lost, run.Losses.IsComplete));
        Assert.Empty(recorder.Channels);
        for (int k = 0; k < count; k++)
        {
            // The ends of the run are known to some ms on this side: one interval more or less.
            int truth = fired.Count(spike => spike.Channel == k && spike.Time >= begin && spike.Time < begin + 1_000_000);
            Assert.InRange(run.Spikes.Neurons.Count(n => n == k), truth - 8, truth + 2);
            Assert.True(truth > 50);
        }
    }
}
