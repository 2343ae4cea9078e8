// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Engine;
using NeuroMCU.Core.Numerics;
using NeuroMCU.Core.Tests.Support;

namespace NeuroMCU.Core.Tests.Engine;

public sealed class QueueTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(511)]
    [InlineData(12345)]
    [InlineData(999999)]
    [InlineData(Formats.MaxDelay)]
    public void DelaysAreExactToTheMicrosecond(int delay)
    {
        NetworkTables tables = Build.Network(
            [Build.Source(2), Build.EventLif(1)],
            [Build.Project(0, 1, 2, [(0, 0, delay, 20000)])],
            [(7, 0)]);
        Assert.Equal([(7L + delay, 2)], Run.Spikes(new NetworkEngine(tables), 2000000));
    }

    [Fact]
    public void NeuronsOfOneMicrosecondFireByTheirNumberWhateverTheOrderOfTheirArrivals()
    {
        PopulationTable targets = Build.EventLif(4, refractory: 1);
        NetworkTables tables = Build.Network(
            [Build.Source(3), targets, Build.EventLif(3, refractory: 1)],
            [
                Build.Project(0, 1, 3, [(0, 3, 500, 20000), (2, 0, 300, 20000), (1, 2, 400, 20000), (1, 1, 400, 20000)]),
                Build.Project(0, 2, 3, [(0, 0, 500, 20000), (1, 1, 400, 20000), (2, 2, 300, 20000)]),
            ],
            [(0, 0), (100, 1), (200, 2)]);
        Assert.Equal([3 + 0, 3 + 1, 3 + 2, 3 + 3, 7, 8, 9], Run.Spikes(new NetworkEngine(tables), 1000).Select(s => s.Neuron));
    }

    [Fact]
    public void AnInputComesBeforeArrivalsAndAStepAfterThem()
    {
        // The spike that arrives at 1000 counts in the step at 1000; the source's own spike at 1000 is recorded before.
        NetworkTables tables = Build.Network(
            [Build.Source(1, recorded: true), Build.ClockedLif(1), Build.EventLif(1)],
            [Build.Project(0, 1, 1, [(0, 0, 500, 20000)]), Build.Project(0, 2, 1, [(0, 0, 500, 20000)])],
            [(500, 0), (1000, 0)]);
        Assert.Equal([(500L, 0), (1000L, 0), (1000L, 2), (1000L, 1)], Run.Spikes(new NetworkEngine(tables), 1000));
    }

    [Fact]
    public void ManyRowsThatMeetInOneMicrosecondAreAllServed()
    {
        // 1000 rows with different delays that arrive together, from spikes in an unordered sequence.
        Random random = new(5);
        int[] delays = Enumerable.Range(0, 1000).Select(_ => random.Next(1, 20000)).ToArray();
        NetworkTables tables = Build.Network(
            [Build.Source(1000), Build.EventLif(1000)],
            [Build.Project(0, 1, 1000, delays.Select((d, i) => (i, i, d, 20000)))],
            delays.Select((d, i) => (20000 - d, i)).ToArray());
        List<(long Time, int Neuron)> spikes = Run.Spikes(new NetworkEngine(tables), 30000);
        Assert.Equal(Enumerable.Range(1000, 1000).Select(i => (20000L, i)), spikes);
    }

    [Fact]
    public void CrowdedBucketsAreServedInOrder()
    {
        // 3000 rows with arrivals at random within 64 µs, in an unordered sequence: far beyond what is sorted by insertion.
        Random random = new(6);
        (int Delay, int Sent)[] rows = Enumerable.Range(0, 3000).Select(_ => (random.Next(10000, 10064), random.Next(0, 50))).ToArray();
        NetworkTables tables = Build.Network(
            [Build.Source(3000), Build.EventLif(3000)],
            [Build.Project(0, 1, 3000, rows.Select((r, i) => (i, i, r.Delay, 20000)))],
            rows.Select((r, i) => (r.Sent, i)).ToArray());
        List<(long Time, int Neuron)> expected = rows.Select((r, i) => (Time: (long)r.Delay + r.Sent, Neuron: 3000 + i))
            .OrderBy(s => s.Time).ThenBy(s => s.Neuron).ToList();
        Assert.Equal(expected, Run.Spikes(new NetworkEngine(tables), 30000));
    }

    [Fact]
    public void AFullQueueDropsRowsAndCountsThem()
    {
        NetworkTables tables = Build.Network(
            [Build.Source(10), Build.EventLif(10)],
            [Build.Project(0, 1, 10, Enumerable.Range(0, 10).Select(i => (i, i, 1000, 20000)))],
            Enumerable.Range(0, 10).Select(i => (i, i)).ToArray());
        tables.QueueCapacity = 4;
        NetworkEngine engine = new(tables);
        Assert.Equal([10, 11, 12, 13], Run.Spikes(engine, 5000).Select(s => s.Neuron));
        Assert.Equal(6, engine.Counters.QueueDrops);
        Assert.Equal(4, engine.Counters.QueuePeak);

        // Places that were left are used again.
        engine.Inject(9, 6000);
        Run.To(engine, 8000);
        Assert.Equal(6, engine.Counters.QueueDrops);
        Assert.Equal(5, engine.Spikes.Count);
    }

    [Fact]
    public void AFullSpikeRingRefusesTheNewestAndCounts()
    {
        NetworkTables tables = Build.Network([Build.Source(1, recorded: true)], null, Enumerable.Range(0, 10).Select(i => (i * 10, 0))
            .ToArray());
        tables.SpikeCapacity = 4;
        NetworkEngine engine = new(tables);
        Run.To(engine, 50);
        Assert.Equal([0L, 10, 20, 30], Run.Spikes(engine).Select(s => s.Time));
        Assert.Equal(2, engine.Spikes.Dropped);
        Assert.Equal(6, engine.Spikes.Total);
        engine.Spikes.Remove(3);
        Run.To(engine, 90);
        Assert.Equal([30L, 60, 70, 80], Run.Spikes(engine).Select(s => s.Time));
        Assert.Equal(3, engine.Spikes.Dropped);
        Assert.Equal(4, engine.Spikes.HighWater);
        Assert.Throws<ArgumentOutOfRangeException>(() => engine.Spikes.Remove(5));
    }

    [Fact]
    public void InjectionsAreServedInOrderOfTimeAndOverflowIsCounted()
    {
        NetworkEngine engine = new(Build.Network([Build.Source(3, recorded: true), Build.EventLif(1)]));
        Assert.True(engine.Inject(0, 300));
        Assert.True(engine.Inject(1, 100));
        Assert.True(engine.Inject(2, 300));
        Assert.Equal(100, engine.NextEventTime);
        Assert.Equal([(100L, 1), (300L, 0), (300L, 2)], Run.Spikes(engine, 400));
        for (int i = 0; i < NetworkEngine.InjectCapacity; i++)
        {
            Assert.True(engine.Inject(0, 10));
        }

        Assert.False(engine.Inject(0, 500));
        Assert.Equal(1, engine.Counters.InjectDrops);
        engine.Spikes.Remove(3);
        Run.To(engine, 600);
        Assert.All(Run.Spikes(engine), s => Assert.Equal(400, s.Time));
        Assert.Throws<ArgumentOutOfRangeException>(() => engine.Inject(3, 700));
        Assert.Throws<ArgumentOutOfRangeException>(() => engine.Inject(-1, 700));
    }

    [Fact]
    public void WeightsChangeWhileANetworkRuns()
    {
        NetworkTables tables = Build.Network(
            [Build.Source(1), Build.EventLif(1), Build.EventLif(2)],
            [Build.Project(0, 1, 1, [(0, 0, 100, 10)]), Build.Project(0, 2, 1, [(0, 0, 100, 20), (0, 1, 200, 30)])],
            [(1000, 0), (2000, 0)]);
        NetworkEngine engine = new(tables);
        Assert.Equal([10, 20, 30], Enumerable.Range(0, 3).Select(engine.ReadWeight));
        Run.To(engine, 1150);
        engine.WriteWeight(2, 20000);
        Assert.Equal([(1200L, 3)], Run.Spikes(engine, 1900));
        Assert.Equal(20000, engine.ReadWeight(2));
        Assert.Equal(3, engine.SynapseCount);
        Assert.Throws<ArgumentOutOfRangeException>(() => engine.ReadWeight(3));
        Assert.Throws<ArgumentOutOfRangeException>(() => engine.ReadWeight(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => engine.WriteWeight(0, -32768));
    }
}
