// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Compiler;
using NeuroMCU.Hardware.Boards;
using NeuroMCU.Internet.Packets;
using NeuroMCU.Internet.Tests.Hub;
using NeuroMCU.Networks.Reading;
using NeuroMCU.VirtualDevice;

namespace NeuroMCU.Internet.Tests.Site;

/// <summary>The firmware speaks with a hub by itself: the same code as on a board, over UDP on this machine.</summary>
public sealed class FirmwareSiteTests
{
    private const string Network = """
        neuromcu: 1
        populations:
          clock: {model: lif, size: 1, tau: 20 ms, threshold: 1}
          bits: {model: input, size: 8}
          echo: {model: lif, size: 1, tau: 20 ms, threshold: 1}
        projections:
          - from: bits
            to: echo
            connect: {list: [[0, 0, 0.01], [1, 0, 0.02], [2, 0, 0.04], [3, 0, 0.08], [4, 0, 0.16], [5, 0, 0.32], [6, 0, 0.64], [7, 0, 1.28]]}
            delay: 1 ms
        inputs:
          - {to: clock, dc: {amplitude: 1.2, start: 300 ms, stop: 650 ms}}
        record: {spikes: [clock, echo]}
        """;

    // Nine spikes of the clock neuron, 35.8 ms apart, go through a synapse of weight 101 and come back into another neuron of the board.
    [Fact]
    public async Task Sealed_spikes_go_round_through_the_hub_and_none_is_lost()
    {
        await using HubLab lab = new HubLab("""
            neuromcu-hub: 1
            transports: {keyed: {listen: "127.0.0.1:0"}}
            sites:
              lab: {key: lab.key, neurons: {clock: 1, echo: 2}}
            nodes:
              n: {model: number, weight: 101}
            synapses: [{pre: clock, post: echo, node: n}]
            latency: {policy: constant, delay: 20 ms, late: deliver}
            """).Start(untilAllLeft: true);
        await using VirtualServer server = Serve(lab, new BoardHub { Wire = HubWire.Keyed, Key = lab.Key("lab"), Spikes = [[1, 0, 2], [2, 9, 2]] });
        await HubLab.Until(() => lab["lab"].Potentials >= 9 && Times(lab, "echo").Length > 0);
        long[] clock = Times(lab, "clock");
        long[] echo = Times(lab, "echo");
        Assert.Equal((9, 0, 0), (clock.Length, lab["lab"].Lost, lab["lab"].Malformed));

        // Each is stamped when it was fired, and comes back after the constant latency. On a busy machine arrivals come together, and
        // several then make one spike.
        Assert.InRange((clock[^1] - clock[0]) / 8, 30_000, 42_000);
        Assert.InRange(echo.Length, 1, 9);
        Assert.True(echo[0] - clock[0] > 15_000);
    }

    [Fact]
    public async Task Two_boards_are_the_partners_of_the_experiment()
    {
        int[] places = [Ports.Free(), Ports.Free()];
        await using HubLab lab = new HubLab($$$"""
            neuromcu-hub: 1
            transports: {udp-historical: {listen: "127.0.0.1:0"}}
            sites:
              first: {transport: udp-historical, partner: 1, address: "127.0.0.1:{{{places[0]}}}", neurons: {clock: 1}}
              second: {transport: udp-historical, partner: 2, address: "127.0.0.1:{{{places[1]}}}", neurons: {echo: 2}}
            nodes:
              n: {model: number, weight: 101}
            synapses: [{pre: clock, post: echo, node: n}]
            """).Start();
        await using VirtualServer second = Serve(lab,
            new BoardHub { Wire = HubWire.SecondPartner, LocalPort = places[1], Spikes = [[2, 9, 2]] });
        await using VirtualServer first = Serve(lab,
            new BoardHub { Wire = HubWire.FirstPartner, LocalPort = places[0], Spikes = [[1, 0, 2]] });

        await HubLab.Until(() => lab["second"].Potentials >= 9 && Times(lab, "echo").Length > 0);
        Assert.Equal(9, Times(lab, "clock").Length);
        Assert.Equal((0, 0), (lab["first"].Malformed, lab["second"].Malformed));
    }

    private static VirtualServer Serve(HubLab lab, BoardHub hub)
    {
        CompiledNetwork network = NetworkCompiler.Compile(NetworkFile.Parse(Network, "net.yaml"));
        hub.Name = "lab";
        hub.Address = "127.0.0.1";
        hub.Port = (lab.Server.KeyedPlace ?? lab.Server.HistoricalPlace)!.Port;
        hub.Arrivals = [[2, 1, 1, 1]];
        return new VirtualServer(new VirtualServerOptions
        {
            Device = new VirtualDeviceOptions
            {
                Name = $"hub-{hub.Wire}-" + Path.GetFileName(lab.Folder),
                Profile = "ideal",
                Ephemeral = true,
                Hub = hub,
            },
            Network = network.Image,
            TcpPort = null,
            Terminal = false,
        });
    }

    private static long[] Times(HubLab lab, string neuron) =>
        [.. lab.Server.Record.Spikes.Where(s => s.Neuron.Name == neuron && s.Kind != SpikeKind.Potential).Select(s => s.Time)];
}
