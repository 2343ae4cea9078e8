// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Engine;
using NeuroMCU.Core.Numerics;
using NeuroMCU.Core.Tests.Support;

namespace NeuroMCU.Core.Tests.Thyristors;

/// <summary>The engine's thyristor neurons against the written rules, whatever the parameters, currents and charges.</summary>
public sealed class LawTests
{
    private const int Until = 200_000;
    private const int Scale = 64;

    public static TheoryData<int> Seeds => new(Enumerable.Range(1, 40));

    [Theory]
    [MemberData(nameof(Seeds))]
    public void SpikesAreThoseOfTheRulesWalkedInDoublePrecision(int seed)
    {
        Random random = new(seed);
        Cell cell = RandomCell(random);
        double bias = cell.Onset * Between(random, 0.5, 1.8);
        DriveTable[] drives = Drives(random, cell, bias);
        (int Time, int Weight)[] charges = [.. Enumerable.Range(0, 6).Select(_ => (random.Next(1000, Until), random.Next(-20000, 30000)))];

        NetworkTables tables = Build.Network(
            [Build.Source(charges.Length), cell.Table(1, bias)],
            [Build.Project(0, 1, charges.Length, charges.Select((c, i) => (i, 0, 0, c.Weight)), Scale, Formats.DeltaReceptor)],
            [.. charges.Select((c, i) => (c.Time, i))]);
        tables.Drives = drives;
        long[] engine = [.. Run.Spikes(new NetworkEngine(tables), Until).Select(s => s.Time)];

        PlainLaw plain = new(cell, Cell.Current(bias) * Cell.Unit);
        plain.Run(
            Until,
            [.. drives.SelectMany(d => new[] { d.Start, d.Stop }).Distinct()
                .Select(t => ((long)t, CurrentAt(drives, Cell.Current(bias), t)))],
            [.. charges.Select(c => ((long)c.Time, c.Weight * Scale / Math.Pow(2, Formats.MembraneBits)))]);

        Assert.Equal(plain.Spikes.Count, engine.Length);
        Assert.All(engine.Zip(plain.Spikes), pair => Assert.InRange(pair.First - pair.Second, -0.7, 0.7));
    }

    [Fact]
    public void CuttingARunIntoPiecesChangesNothing()
    {
        NetworkEngine whole = new(Mixed());
        NetworkEngine pieces = new(Mixed());
        Run.To(whole, 300_000);
        Random random = new(3);
        for (long time = 0; time < 300_000;)
        {
            time = Math.Min(300_000, time + random.Next(900));
            while (pieces.Advance(time, 3) >= 3)
            {
            }
        }

        Assert.NotEmpty(Run.Spikes(whole));
        Assert.Equal(Run.Spikes(whole), Run.Spikes(pieces));
        pieces.Reset();
        Run.To(pieces, 300_000);
        Assert.Equal(Run.Spikes(whole), Run.Spikes(pieces));
    }

    [Fact]
    public void NothingIsAllocatedAfterTheConstructor()
    {
        long least = long.MaxValue;
        for (int attempt = 0; attempt < 10 && least > 0; attempt++)
        {
            NetworkEngine engine = new(Mixed());
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (long time = 1000; time < 200_000; time += 1000)
            {
                engine.Advance(time, int.MaxValue);
                engine.ReadMembrane(2);
                engine.ChannelSpike(0, time + 10);
                engine.Spikes.Remove(engine.Spikes.Count);
                if (engine.ChannelCurrent(0) < 0)
                {
                    engine.ChannelOf(0);
                }
            }

            engine.Advance(3L << 30, 100_000);
            engine.Reset();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(0, least);
    }

    [Fact]
    public void ASpikeOfTheBoardIsRecordedAndDrivesOtherNeurons()
    {
        NetworkEngine engine = new(Mixed());
        Assert.Equal(1, engine.ChannelCount);
        Assert.Equal(5, engine.ChannelOf(0));
        Run.To(engine, 1000);
        engine.ChannelSpike(0, 1500);
        engine.ChannelSpike(0, 200);
        int channel = engine.NeuronCount - 1;
        Assert.Equal([1000L, 1500L], Run.Spikes(engine, 5000).Where(s => s.Neuron == channel).Select(s => s.Time));
        int events = (int)engine.Counters.SynapticEvents;
        engine.ChannelSpike(0, 6000);
        Run.To(engine, 6000);
        Assert.True(engine.Counters.SynapticEvents > events);
    }

    // Thyristors that fire by themselves, ones with receptors, bursting ones, and a channel, all connected.
    private static NetworkTables Mixed()
    {
        const int step = 100;
        PopulationTable channel = Cell.WithReceptor(Cell.W25.Table(1, 44e-6), 2, false, 0.02, step);
        channel.Channels = [5];
        NetworkTables tables = Build.Network(
            [
                Cell.W25.Table(2, 60e-6, 90e-6),
                Cell.WithReceptor(Cell.WithReceptor(Cell.W25.Table(2, 50e-6), 1, true, 0.005, step), 2, false, 0.02, step),
                new BurstingCell(2400).Table(1, 60e-6, 0.02),
                channel,
            ],
            [
                Build.Project(0, 1, 2, [(0, 0, 100, 9000), (1, 1, 0, 9000)], 4, 1),
                Build.Project(1, 1, 2, [(0, 1, 0, 9000), (1, 0, 700, 9000)], 4, 0),
                Build.Project(2, 3, 1, [(0, 0, 300, 2000)], 4, 0),
                Build.Project(3, 0, 1, [(0, 0, 0, -2000), (0, 1, 0, 2000)], 64, Formats.DeltaReceptor),
            ]);
        tables.Drives = [new DriveTable { Population = 0, Count = 2, Amplitude = Cell.Current(40e-6), Start = 50_000, Stop = 90_000 }];
        return tables;
    }

    private static DriveTable[] Drives(Random random, Cell cell, double bias)
    {
        // One that changes the rate, one that blocks, one that inhibits; they do not overlap.
        double[] targets = [cell.Onset * Between(random, 1.1, 1.5), cell.Hold * 1.1, -0.3 * cell.Onset];
        return
        [
            .. targets.Select((current, i) => new DriveTable
            {
                Count = 1,
                Population = 1,
                Amplitude = Cell.Current(current - bias),
                Start = 30_000 + (i * 50_000) + random.Next(10_000),
                Stop = 50_000 + (i * 50_000) + random.Next(10_000),
            }),
        ];
    }

    private static double CurrentAt(DriveTable[] drives, int bias, int time) =>
        (bias + drives.Where(d => time >= d.Start && time < d.Stop).Sum(d => (long)d.Amplitude)) * Cell.Unit;

    private static Cell RandomCell(Random random)
    {
        double load = Between(random, 200, 2500);
        double onset = Between(random, 25e-6, 50e-6);
        double hold = onset * Between(random, 1.6, 3);
        double on = random.Next(2) == 0 ? 0 : 0.7;
        double threshold = on + (hold * (load + 25)) + Between(random, 0.3, 2);
        double memory = random.Next(2) == 0 ? 0 : 0.05;
        return new Cell(
            Math.Pow(10, Between(random, -7.5, -6.3)), load, threshold, onset, Between(random, 0, threshold * 0.8), hold, on, 25,
            random.Next(0, 2000) * 1e-6, memory, 20e-3);
    }

    private static double Between(Random random, double least, double most) => least + ((most - least) * random.NextDouble());
}
