// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Compiler;
using NeuroMCU.Devices.Client;
using NeuroMCU.Internet.Site;
using NeuroMCU.Internet.Tests.Hub;
using NeuroMCU.VirtualDevice;

namespace NeuroMCU.Internet.Tests.Site;

public sealed class SiteRunnerTests
{
    private const string Network = """
        neuromcu: 1
        populations:
          clock: {model: input, size: 1}
          echo: {model: lif, size: 1, tau: 20 ms, threshold: 1}
          bits: {model: input, size: 8}
        projections:
          - from: bits
            to: echo
            connect: {list: [[0, 0, 0.01], [1, 0, 0.02], [2, 0, 0.04], [3, 0, 0.08], [4, 0, 0.16], [5, 0, 0.32], [6, 0, 0.64], [7, 0, 1.28]]}
            delay: 1 ms
        inputs:
          - {to: clock, spikes: [[0, 300 ms], [0, 400 ms], [0, 500 ms], [0, 600 ms], [0, 700 ms], [0, 800 ms], [0, 900 ms], [0, 1000 ms]]}
        """;

    // The device's own spikes go to the hub, through a synapse, and back into another neuron of the same device: the whole way, on one
    // machine.
    [Theory]
    [InlineData("{policy: as-soon-as-possible}", 101, 8)] // 64 + 32 + 4 + 1: over the threshold by the last of its four inputs
    [InlineData("{policy: constant, delay: 60 ms, late: deliver}", 101, 8)]
    [InlineData("{policy: as-soon-as-possible}", 12, 0)] // eight of them at once stay below it
    [InlineData("{policy: as-soon-as-possible}", 0, 0)]
    public async Task Spikes_go_round_through_the_hub_and_back_with_their_weight(string latency, int weight, int echoes)
    {
        string text = $$$"""
            neuromcu-hub: 1
            transports: {keyed: {listen: "127.0.0.1:0"}}
            sites:
              lab: {key: lab.key, neurons: {clock: 1, echo: 2}}
            nodes:
              n: {model: number, weight: "{{{weight}}}"}
            synapses: [{pre: clock, post: echo, node: n}]
            latency: {{{latency}}}
            """;
        await using HubLab lab = new HubLab(text).Start(untilAllLeft: true);
        string file = Path.Combine(lab.Folder, "site.yaml");
        File.WriteAllText(Path.Combine(lab.Folder, "net.yaml"), Network);
        File.WriteAllText(file, $$"""
            neuromcu-site: 1
            name: lab
            hub: "{{lab.Server.KeyedPlace}}"
            key: lab.key
            network: net.yaml
            spikes: [{neuron: 1, population: clock}, {neuron: 2, population: echo}]
            arrivals: [{neuron: 2, population: bits}]
            """);
        SiteRunPlan plan = SiteFile.Load(file, _ => throw new NotSupportedException());
        CompiledNetwork compiled = NetworkCompiler.Compile(plan.Network!);
        string key = Path.Combine(lab.Folder, "device.key");
        await using VirtualServer server = new(new VirtualServerOptions
        {
            Device = new VirtualDeviceOptions { Name = "site-" + Path.GetFileName(lab.Folder), Profile = "ideal", Ephemeral = true },
            TcpPort = 0,
            Terminal = false,
            KeyFile = key,
        });
        await using DeviceConnection connection = await DeviceConnector.ConnectAsync(server.TcpAddress,
            new ConnectOptions { KeyFile = key }, TestContext.Current.CancellationToken);
        await connection.Client.ProgramAsync(compiled.Image, new ProgramOptions(), null, CancellationToken.None);
        await using HubLink link = lab.Join("lab");
        using SiteRunner runner = new(plan, compiled, connection.Client, link, _ => { });
        await runner.RunAsync(1_300_000, CancellationToken.None);
        await HubLab.Until(() => lab["lab"].Closed);

        SiteResult result = runner.Result;
        Assert.Equal((8, 0, 0, 0), (result.Delivered, result.CutShort, result.Unknown, result.LateDropped));
        Assert.Equal(0, link.Tallies.Sum(t => t.Lost));
        Assert.Equal(weight > 0 ? 8 : 0, result.Potentials);

        // On a busy machine arrivals come together, and several then make one spike; none is lost by that.
        Assert.InRange(result.Spikes, 8 + Math.Min(echoes, 1), 8 + echoes);
        Assert.Equal(link.Sent, lab["lab"].Taken);
        Assert.True(lab.Server.IsComplete);

        // Spikes carry their own time, not that of their arrival: 100 ms apart, whatever the machine does.
        long[] times = [.. lab.Server.Record.Spikes.Where(s => s.Neuron.Name == "clock").Select(s => s.Time)];
        Assert.Equal(8, times.Length);
        Assert.All(times.Zip(times.Skip(1)), p => Assert.InRange(p.Second - p.First, 70_000, 130_000));
    }
}
