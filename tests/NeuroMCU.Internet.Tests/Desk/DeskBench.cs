// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Compiler;
using NeuroMCU.Compiler.Sites;
using NeuroMCU.Devices.Client;
using NeuroMCU.Devices.Links;
using NeuroMCU.Internet.Desk;
using NeuroMCU.Laboratory.Comparison;
using NeuroMCU.Networks;
using NeuroMCU.Recordings;
using NeuroMCU.VirtualDevice;
using Xunit;

namespace NeuroMCU.Internet.Tests.Desk;

/// <summary>Boards in this process, and the one network that they are to be.</summary>
internal static class DeskBench
{
    public static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static NetworkSite[] Sites(Network network, int boards)
        => [.. Enumerable.Range(0, boards).Select(k => new NetworkSite("s" + k, null, network.BoardLocation))];

    /// <summary>The engine of the firmware with the whole network, on no board.</summary>
    public static RunRecording Whole(Network network, long duration)
        => EngineRun.Run(NetworkCompiler.Compile(network, new CompilerOptions { Unlimited = true }), duration, Stop);

    public static SiteImages Compile(Network network, int boards)
        => SiteCompiler.Compile(network, Sites(network, boards), new CompilerOptions { Unlimited = true });

    /// <summary>Runs the parts on virtual boards without costs.</summary>
    /// <param name="link">What is put between a board and its client; null for nothing.</param>
    public static async Task<DeskResult> RunAsync(SiteImages images, long duration, Func<int, IDeviceLink, IDeviceLink>? link = null,
        bool realTime = false)
    {
        List<BenchDevice> devices = [];
        List<DeviceClient?> clients = [];
        try
        {
            foreach (CompiledNetwork? board in images.Boards)
            {
                int number = devices.Count;
                devices.Add(new BenchDevice(new VirtualDeviceOptions { Name = "desk" + number, Ephemeral = true, Profile = "ideal", Unlimited = true }));
                IDeviceLink cable = devices[^1].Connect();
                clients.Add(board is null ? null : await DeviceClient.OpenAsync(link?.Invoke(number, cable) ?? cable, null, Stop));
            }

            return await new DeskRun(images, clients) { RealTime = realTime }.RunAsync(duration, Stop);
        }
        finally
        {
            foreach (DeviceClient client in clients.OfType<DeviceClient>())
            {
                await client.DisposeAsync();
            }

            devices.ForEach(d => d.Dispose());
        }
    }

    /// <summary>The first spike that only one of two runs has.</summary>
    public static string FirstDifference(Network network, SpikeRecord whole, SpikeRecord boards)
    {
        (long Time, int Neuron)[] one = [.. Sorted(whole).Except(Sorted(boards))];
        (long Time, int Neuron)[] other = [.. Sorted(boards).Except(Sorted(whole))];
        string Text((long Time, int Neuron) s) => $"{network.PopulationOf(s.Neuron)!.Name}[{s.Neuron - network.PopulationOf(s.Neuron)!.FirstNeuron}] at {s.Time} us";
        return $"{one.Length} spikes of the whole are missing (first {one.Select(Text).FirstOrDefault()}), {other.Length} are too many (first {other.Select(Text).FirstOrDefault()})";
    }

    public static (long Time, int Neuron)[] Sorted(SpikeRecord spikes) => [.. spikes.Times.Zip(spikes.Neurons).Order()];
}
