// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Devices.Client;
using NeuroMCU.Files.Diagnostics;
using NeuroMCU.Internet.Hub;
using NeuroMCU.Internet.Nodes;
using NeuroMCU.Internet.Packets;
using NeuroMCU.Internet.Tests.Hub;
using NeuroMCU.Protocol.Messages;
using NeuroMCU.VirtualDevice;
using NeuroMCU.VirtualDevice.Boards;

namespace NeuroMCU.Internet.Tests.Nodes;

/// <summary>Synapses of a hub whose weights are conductances of a virtual array.</summary>
public sealed class ArrayNodeTests
{
    private const int Node = 12;

    [Fact]
    public async Task The_rule_moves_a_node_up_and_down_and_the_node_keeps_its_weight()
    {
        using BenchDevice device = Device();
        await using DeviceClient client = await ReadyAsync(device);
        HubPlan plan = Plan("rule: rate");
        double up;
        double down;
        await using (NodeArrayLink link = await NodeArrayLink.OpenAsync(client, plan.ArrayPlaces, CancellationToken.None))
        {
            HubCore core = new(plan, link);
            double start = core.Nodes["mr1"].Fraction;
            Trains(core, 0, 30, 8);          // 30 presynaptic spikes within the second: potentiation
            await Pulses(core, link, 8);
            up = core.Nodes["mr1"].Fraction;
            Trains(core, 10_000_000, 2, 6);  // two of them: depression
            await Pulses(core, link, 6);
            down = core.Nodes["mr1"].Fraction;
            Assert.True(up > start + 0.05 && down < up - 0.05, $"{start} {up} {down}");
            Assert.Equal((8, 6, 0), (core.Synapses[0].Potentiations, core.Synapses[0].Depressions, link.Dropped));
            Assert.Equal((byte)Math.Round(255 * down), core.Nodes["mr1"].Weight);
        }

        // What the device itself says of the node, and a hub that starts again with it.
        await using NodeArrayLink again = await NodeArrayLink.OpenAsync(client, plan.ArrayPlaces, CancellationToken.None);
        Assert.Equal(down, again.Find("mr1").Fraction, 0.05);   // the readings have noise
        WeightStoreLoads(plan, again);
        Assert.Equal(down, again.Find("mr1").Fraction, 0.05);
    }

    [Fact]
    public async Task A_change_that_a_rule_wants_is_about_what_the_node_does()
    {
        using BenchDevice device = Device();
        await using DeviceClient client = await ReadyAsync(device);
        HubPlan plan = Plan("rule: stdp");
        await using NodeArrayLink link = await NodeArrayLink.OpenAsync(client, plan.ArrayPlaces, CancellationToken.None);
        ArrayNode node = link.Find("mr1");
        double wanted = 0;
        double before = node.Fraction;
        double target = before < 0.5 ? 0.02 : -0.02;
        for (int k = 0; k < 20; k++)
        {
            node.Move(target);
            wanted += target;
            await MovedAsync(link);
        }

        Assert.InRange((node.Fraction - before) / wanted, 0.6, 1.4);
    }

    [Theory]
    [InlineData(3, "it does not keep what it is given", "neuromcu node form -n 3")]
    [InlineData(64, "the array has 64 nodes, 0 to 63", "write another number, or use a board with more nodes")]
    [InlineData(13, "its range is not known", "neuromcu node survey")]
    [InlineData(Node, "it is masked", "neuromcu node mode -n 12 --unmask")]
    public async Task A_node_that_cannot_hold_a_weight_is_refused_with_the_next_step(int node, string why, string next)
    {
        using BenchDevice device = Device();
        await using DeviceClient client = await ReadyAsync(device);
        await client.WorkOnNodesAsync(new NodeTaskOptions(NodeWork.Form, [13]));
        await client.SetNodeAsync(Node, NodeMode.Keeping, true);
        DeviceException problem = await Assert.ThrowsAsync<DeviceException>(
            () => NodeArrayLink.OpenAsync(client, Plan("rule: rate", node).ArrayPlaces, CancellationToken.None));
        Assert.Equal((why, next), (problem.Why, problem.Next));
    }

    [Fact]
    public async Task Pulses_that_the_device_refuses_are_counted_and_the_weight_stays()
    {
        using BenchDevice device = Device();
        await using DeviceClient client = await ReadyAsync(device);
        HubPlan plan = Plan("rule: rate");
        await using NodeArrayLink link = await NodeArrayLink.OpenAsync(client, plan.ArrayPlaces, CancellationToken.None);
        double before = link.Find("mr1").Fraction;
        await client.SetNodeAsync(Node, NodeMode.Keeping, true);   // masked meanwhile
        HubCore core = new(plan, link);
        Trains(core, 0, 30, 5);
        await HubLab.Until(() => link.Dropped == 5);
        Assert.NotNull(link.Problem);
        Assert.Equal(before, link.Find("mr1").Fraction);
    }

    private static void WeightStoreLoads(HubPlan plan, NodeArrayLink link)
    {
        string file = Path.GetTempFileName();
        try
        {
            File.Delete(file);
            HubCore core = new(plan, link);
            WeightStore.Save(file, plan, core.Nodes);
            Assert.Equal(2, WeightStore.Load(file, plan, core.Nodes));
        }
        finally
        {
            File.Delete(file);
        }
    }

    // So many presynaptic spikes within a second, then potentials in the middle of them.
    private static void Trains(HubCore core, long start, int spikes, int potentials)
    {
        for (int k = 0; k < spikes; k++)
        {
            core.Accept(new WireSpike(63, SpikeKind.Spontaneous, start + (k * 10_000)), []);
        }

        for (int k = 0; k < potentials; k++)
        {
            core.Accept(new WireSpike(256, SpikeKind.Potential, start + 400_000 + k), []);
        }
    }

    private static async Task Pulses(HubCore core, NodeArrayLink link, int count)
    {
        for (int k = 0; k < count; k++)
        {
            await MovedAsync(link);
        }

        Assert.Equal(2, core.Nodes.Count);
    }

    private static async Task MovedAsync(NodeArrayLink link)
    {
        ArrayNode? moved = null;
        await HubLab.Until(() => (moved ??= link.NextMoved()) is not null);
    }

    private static HubPlan Plan(string rule, int node = Node) => HubFile.Parse(
        HubLab.Chain.Replace("{model: tiox, resistance: 5.4 kOhm}", $"{{model: array, node: {node}}}", StringComparison.Ordinal) + "\n" + rule
        + "\n", "hub.yaml");

    private static BenchDevice Device() => new(new VirtualDeviceOptions
    {
        Ephemeral = true,
        Board = new VirtualBoardOptions { Board = "virtual-array", Seed = 4 },
    });

    private static async Task<DeviceClient> ReadyAsync(BenchDevice device)
    {
        DeviceClient client = await DeviceClient.OpenAsync(device.Connect(), null, CancellationToken.None);
        await client.WorkOnNodesAsync(new NodeTaskOptions(NodeWork.Form, [Node]));
        await client.WorkOnNodesAsync(new NodeTaskOptions(NodeWork.Survey, [Node]) { MostPulses = 48 });
        return client;
    }
}
