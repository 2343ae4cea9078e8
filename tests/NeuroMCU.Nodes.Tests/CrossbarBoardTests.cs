// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Devices.Client;
using NeuroMCU.Protocol.Messages;
using NeuroMCU.VirtualDevice;
using NeuroMCU.VirtualDevice.Boards;

namespace NeuroMCU.Nodes.Tests;

/// <summary>The controller's whole way over the simulated chips of crossbar-8, with memory devices and wires behind them.</summary>
public class CrossbarBoardTests
{
    [Fact]
    public async Task Nodes_are_formed_surveyed_programmed_and_verified_and_their_neighbours_stay()
    {
        using var device = new BenchDevice(new VirtualDeviceOptions
        {
            Ephemeral = true,
            Board = new VirtualBoardOptions { Board = "crossbar-8", Seed = 3, Faults = ["stuck-open:9"] },
        });
        await using DeviceClient client = await DeviceClient.OpenAsync(device.Connect(), null, CancellationToken.None);
        int[] nodes = [0, 1, 9, 10];
        int[] sound = [.. nodes.Where(n => n != 9)];
        NodeTaskReport formed = await client.WorkOnNodesAsync(new NodeTaskOptions(NodeWork.Form, nodes));
        Assert.All(formed.Results, r => Assert.Equal(r.Node == 9 ? NodeOutcome.NotFormed : NodeOutcome.Formed, r.Outcome));
        NodeTaskReport survey = await client.WorkOnNodesAsync(new NodeTaskOptions(NodeWork.Survey, sound) { MostPulses = 48 });
        Assert.All(survey.Results, r => Assert.Equal(NodeOutcome.Good, r.Outcome));
        var targets = sound.ToDictionary(n => n, n => (double?)(0.2 + (0.04 * n)));
        await client.SetNodeTargetsAsync(targets);
        NodeTaskReport report = await client.WorkOnNodesAsync(new NodeTaskOptions(NodeWork.Program, sound));
        Assert.All(report.Results, r => Assert.Equal(NodeOutcome.Reached, r.Outcome));

        // What a node truly has is off by the tolerance, and by parts of 1 % in its column's amplifier. The last pulses on any node put
        // half of their voltage on those before: they would show it here.
        foreach (int node in sound)
        {
            double truth = device.Nodes!.Conductance(node, 1e6) / 100e-6;
            Assert.InRange(truth - targets[node]!.Value, -0.03, 0.03);
        }

        NodeTaskReport verified = await client.WorkOnNodesAsync(new NodeTaskOptions(NodeWork.Verify, sound));
        Assert.All(verified.Results, r => Assert.Equal(NodeOutcome.Reached, r.Outcome));
        Assert.Equal(0, device.Nodes!.Destroyed);
        Assert.InRange(device.Crossbar!.Largest, 2, 4.02);
        Assert.Empty(device.Bench.Pins.Conflicts);
    }
}
