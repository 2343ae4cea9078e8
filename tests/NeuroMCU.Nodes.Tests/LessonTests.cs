// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Devices.Client;
using NeuroMCU.Files.Diagnostics;
using NeuroMCU.Protocol.Messages;
using NeuroMCU.VirtualDevice;
using NeuroMCU.VirtualDevice.Boards;

namespace NeuroMCU.Nodes.Tests;

/// <summary>Nodes that learn on the device, through the wire.</summary>
public class LessonTests
{
    private static readonly NodeLessonOptions s_square = new([0, 1], [0, 1], 40e-6);

    [Fact]
    public async Task Two_rows_learn_two_answers_and_keep_them_over_the_power()
    {
        using BenchDevice device = Device();
        await using (DeviceClient client = await Formed(device))
        {
            await client.LearnNodesAsync(s_square);
            for (int k = 0; k < 20; k++)
            {
                await client.ShowNodesAsync(k % 2 == 0 ? [1, 0.2] : [0.2, 1], k % 2);
            }

            Assert.Equal(0, (await client.ShowNodesAsync([1, 0.2])).Answer);
            Assert.Equal(1, (await client.ShowNodesAsync([0.2, 1])).Answer);
            Assert.Equal(-1, (await client.ShowNodesAsync([0, 0], 1)).Answer);
            Assert.Equal(1u, await client.StoreNodesAsync());
        }

        device.PowerCycle();
        await using DeviceClient again = await Open(device);
        NodeLessonState state = await again.ReadNodeLessonAsync();
        Assert.Equal(20, state.Presentations);
        Assert.Equal(s_square.Rows, state.Options!.Rows);
        Assert.Equal(0, (await again.ShowNodesAsync([1, 0.2])).Answer);
        Assert.Equal(1, (await again.ShowNodesAsync([0.2, 1])).Answer);

        // What was learned is what they are compared with.
        await again.ReadNodeArrayAsync();
        Assert.Contains(device.Console, line => line.Contains("nodes: 0 of 4", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_makes_no_lesson_is_refused_and_nothing_is_pulsed()
    {
        using BenchDevice device = Device();
        await using DeviceClient client = await Formed(device);
        double[] before = State(device);
        Assert.Equal(ErrorCode.NodeNothing, await Code(() => client.ShowNodesAsync([1, 1], 0)));
        Assert.Equal(ErrorCode.NodeVolatile, await Code(() => client.LearnNodesAsync(s_square with { Rows = [0, 2] })));
        Assert.Equal(ErrorCode.NoNode, await Code(() => client.LearnNodesAsync(s_square with { Rows = [0, 8] })));
        Assert.Equal(ErrorCode.NoNode, await Code(() => client.LearnNodesAsync(s_square with { Columns = [1, 1] })));
        Assert.Equal(ErrorCode.BadValue, await Code(() => client.LearnNodesAsync(s_square with { Seconds = 1 })));
        Assert.Equal(ErrorCode.BadValue, await Code(() => client.LearnNodesAsync(s_square with { Sharpness = 99 })));
        await client.LearnNodesAsync(s_square);
        Assert.Equal(ErrorCode.BadValue, await Code(() => client.ShowNodesAsync([1, 1, 1], 0)));
        Assert.Equal(ErrorCode.BadValue, await Code(() => client.ShowNodesAsync([1, 1], 2)));
        Assert.Equal(ErrorCode.BadValue, await Code(() => client.ShowNodesAsync([1, 1.01], 0)));
        Assert.Equal(before, State(device));
        Assert.Equal(0, (await client.ReadNodeLessonAsync()).Presentations);
    }

    [Fact]
    public async Task A_masked_node_answers_and_gets_no_pulse()
    {
        using BenchDevice device = Device();
        await using DeviceClient client = await Formed(device);
        await client.SetNodeAsync(9, NodeMode.Unknown, true);
        await client.LearnNodesAsync(s_square);
        double before = device.Nodes!.Conductance(9, 1e6);
        for (int k = 0; k < 10; k++)
        {
            await client.ShowNodesAsync([0.2, 1], 1);
        }

        Assert.Equal(before, device.Nodes!.Conductance(9, 1e6));
        Assert.True(device.Nodes!.Conductance(8, 1e6) < device.Nodes.Conductance(0, 1e6));
    }

    private static BenchDevice Device() => new(new VirtualDeviceOptions
    {
        Ephemeral = true,
        Board = new VirtualBoardOptions { Board = "virtual-array", Seed = 4 },
    });

    private static Task<DeviceClient> Open(BenchDevice device) => DeviceClient.OpenAsync(device.Connect(), null, CancellationToken.None);

    // The four nodes at the corner, at one level.
    private static async Task<DeviceClient> Formed(BenchDevice device)
    {
        DeviceClient client = await Open(device);
        int[] corner = [0, 1, 8, 9];
        await client.WorkOnNodesAsync(new NodeTaskOptions(NodeWork.Form, corner));
        await client.SetNodeTargetsAsync(corner.ToDictionary(n => n, _ => (double?)0.3));
        await client.WorkOnNodesAsync(new NodeTaskOptions(NodeWork.Program, corner));
        return client;
    }

    private static double[] State(BenchDevice device) => [.. device.Nodes!.Keep().Where(double.IsFinite)];

    private static async Task<int?> Code(Func<Task> work) => (await Assert.ThrowsAsync<DeviceException>(work)).DeviceCode;
}
