// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Devices.Client;
using NeuroMCU.Protocol.Messages;
using NeuroMCU.VirtualDevice;
using NeuroMCU.VirtualDevice.Boards;

namespace NeuroMCU.Nodes.Tests;

/// <summary>What virtual nodes have become outlives the process, and a killed process loses nothing in silence.</summary>
public sealed class KeptNodesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_killed_process_has_kept_its_nodes_or_the_next_one_says_so()
    {
        // The folder as it is at any moment of the work is what a killed process leaves.
        using BenchDevice device = Device("live");
        await using DeviceClient client = await DeviceClient.OpenAsync(device.Connect(), null, CancellationToken.None);
        int moment = 0;
        await client.WorkOnNodesAsync(new NodeTaskOptions(NodeWork.Form, [0, 1, 2, 3]), _ =>
        {
            if (moment++ % 16 != 0)
            {
                return;
            }

            using BenchDevice next = Copy("live", "dead" + moment);
            Assert.True(next.NodeWorkWasLost || Formed(next).SequenceEqual(Formed(device)), $"silent loss at step {moment}");
        });
        Assert.True(moment > 32);
        await client.StoreNodesAsync();
        using BenchDevice after = Copy("live", "stored");
        Assert.False(after.NodeWorkWasLost);
        Assert.Equal(Formed(device), Formed(after));
    }

    [Fact]
    public void A_destroyed_node_stays_destroyed()
    {
        double broken;
        using (BenchDevice device = Device("live"))
        {
            device.Nodes!.Pulse(7, 1000, 10e-3, 1, 0);
            Assert.Equal(1, device.Nodes.Destroyed);
            broken = device.Nodes.Conductance(7, 1);
        }

        using BenchDevice again = Device("live");
        Assert.Equal(broken, again.Nodes!.Conductance(7, 0));
        again.Nodes.Pulse(7, -2, 1e-3, 1, 0);
        Assert.Equal(broken, again.Nodes.Conductance(7, 1));
    }

    private static IEnumerable<bool> Formed(BenchDevice device) => Enumerable.Range(0, 4).Select(device.Nodes!.Keeps);

    private BenchDevice Copy(string from, string to)
    {
        Directory.CreateDirectory(Path.Combine(_folder, to));
        foreach (string file in Directory.GetFiles(Path.Combine(_folder, from)).Where(f => !f.EndsWith(".lock", StringComparison.Ordinal)))
        {
            File.Copy(file, Path.Combine(_folder, to, Path.GetFileName(file)));
        }

        return Device(to);
    }

    private BenchDevice Device(string name) => new(new VirtualDeviceOptions
    {
        StateFolder = Path.Combine(_folder, name),
        Board = new VirtualBoardOptions { Board = "virtual-array", Seed = 4 },
    });
}
