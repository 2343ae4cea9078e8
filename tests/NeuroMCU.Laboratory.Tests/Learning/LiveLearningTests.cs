// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Compiler;
using NeuroMCU.Core.Image;
using NeuroMCU.Devices.Client;
using NeuroMCU.Models;
using NeuroMCU.Networks.Reading;
using NeuroMCU.Protocol.Messages;
using NeuroMCU.Recordings;
using NeuroMCU.Tests.Shared;
using NeuroMCU.VirtualDevice;

namespace NeuroMCU.Laboratory.Tests.Learning;

/// <summary>Learning in a device, by its wire: frozen, released, read back and kept.</summary>
public sealed class LiveLearningTests
{
    [Fact]
    public async Task Weights_freeze_learn_again_and_are_kept_with_the_network()
    {
        string text = File.ReadAllText(Path.Combine(NetworkTexts.Examples(), "learning", "stdp.yaml"));
        CompiledNetwork compiled = NetworkCompiler.Compile(NetworkFile.Parse(text, Path.Combine(NetworkTexts.Examples(), "learning", "test.yaml")));
        using BenchDevice device = new(new VirtualDeviceOptions { Ephemeral = true });
        await using DeviceClient client = await DeviceClient.OpenAsync(device.Connect(), null, CancellationToken.None);
        await client.ProgramAsync(compiled.Image);
        short[] start = await client.ReadWeightsAsync(1, 2);

        Assert.Equal((2, false), await client.LearningAsync(LearningOrder.Ask));
        Assert.Equal((2, true), await client.LearningAsync(LearningOrder.Freeze));
        await client.RunAsync(new RunOptions { Duration = 1_000_000, RealTime = false });
        Assert.Equal(start, await client.ReadWeightsAsync(1, 2));

        Assert.Equal((2, false), await client.LearningAsync(LearningOrder.Release));
        await client.RunAsync(new RunOptions { Duration = 1_000_000, RealTime = false });
        short[] learned = await client.ReadWeightsAsync(1, 2);
        Assert.True(learned[0] > start[0] && learned[1] < start[1]);
        Assert.True((await client.ReadCountersAsync()).Single(c => c.Key == "learning_updates").Value > 40);

        await client.PersistAsync();
        byte[] kept = await client.ReadImageAsync();
        Assert.Equal(learned[0], ImageReader.Read(kept, 0, kept.Length, ModelList.All).Projections[1].Weights[0]);
    }

    // A device that runs by itself has no host that knows its network: the first thing a host does is to read it.
    [Fact]
    public async Task A_network_that_learns_while_it_runs_is_read_back_whole_and_goes_on_learning()
    {
        CompiledNetwork compiled = NetworkCompiler.Compile(NetworkFile.Parse(
            """
            neuromcu: 1
            populations:
              a: {model: input, size: 100}
              b: {model: lif, size: 10, tau: 10 ms, threshold: 1}
            projections:
              - {from: a, to: b, connect: all-to-all, weight: 0.05, weight_limit: 0.1, delay: 1 ms, learning: stdp}
            inputs:
              - {to: a, poisson: {rate: 50 Hz}}
            """,
            "test.yaml"));
        using BenchDevice device = new(new VirtualDeviceOptions { Ephemeral = true });
        await using (DeviceClient first = await DeviceClient.OpenAsync(device.Connect(), null, CancellationToken.None))
        {
            await first.ProgramAsync(compiled.Image, new ProgramOptions { Persist = true, StartAtBoot = true });
        }

        device.PowerCycle();
        await using DeviceClient client = await DeviceClient.OpenAsync(device.Connect(), null, CancellationToken.None);
        for (int i = 0; i < 3; i++)
        {
            byte[] image = await client.ReadImageAsync();
            Assert.NotEqual(compiled.Image, image);
            Assert.Equal(1000, ImageReader.Read(image, 0, image.Length, ModelList.All).Projections[0].Weights.Length);
            Assert.Equal((1, false), await client.LearningAsync(LearningOrder.Ask));
        }
    }
}
