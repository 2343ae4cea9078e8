// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Devices.Client;
using NeuroMCU.Files.Diagnostics;
using NeuroMCU.Protocol.Messages;
using NeuroMCU.VirtualDevice;
using NeuroMCU.VirtualDevice.Boards;

namespace NeuroMCU.Nodes.Tests;

/// <summary>The power goes while wipers are made permanent: some chips have the new array, some the old one, and the store the old
/// targets.</summary>
public class WiperCutTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public async Task A_mixed_array_is_found_after_the_power_and_repaired(int cutAtChip)
    {
        using BenchDevice device = new(new VirtualDeviceOptions
        {
            Ephemeral = true,
            Board = new VirtualBoardOptions { Board = "nodes-16", Seed = 2 },
        });
        int[] nodes = [.. Enumerable.Range(0, 16)];
        await using (DeviceClient client = await OpenAsync(device))
        {
            await WriteAsync(client, nodes, 0.3);
            await client.StoreNodesAsync();
            await WriteAsync(client, nodes, 0.7);
            device.Potentiometers!.Chips[cutAtChip].Answers = false;
            await Assert.ThrowsAsync<DeviceException>(() => client.StoreNodesAsync());
        }

        device.Potentiometers.Chips[cutAtChip].Answers = true;
        device.PowerCycle();

        // The device compares its nodes with their targets by itself first.
        device.Pump(TimeSpan.FromSeconds(2));
        await using DeviceClient again = await OpenAsync(device);
        IReadOnlyList<NodeEntry> known = await again.ListNodesAsync(20);
        Assert.All(nodes, n => Assert.Equal(0.3, known[n].Target!.Value, 1e-6));

        // Each wiper is old or new, never between.
        NodeTaskReport report = await again.WorkOnNodesAsync(new NodeTaskOptions(NodeWork.Verify, nodes));
        Assert.All(report.Results, r => Assert.Equal(r.Node < 4 * cutAtChip ? 0.7 : 0.3, r.Value, 0.02));
        int[] drifted = [.. report.Results.Where(r => r.Outcome == NodeOutcome.Drifted).Select(r => r.Node)];
        Assert.Equal(nodes.Where(n => n < 4 * cutAtChip), drifted);
        if (drifted.Length > 0)
        {
            NodeTaskReport repair = await again.WorkOnNodesAsync(new NodeTaskOptions(NodeWork.Program, drifted));
            Assert.All(repair.Results, r => Assert.Equal(NodeOutcome.Reached, r.Outcome));
        }
    }

    private static async Task WriteAsync(DeviceClient client, int[] nodes, double target)
    {
        await client.SetNodeTargetsAsync(nodes.ToDictionary(n => n, _ => (double?)target));
        NodeTaskReport report = await client.WorkOnNodesAsync(new NodeTaskOptions(NodeWork.Program, nodes));
        Assert.All(report.Results, r => Assert.Equal(NodeOutcome.Reached, r.Outcome));
    }

    private static Task<DeviceClient> OpenAsync(BenchDevice device)
        => DeviceClient.OpenAsync(device.Connect(), null, CancellationToken.None);
}
