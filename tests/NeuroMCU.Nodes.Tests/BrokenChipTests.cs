// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Devices.Client;
using NeuroMCU.Files.Diagnostics;
using NeuroMCU.Protocol.Messages;
using NeuroMCU.VirtualBench.Peripherals.Chips;
using NeuroMCU.VirtualDevice;
using NeuroMCU.VirtualDevice.Boards;

namespace NeuroMCU.Nodes.Tests;

/// <summary>A chip of an array that no longer answers: the host names it.</summary>
public class BrokenChipTests
{
    [Theory]
    [InlineData("nodes-16", 1, 5, "node 5", "the chip at the I2C address 0x2d does not answer")]
    [InlineData("nodes-64", 6, 26, "node 26", "the chip at the I2C address 0x2e, branch 1 of the bus switch, does not answer")]
    public async Task A_chip_that_does_not_answer_is_named_with_its_node(string board, int chip, int node, string message, string why)
    {
        using BenchDevice device = new(new VirtualDeviceOptions
        {
            Ephemeral = true,
            Board = new VirtualBoardOptions { Board = board },
        });
        await using DeviceClient client = await DeviceClient.OpenAsync(device.Connect(), null, CancellationToken.None);
        await client.PulseNodeAsync(node, 2, 100e-6);
        device.Potentiometers!.Chips[chip].Answers = false;
        DeviceException refusal = await Assert.ThrowsAsync<DeviceException>(() => client.PulseNodeAsync(node, 2, 100e-6));
        Assert.Equal(ErrorCode.NodeParts, refusal.DeviceCode);
        Assert.Contains(message, refusal.Message, StringComparison.Ordinal);
        Assert.Contains(why, refusal.Why, StringComparison.Ordinal);
        Assert.Contains("no voltage is on the array", refusal.Why, StringComparison.Ordinal);

        // The others go on.
        await client.PulseNodeAsync(0, 2, 100e-6);
    }
}
