// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Devices.Client;
using NeuroMCU.Files.Diagnostics;
using NeuroMCU.Protocol.Messages;
using NeuroMCU.VirtualDevice;
using NeuroMCU.VirtualDevice.Boards;

namespace NeuroMCU.Nodes.Tests;

/// <summary>Nodes through the wire: limits that the device holds against any host, and what outlives the power.</summary>
public class DeviceNodeTests
{
    [Theory]
    [InlineData(3, 4.001, 100e-6, 0, 1, ErrorCode.NodeAmplitude)]
    [InlineData(3, -10, 100e-6, 0, 1, ErrorCode.NodeAmplitude)]
    [InlineData(3, 0, 100e-6, 0, 1, ErrorCode.NodeAmplitude)]
    [InlineData(3, 2, 21e-3, 0, 1, ErrorCode.NodeWidth)]
    [InlineData(3, 2, 10e-3, 0, 3, ErrorCode.NodeWidth)]
    [InlineData(3, 2, 100e-6, 201e-6, 1, ErrorCode.NodeCurrent)]
    [InlineData(64, 2, 100e-6, 0, 1, ErrorCode.NoNode)]
    [InlineData(7, 2, 100e-6, 0, 1, ErrorCode.NodeMasked)]
    public async Task What_the_profile_forbids_is_refused_and_nothing_is_pulsed(
        int node, double volts, double seconds, double amperes, int count, int code)
    {
        using BenchDevice device = Device();
        await using DeviceClient client = await Open(device);
        await client.SetNodeAsync(7, NodeMode.Unknown, true);
        double[] before = State(device);
        DeviceException refusal = await Assert.ThrowsAsync<DeviceException>(
            () => client.PulseNodeAsync(node, volts, seconds, amperes, count));
        Assert.Equal(code, refusal.DeviceCode);
        Assert.NotNull(refusal.Next);
        Assert.Equal(before, State(device));
    }

    [Fact]
    public async Task Work_that_makes_no_sense_is_refused_and_nothing_is_pulsed()
    {
        using BenchDevice device = Device();
        await using DeviceClient client = await Open(device);
        await client.WorkOnNodesAsync(new NodeTaskOptions(NodeWork.Form, [0, 1]));
        await client.WorkOnNodesAsync(new NodeTaskOptions(NodeWork.Survey, [0, 1]) { MostPulses = 48 });
        double[] before = State(device);
        Assert.Equal(ErrorCode.NodeFormed, await Code(() => client.WorkOnNodesAsync(new NodeTaskOptions(NodeWork.Form, [0]))));
        Assert.Equal(ErrorCode.NodeVolatile, await Code(() => client.WorkOnNodesAsync(new NodeTaskOptions(NodeWork.Erase, [2]))));
        Assert.Equal(ErrorCode.NodeNothing, await Code(() => client.WorkOnNodesAsync(new NodeTaskOptions(NodeWork.Program, [0, 1]))));
        Assert.Equal(ErrorCode.NodeRange, await Code(() => client.SetNodeTargetsAsync(new Dictionary<int, double?> { [1] = 1.4 })));
        Assert.Equal(ErrorCode.NodeVolatile, await Code(() => client.SetNodeAsync(5, NodeMode.Keeping)));
        Assert.Equal(ErrorCode.NodeFormed, await Code(() => client.SetNodeAsync(0, NodeMode.Volatile)));
        Assert.Equal(before, State(device));
    }

    [Fact]
    public async Task A_board_without_nodes_says_so()
    {
        using var device = new BenchDevice(new VirtualDeviceOptions { Ephemeral = true });
        await using DeviceClient client = await Open(device);
        Assert.Equal(0, (await client.ReadNodeArrayAsync()).Count);
        Assert.Equal(ErrorCode.NoNodes, await Code(() => client.PulseNodeAsync(0, 1, 1e-4)));
    }

    [Fact]
    public async Task Modes_targets_and_states_outlive_the_power_and_drift_is_reported()
    {
        using BenchDevice device = Device();
        double wanted;
        await using (DeviceClient client = await Open(device))
        {
            await client.WorkOnNodesAsync(new NodeTaskOptions(NodeWork.Form, [4, 9]));
            await client.WorkOnNodesAsync(new NodeTaskOptions(NodeWork.Survey, [4, 9]) { MostPulses = 48 });
            await client.SetNodeTargetsAsync(new Dictionary<int, double?> { [4] = 0.4, [9] = 0.6 });
            NodeTaskReport report = await client.WorkOnNodesAsync(new NodeTaskOptions(NodeWork.Program, [4, 9]));
            Assert.All(report.Results, r => Assert.Equal(NodeOutcome.Reached, r.Outcome));
            Assert.Equal(1u, await client.StoreNodesAsync());
            wanted = device.Nodes!.Conductance(9, 1e6);
        }

        device.PowerCycle();
        Assert.Equal(wanted, device.Nodes!.Conductance(9, 0), 1e-12);
        await using (DeviceClient client = await Open(device))
        {
            await client.ReadNodeArrayAsync();
            IReadOnlyList<NodeEntry> list = await client.ListNodesAsync(64);
            Assert.Equal(NodeMode.Keeping, list[9].Mode);
            Assert.Equal(NodeMode.Unknown, list[8].Mode);
            Assert.Equal(0.6, list[9].Target!.Value, 1e-6);
            Assert.NotNull(list[4].High);
            Assert.Contains(device.Console, line => line.Contains("nodes: 0 of 2", StringComparison.Ordinal));

            // Somebody moves a node behind the device's back.
            device.Nodes.Pulse(9, 2, 500e-6, 1e-3, 1e6);
        }

        device.PowerCycle();
        await using DeviceClient again = await Open(device);
        await again.ReadNodeArrayAsync();
        Assert.Contains(device.Console, line => line.Contains("nodes: 1 of 2", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Work_that_is_broken_off_leaves_a_node_that_can_be_worked_on()
    {
        using BenchDevice device = Device();
        await using DeviceClient client = await Open(device);
        using var cancellation = new CancellationTokenSource();
        int steps = 0;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.WorkOnNodesAsync(
            new NodeTaskOptions(NodeWork.Form, [.. Enumerable.Range(0, 64)]),
            _ =>
            {
                if (++steps == 40)
                {
                    cancellation.Cancel();
                }
            },
            null,
            cancellation.Token));
        NodeTaskReport report = await client.WorkOnNodesAsync(new NodeTaskOptions(NodeWork.Form, [63]));
        Assert.Equal(NodeOutcome.Formed, report.Results[0].Outcome);
    }

    private static BenchDevice Device() => new(new VirtualDeviceOptions
    {
        Ephemeral = true,
        Board = new VirtualBoardOptions { Board = "virtual-array", Seed = 4 },
    });

    private static Task<DeviceClient> Open(BenchDevice device) => DeviceClient.OpenAsync(device.Connect(), null, CancellationToken.None);

    private static double[] State(BenchDevice device) => [.. device.Nodes!.Keep().Where(double.IsFinite)];

    private static async Task<int?> Code(Func<Task> work) => (await Assert.ThrowsAsync<DeviceException>(work)).DeviceCode;
}
