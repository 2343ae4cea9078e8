// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Engine;
using NeuroMCU.Core.Numerics;
using NeuroMCU.Core.Tests.Support;
using NeuroMCU.Core.Tests.Thyristors;
using NeuroMCU.Models;

namespace NeuroMCU.Core.Tests.Engine;

/// <summary>What arrives in one microsecond counts as one sum: the order in which it comes decides nothing.</summary>
public sealed class MicrosecondTests
{
    public static TheoryData<int> Seeds => new(Enumerable.Range(1, 60));

    [Theory]
    [MemberData(nameof(Seeds))]
    public void TheOrderOfProjectionsAndSynapsesChangesNoSpike(int seed)
    {
        NetworkTables tables = Crowded(new Random(seed), null);
        List<(long Time, int Neuron)> expected = Run.Spikes(new NetworkEngine(tables), 80_000);
        Assert.Contains(expected, s => s.Neuron >= tables.Populations[0].Size);
        Random random = new(-seed);
        for (int i = 0; i < 4; i++)
        {
            Assert.Equal(expected, Run.Spikes(new NetworkEngine(Crowded(new Random(seed), random)), 80_000));
        }
    }

    [Theory]
    [InlineData(3.0, -2.5, 0)]
    [InlineData(-2.5, 3.0, 0)]
    [InlineData(3.0, -1.9, 1)]
    [InlineData(-1.9, 3.0, 1)]
    [InlineData(120, -119.5, 0)]
    [InlineData(-119.5, 120, 0)]
    [InlineData(-120, 120.98, 0)]
    [InlineData(-120, 121.5, 1)]
    public void ExcitationAndInhibitionOfOneMicrosecondAreComparedAsTheirSum(double first, double second, int spikes)
    {
        foreach (double floor in new[] { -0.3, -64 })
        {
            foreach (PopulationTable target in new[] { Build.EventLif(1, floor: floor), Build.ClockedLif(1, floor: floor) })
            {
                NetworkEngine engine = new(Pair(target, first, second, Formats.DeltaReceptor));
                Assert.Equal(spikes, Run.Spikes(engine, 1000).Count);
                if (spikes == 0)
                {
                    Assert.Equal(first + second, engine.ReadMembrane(2) / 16777216.0, 2);
                }
            }
        }
    }

    [Theory]
    [InlineData(40)]
    [InlineData(200)]
    public void SumsFarBeyondTheRangeLeaveNothingWhenTheyCancel(int inputs)
    {
        // 40 × −100 and 40 × +100.01 of 128 membrane units: only the difference is there afterwards.
        foreach (PopulationTable target in new[] { Build.EventLif(1), Build.EventLif(1, bias: 1.2, refractory: 100), Build.ClockedLif(1) })
        {
            target.Floor = [int.MinValue];
            target.Equilibrium = [0];
            List<(int, int, int, int)> synapses = [];
            for (int i = 0; i < inputs; i++)
            {
                synapses.Add((i, 0, 1000, -25600));
                synapses.Add((inputs + i, 0, 500, 25601));
            }

            NetworkTables tables = Build.Network(
                [Build.Source(2 * inputs), target],
                [Build.Project(0, 1, 2 * inputs, synapses, ImageLayout.MaxWeightScale)],
                [.. Enumerable.Range(0, 2 * inputs).Select(i => (i < inputs ? 0 : 500, i))]);
            NetworkEngine engine = new(tables);
            Run.To(engine, 1000);
            bool fires = inputs / 256.0 >= 1;
            Assert.Equal(fires ? 1 : 0, engine.Counters.Spikes - (2 * inputs));
            Assert.Equal(fires ? 0 : inputs / 256.0, engine.ReadMembrane(2 * inputs) / 16777216.0, 6);
        }
    }

    [Fact]
    public void AThyristorComparesTheSumOfItsChargesToo()
    {
        // In volts: the threshold lies at 2.6, ground is the floor. Together the two make 2.1, or 2.7.
        foreach ((double First, double Second, int Spikes) c in new[] { (2.9, -0.8, 0), (-0.8, 2.9, 0), (-0.2, 2.9, 1), (2.9, -0.2, 1) })
        {
            NetworkEngine engine = new(Pair(Cell.W25.Table(1, 0), c.First, c.Second, Formats.DeltaReceptor));
            Assert.Equal(c.Spikes, Run.Spikes(engine, 1000).Count);
        }
    }

    [Fact]
    public void AllNeuronsOfAllModelsMayFireInOneMicrosecond()
    {
        PopulationTable[] targets = [Build.EventLif(9), Cell.W25.Table(9, 0), new BurstingCell(1000).Table(9, 0),
            Build.EventLif(9, bias: 0.5)];
        NetworkTables tables = Build.Network(
            [Build.Source(1), .. targets],
            [.. targets.Select((t, i) => Build.Project(0, i + 1, 1, Enumerable.Range(0, 9).Select(n => (0, n, 500, 1000)),
                ImageLayout.MaxWeightScale, t.IsLif ? 0 : Formats.DeltaReceptor))],
            [(500, 0)]);
        Assert.Equal(Enumerable.Range(1, 36).Select(n => (1000L, n)), Run.Spikes(new NetworkEngine(tables), 1000));
    }

