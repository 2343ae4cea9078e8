// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Engine;
using NeuroMCU.Core.Tests.Support;
using NeuroMCU.Tests.Shared;

namespace NeuroMCU.Core.Tests.Engine;

public sealed class AccuracyTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void FixedPointGivesTheSpikesOfDoublePrecision(int seed)
    {
        Assert.SkipUnless(Effort.Of(100) == 100, "two million steps of the reference take seconds");

        // 60 sources drive 50 event-driven neurons with delta and 50 clocked ones with exponential synapses.
        Random random = new(seed);
        NetworkTables tables = Build.Network(
            [Build.Source(60), Build.EventLif(50, 15000, 0.4, 1500), Build.ExponentialLif(50, 15000, 4000, 8000, 100, 0.4, 1500)],
            [Rows(random, 1, 0), Rows(random, 2, 0), Rows(random, 2, 1)]);
        tables.PoissonSources = [new PoissonTable { First = 0, Count = 60, MeanInterval = 20000, Seed = (uint)seed, Stop = int.MaxValue }];
        NetworkEngine engine = new(tables);
        Run.To(engine, 2500000);
        Oracle reference = new(tables, exact: true);
        reference.Run(2500000);
        Assert.Equal(0, engine.Counters.QueueDrops);
        Assert.True(reference.Spikes.Count > 5000, $"{reference.Spikes.Count} spikes are too few to judge");

        ILookup<int, long> given = Run.Spikes(engine).ToLookup(s => s.Neuron, s => s.Time);
        int matched = 0;
        foreach (IGrouping<int, long> neuron in reference.Spikes.GroupBy(s => s.Neuron, s => s.Time))
        {
            HashSet<long> times = [.. given[neuron.Key]];
            matched += neuron.Count(t => Enumerable.Range(-100, 201).Any(d => times.Contains(t + d)));
        }

        Assert.InRange(matched / (double)reference.Spikes.Count, 0.99, 1);
        Assert.InRange(engine.Spikes.Total / (double)reference.Spikes.Count, 0.999, 1.001);
    }

    private static ProjectionTable Rows(Random random, int target, int receptor)
    {
        List<(int, int, int, int)> synapses = [];
        for (int i = 0; i < 60 * 20; i++)
        {
            int weight = receptor == 0 ? random.Next(500, target == 1 ? 3500 : 9000) : -random.Next(500, 3000);
            synapses.Add((i / 20, random.Next(50), random.Next(300, 15000), weight));
        }

        return Build.Project(0, target, 60, synapses, 1024, receptor);
    }
}
