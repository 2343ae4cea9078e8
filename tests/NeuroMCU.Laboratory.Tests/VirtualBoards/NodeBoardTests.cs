// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Device.Gpio;
using NeuroMCU.Files.Diagnostics;
using NeuroMCU.Hardware.Boards;
using NeuroMCU.Hardware.Nodes;
using NeuroMCU.Hardware.Platform;
using NeuroMCU.VirtualBench;
using NeuroMCU.VirtualBench.Nodes;
using NeuroMCU.VirtualDevice;
using NeuroMCU.VirtualDevice.Boards;

namespace NeuroMCU.Laboratory.Tests.VirtualBoards;

/// <summary>The profiles of the node boards, from their file to the driver on a virtual board.</summary>
public sealed class NodeBoardTests
{
    [Theory]
    [InlineData("nodes-16", 16)]
    [InlineData("nodes-64", 64)]
    public void Each_node_of_the_profile_is_set_and_read_through_its_chips(string board, int nodes)
    {
        var builder = new BoardBuilder(new VirtualBoardOptions { Board = board, Seed = 4 });
        var bench = new Bench();
        using IDisposable scope = Bench.Use(bench);
        VirtualPotentiometerBoard parts = builder.SolderNodes(bench)!;
        INodeArray array = BoardDrivers.Nodes(builder.Profile(), new GpioController(), new EspClock());
        Assert.Equal(nodes, builder.Profile().Nodes.LastingCount);
        Assert.True(array.SetsDirectly);
        for (int node = 0; node < nodes; node++)
        {
            array.Set(node, node * 1_000_000 / nodes);
        }

        for (int node = 0; node < nodes; node++)
        {
            double wanted = (double)node / nodes;
            Assert.InRange(parts.Conductance(node) / 10e-6, wanted - 0.02, wanted + 0.02);
            Assert.InRange(array.Read(node) / 1e6, wanted - 0.03, wanted + 0.03);
        }

        Assert.Empty(bench.Pins.Conflicts);
    }

    [Fact]
    public void A_fault_that_a_potentiometer_cannot_have_is_refused_with_those_that_it_can()
    {
        var builder = new BoardBuilder(new VirtualBoardOptions { Board = "nodes-16", Faults = ["weak:3"] });
        DeviceException problem = Assert.Throws<DeviceException>(() => builder.SolderNodes(new Bench()));
        Assert.Contains("stuck-open", problem.Why!, StringComparison.Ordinal);
    }
}
