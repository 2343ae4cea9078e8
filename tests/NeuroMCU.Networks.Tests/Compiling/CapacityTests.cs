// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Compiler;
using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Engine;
using NeuroMCU.Tests.Shared;

namespace NeuroMCU.Networks.Tests.Compiling;

/// <summary>The places of the device's queues, for networks of which it is known how many rows are on their way and how often they
/// fire.</summary>
public sealed class CapacityTests
{
    private static readonly CompilerOptions s_anyHeap = new() { Unlimited = true };

    /// <summary>
    /// Twice the rows that were on their way at once, enough for a quarter of all rows, and never below 32. Neurons fire in groups at the
    /// same time; each spike is a row per projection for the time of its delay.
    /// </summary>
    [Theory]
    [InlineData(10, 10, 1, 32)]
    [InlineData(16, 16, 1, 32)]
    [InlineData(17, 17, 1, 34)]
    [InlineData(100, 100, 1, 200)]
    [InlineData(100, 50, 1, 100)]
    [InlineData(100, 50, 2, 200)]
    [InlineData(128, 1, 1, 32)]
    [InlineData(129, 1, 1, 33)]
    [InlineData(1000, 1, 1, 250)]
    [InlineData(1001, 1, 1, 251)]
    [InlineData(1000, 1, 3, 750)]
    public void The_queue_holds_what_is_on_its_way(int neurons, int together, int projections, int places)
    {
        NetworkTables tables = Tables(neurons, together, projections);
        Assert.Equal(places, tables.QueueCapacity);

        // And with these places nothing is dropped.
        NetworkEngine engine = new(tables);
        engine.Advance(20_000_000, int.MaxValue);
        Assert.Equal(0, engine.Counters.QueueDrops);
    }

    /// <summary>40 ms at the pilot's rate and at least one spike of every recorded neuron and 64 more: so that a device that waits for
    /// the wire need not drop any.</summary>
    [Theory]
    [InlineData(10, 10, 128)]
    [InlineData(128, 1, 192)]
    [InlineData(129, 1, 193)]
    [InlineData(500, 1, 564)]
    [InlineData(1024, 1, 1088)]
    [InlineData(2000, 1, 2064)]
    [InlineData(100, 100, 400)]
    [InlineData(100, 50, 200)]
    public void The_spike_ring_holds_what_the_wire_is_behind(int neurons, int rate, int places)
    {
        string times = string.Join(", ", Enumerable.Range(0, neurons)
            .SelectMany(n => Enumerable.Range(0, rate).Select(k => $"[{n}, {Ms((k + 0.5) * 1000 / rate)}]")));
        NetworkTables tables = NetworkCompiler.Compile(NetworkTexts.Parse($$"""
            neuromcu: 1
            duration: 1 s
            populations:
              stim: {model: input, size: {{neurons}}}
              rest: {model: lif, size: 300, tau: 10 ms, threshold: 1.0}
            inputs: [{to: stim, spikes: [{{times}}]}]
            record: {spikes: [stim]}
            """), s_anyHeap).Tables;
        Assert.Equal(places, tables.SpikeCapacity);
    }

    private static NetworkTables Tables(int neurons, int together, int projections)
    {
        List<string> lines =
        [
            "neuromcu: 1", "duration: 1 s", "populations:", $"  stim: {{model: input, size: {neurons}}}",
                "  cells: {model: lif, size: 1, tau: 10 ms, threshold: 60.0}", "projections:",
            .. Enumerable.Repeat("  - {from: stim, to: cells, connect: all-to-all, weight: 0.0001, delay: 0.5 ms}", projections), "inputs:",
            $"  - {{to: stim, spikes: [{string.Join(", ", Enumerable.Range(0, neurons).Select(n => $"[{n}, {Ms(1 + (n / together * 0.9))}]"))}]}}",
        ];
        return NetworkCompiler.Compile(NetworkTexts.Parse(string.Join('\n', lines)), s_anyHeap).Tables;
    }

    private static string Ms(double time) => time.ToString("0.###", CultureInfo.InvariantCulture) + " ms";
}
