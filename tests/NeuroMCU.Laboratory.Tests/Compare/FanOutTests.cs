// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Compiler;
using NeuroMCU.Devices.Client;
using NeuroMCU.Devices.Recording;
using NeuroMCU.Laboratory.Comparison;
using NeuroMCU.Recordings;
using NeuroMCU.Tests.Shared;
using NeuroMCU.VirtualDevice;

namespace NeuroMCU.Laboratory.Tests.Compare;

/// <summary>One arrival that makes many neurons fire loses none of their spikes, however small the record is.</summary>
public sealed class FanOutTests
{
    [Theory]
    [InlineData("", 300, false)]
    [InlineData("", 300, true)]
    [InlineData("capacity: {spikes: 4}", 300, false)]
    [InlineData("capacity: {spikes: 4}", 300, true)]
    [InlineData("capacity: {spikes: 1}", 60, false)]
    public async Task A_volley_arrives_complete(string capacity, int targets, bool realTime)
    {
        CompiledNetwork compiled = NetworkCompiler.Compile(NetworkTexts.Parse($$"""
            neuromcu: 1
            duration: 20 ms
            {{capacity}}
            populations:
              s: {model: input, size: 1}
              r: {model: lif, size: {{targets}}, tau: 10 ms, threshold: 1.0}
            projections:
              - {from: s, to: r, connect: all-to-all, weight: 1.2, delay: 2 ms}
            inputs:
              - {to: s, spikes: [[0, 5 ms], [0, 6 ms], [0, 7 ms], [0, 7.001 ms]]}
            """));
        int expected = 4 * (targets + 1);
        RunRecording engine = EngineRun.Run(compiled, 20_000);
        Assert.Equal((expected, true), (engine.Spikes.Count, engine.Losses.IsComplete));
        using BenchDevice device = new(new VirtualDeviceOptions { Ephemeral = true, Profile = "esp32-rev3" });
        await using DeviceClient client = await DeviceClient.OpenAsync(device.Connect(), null, CancellationToken.None);
        var recorder = new RunRecorder();
        client.Observer = recorder;
        await client.ProgramAsync(compiled.Image);
        RunReport end = await client.RunAsync(new RunOptions { Duration = 20_000, RealTime = realTime });
        RunRecording run = DeviceRecording.Of(compiled.Tables, compiled.Symbols, "bench", recorder, end,
            await client.ReadCountersAsync(), null);
        Assert.Equal((expected, 0L, true), (run.Spikes.Count, run.Lost, run.Losses.IsComplete));
        Assert.True(engine.Spikes.Times.SequenceEqual(run.Spikes.Times));
    }
}
