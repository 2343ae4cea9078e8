// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Compiler;
using NeuroMCU.Compiler.Sites;
using NeuroMCU.Devices.Client;
using NeuroMCU.Internet.Desk;
using NeuroMCU.Laboratory.Comparison;
using NeuroMCU.Networks;
using NeuroMCU.Networks.Reading;
using NeuroMCU.Recordings;
using NeuroMCU.VirtualDevice;
using Xunit;

namespace NeuroMCU.Internet.Tests.Desk;

/// <summary>Boards in step are the one network that they share, to the microsecond.</summary>
public class DeskRunTests
{
    [Theory]
    [InlineData(2, 1)]
    [InlineData(3, 2)]
    [InlineData(8, 3)]
    public async Task BoardsFireAsTheOneNetworkDoes(int boards, int seed)
    {
        Network network = NetworkFile.Parse(DeskTexts.Ring(8, 20, string.Empty, seed), "ring.yaml");
        RunRecording whole = EngineRun.Run(NetworkCompiler.Compile(network, new CompilerOptions { Unlimited = true }), 200_000,
            TestContext.Current.CancellationToken);
        DeskResult desk = await RunAsync(network, boards, 200_000);

        Assert.True(desk.OnWire > 100, $"{desk.OnWire} spikes on the wire");
        Assert.Equal(Sorted(whole.Spikes), Sorted(desk.Run.Spikes));
        Assert.True(desk.Run.Losses.IsComplete, desk.Run.LossLine);
        Assert.Equal(desk.OnWire, desk.Boards.Sum(b => b.Taken + b.UnderWay));
        Assert.Equal(whole.Produced, desk.Run.Produced);
    }

    private static async Task<DeskResult> RunAsync(Network network, int boards, long duration)
    {
        NetworkSite[] sites = [.. Enumerable.Range(1, boards).Select(k => new NetworkSite("b" + k, null, network.BoardLocation))];
        SiteImages images = SiteCompiler.Compile(network, sites, new CompilerOptions());
        List<BenchDevice> devices = [];
        List<DeviceClient?> clients = [];
        try
        {
            foreach (CompiledNetwork? board in images.Boards)
            {
                devices.Add(new BenchDevice(new VirtualDeviceOptions { Name = "desk" + devices.Count, Ephemeral = true }));
                clients.Add(board is null ? null
                    : await DeviceClient.OpenAsync(devices[^1].Connect(), null, TestContext.Current.CancellationToken));
            }

            return await new DeskRun(images, clients).RunAsync(duration, TestContext.Current.CancellationToken);
        }
        finally
        {
            foreach (DeviceClient? client in clients)
            {
                if (client is not null)
                {
                    await client.DisposeAsync();
                }
            }

            devices.ForEach(d => d.Dispose());
        }
    }

    private static (long, int)[] Sorted(SpikeRecord spikes) => [.. spikes.Times.Zip(spikes.Neurons).Order()];
}
