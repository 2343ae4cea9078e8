// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Compiler;
using NeuroMCU.Core.Engine;
using NeuroMCU.Devices.Client;
using NeuroMCU.Recordings;
using NeuroMCU.Tests.Shared;
using NeuroMCU.VirtualDevice;
using NeuroMCU.VirtualDevice.Boards;

namespace NeuroMCU.Laboratory.Tests.VirtualBoards;

/// <summary>A run with neurons at pins fills the heap that firmware and network leave, and is stopped each time.</summary>
public sealed class CollectionTests
{
    private const string Crowd = """
          s: {model: input, size: 30}
          r: {model: lif, size: 30, tau: 10 ms, threshold: 1.0}
        projections:
          - {from: s, to: r, connect: all-to-all, weight: 0.001, delay: 2 ms}
        """;

    [Theory]
    [InlineData("thyristor-starter", null, "")]
    [InlineData("thyristor-starter", "esp32-rev3", "")]
    [InlineData("thyristor-8-33n", null, "")]
    [InlineData("thyristor-starter", null, Crowd)]
    public async Task Garbage_of_a_run_is_collected_each_time_it_fills_what_the_network_leaves(string board, string? costs, string crowd)
    {
        using BenchDevice device = Device(board, costs);
        CompiledNetwork compiled = Compile(board, crowd);
        await using DeviceClient client = await DeviceClient.OpenAsync(device.Connect(), null, CancellationToken.None);
        await client.ProgramAsync(compiled.Image);
        long before = device.Bench.Heap.AllocatedBytes;
        await RunAsync(client);
        Assert.Equal(device.Board.MaxNetworkBytes + 4096 - DeviceMemory.Estimate(compiled.Tables), device.Bench.Heap.FreeBytes);

        // The first one finds what was left before the run, too.
        long filled = (device.Bench.Heap.AllocatedBytes - before) / device.Bench.Heap.FreeBytes;
        Assert.True(filled > 0);
        Assert.InRange(device.Bench.Heap.Collections, filled, filled + 1 + (before / device.Bench.Heap.FreeBytes));
    }

    [Fact]
    public async Task A_device_on_which_nothing_costs_anything_is_never_stopped()
    {
        using BenchDevice device = Device("thyristor-starter", "ideal");
        await using DeviceClient client = await DeviceClient.OpenAsync(device.Connect(), null, CancellationToken.None);
        await client.ProgramAsync(Compile("thyristor-starter", string.Empty).Image);
        await RunAsync(client);
        Assert.True(device.Bench.Heap.AllocatedBytes > device.Bench.Heap.FreeBytes);
        Assert.Equal(0, device.Bench.Heap.Collections);
    }

    private static BenchDevice Device(string board, string? costs) =>
        new(new VirtualDeviceOptions { Ephemeral = true, Profile = costs, Board = new VirtualBoardOptions { Board = board } });

    private static CompiledNetwork Compile(string board, string crowd)
    {
        string preset = board == "thyristor-8-33n" ? "w25-33n" : "w25";
        string text = $$"""
            neuromcu: 1
            board: {{board}}
            step: 1 ms
            populations:
              a: {model: thyristor, size: 2, preset: {{preset}}, channels: [n1, n2], bias: [60 uA, 70 uA]}

            """ + crowd;
        return NetworkCompiler.Compile(NetworkTexts.Parse(text), new CompilerOptions());
    }

    private static async Task RunAsync(DeviceClient client)
    {
        await client.StartAsync(new RunOptions { Duration = 2_000_000 });
        await client.WaitForEndAsync();
    }
}