    [Fact]
    public void NeuronsThatFireTogetherSendTogether()
    {
        // Both relays fire at 1000 and send without delay: +1.5 and −1.2. The last neuron sees 0.3, whoever comes first in the network.
        foreach ((int Excites, int Inhibits) relay in new[] { (0, 1), (1, 0) })
        {
            NetworkTables tables = Build.Network(
                [Build.Source(1), Build.EventLif(2, refractory: 1000), Build.EventLif(1, refractory: 1000)],
                [
                    Build.Project(0, 1, 1, [(0, 0, 500, 20000), (0, 1, 500, 20000)]),
                    Build.Project(1, 2, 2, [(relay.Excites, 0, 0, 24576), (relay.Inhibits, 0, 0, -19661)]),
                ],
                [(500, 0)]);
            NetworkEngine engine = new(tables);
            Assert.Equal([(1000L, 1), (1000L, 2)], Run.Spikes(engine, 1000));
            Assert.Equal(0.3, engine.ReadMembrane(3) / 16777216.0, 3);
        }
    }

    [Fact]
    public void AChainWithoutDelayRunsThroughInOneMicrosecond()
    {
        // Each of 50 neurons drives the next with delay 0; the last row is halved, so that the last neuron stays silent.
        NetworkTables tables = Build.Network(
            [Build.Source(1), Build.EventLif(50, refractory: 1000)],
            [
                Build.Project(0, 1, 1, [(0, 0, 0, 20000)]),
                Build.Project(1, 1, 50, Enumerable.Range(0, 49).Select(i => (i, i + 1, 0, i == 48 ? 10000 : 20000))),
            ],
            [(700, 0)]);
        Assert.Equal(Enumerable.Range(1, 49).Select(n => (700L, n)), Run.Spikes(new NetworkEngine(tables), 700));
    }

    [Fact]
    public void WhatIsReadInTheMiddleOfAMicrosecondIsTheSumSoFar()
    {
        NetworkTables tables = Pair(Build.EventLif(1), 3.0, -2.5, Formats.DeltaReceptor);
        NetworkEngine engine = new(tables);
        List<double> read = [];
        while (engine.Advance(1000, 1) != 0)
        {
            read.Add(Math.Round(engine.ReadMembrane(2) / 16777216.0, 2));
        }

        Assert.Contains(3.0, read);
        Assert.Equal(0.5, read[^1], 2);
    }

    // Two sources whose spikes arrive at 1000, the first over the first projection.
    private static NetworkTables Pair(PopulationTable target, double first, double second, int receptor)
    {
        ProjectionTable Over(int source, double weight) =>
            Build.Project(0, 1, 2, [(source, 0, 1000, (int)Math.Round(weight * 256))], ImageLayout.MaxWeightScale, target.IsLif ? 0
                : receptor);
        return Build.Network([Build.Source(2), target], [Over(0, first), Over(1, second)], [(0, 0), (0, 1)]);
    }

    // Everything happens on a grid of a millisecond, so that many arrivals meet, with every model that something arrives at. Shuffled, each
    // projection is dealt out to two, and all of them and their synapses come in another order.
    private static NetworkTables Crowded(Random random, Random? shuffle)
    {
        PopulationTable[] populations =
        [
            Build.Source(12),
            Build.EventLif(8, 5000, 0.3, 1000, 0.1, random.Next(2) == 0, -0.4),
            Build.EventLif(6, 12000, 1.2, 2000, 0, false, -64),
            Build.ClockedLif(6, 9000, 100, 0.2, 500, 0, random.Next(2) == 0, -0.3),
            Build.ExponentialLif(6, 9000, 3000, 6000, 100, 0.2, 1000),
            Cell.W25.Table(5, 40e-6),
        ];
        List<ProjectionTable> projections = [];
        for (int target = 1; target < populations.Length; target++)
        {
            bool thyristor = populations[target].Model is Thyristor;
            for (int k = 0; k < 3; k++)
            {
                int source = k == 0 ? 0 : random.Next(populations.Length);
                int shortest = source != 0 || k == 1 ? 1 : 0;
                List<(int, int, int, int)> synapses = [];
                for (int row = 0; row < populations[source].Size; row++)
                {
                    for (int i = 0; i < 4; i++)
                    {
                        synapses.Add((row, random.Next(populations[target].Size), random.Next(shortest, 4) * 1000, random.Next(2) == 0
                            ? random.Next(2000, 9000) : -random.Next(2000, 7000)));
                    }
                }

                bool inhibits = populations[target].IsExponential && k == 2;
                int receptor = thyristor ? Formats.DeltaReceptor : inhibits ? 1 : 0;
                foreach (var part in synapses.OrderBy(_ => shuffle?.Next() ?? 0).ToLookup(_ => shuffle?.Next(2) ?? 0))
                {
                    projections.Add(Build.Project(source, target, populations[source].Size, part, 2048, receptor));
                }
            }
        }

        NetworkTables tables = Build.Network(populations, [.. projections.OrderBy(_ => shuffle?.Next() ?? 0)],
            [.. Enumerable.Range(0, 400).Select(_ => (random.Next(80) * 1000, random.Next(12)))]);
        tables.QueueCapacity = 16000;
        return tables;
    }
}
