// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Engine;
using NeuroMCU.Core.Tests.Support;

namespace NeuroMCU.Core.Tests.Thyristors;

/// <summary>The thyristor neuron against what was published of it, and against its closed form.</summary>
public sealed class RateTests
{
    [Theory]
    [InlineData(60, 22, 3)] // Wu et al. 2023, figure 2: printed limits and curve
    [InlineData(40, 12, 1.8)]
    [InlineData(50, 17, 2.6)]
    [InlineData(80, 30, 3)]
    [InlineData(92.4, 34, 3.4)]
    [InlineData(110, 39, 3.9)]
    [InlineData(122, 41, 4.1)]
    [InlineData(32, 0, 0)]
    [InlineData(129, 0, 0)]
    public void TheSetOf2023FiresAsPublished(double microamperes, double hertz, double tolerance)
    {
        Assert.InRange(Rate(Cell.W23, microamperes * 1e-6, 4), hertz - tolerance, hertz + tolerance);
    }

    [Theory]
    [InlineData(44, 0)]
    [InlineData(55, 100)]
    [InlineData(65, 130)]
    [InlineData(75, 155)]
    [InlineData(85, 180)]
    [InlineData(97, 195)]
    [InlineData(112, 0)]
    public void TheSetOf2025FiresAsPublished(double microamperes, double hertz)
    {
        // Wu et al. 2025, figure 6(a), read off the figure.
        Assert.InRange(Rate(Cell.W25, microamperes * 1e-6, 2), hertz * 0.85, hertz * 1.15);
    }

    [Fact]
    public void TheRateIsTheClosedFormsForAnyComponents()
    {
        Random random = new(7);
        for (int trial = 0; trial < 200; trial++)
        {
            Cell cell = RandomCell(random);
            double current = cell.Onset + ((cell.Hold - cell.Onset) * (0.05 + (0.9 * random.NextDouble())));
            double expected = cell.Rate(current);

            // The two spikes between which the rate is taken each lie on a whole microsecond.
            double tolerance = 5e-5 + (expected * 1e-6 / 17);
            Assert.InRange(Rate(cell, current, 20 / expected), expected * (1 - tolerance), expected * (1 + tolerance));
        }
    }

    [Fact]
    public void BelowOnsetAndAboveHoldItIsSilent()
    {
        Random random = new(8);
        for (int trial = 0; trial < 100; trial++)
        {
            Cell cell = RandomCell(random);
            Assert.Empty(Spikes(cell, cell.Onset * 0.995, 1));

            // In the block one spike comes first: the one that latches.
            Assert.Single(Spikes(cell, cell.Hold * 1.005, 1));
        }
    }

    [Fact]
    public void ABlockedNeuronFiresAgainWhenTheDriveFalls()
    {
        NetworkTables tables = Build.Network([Cell.W25.Table(1, 80e-6)]);
        tables.Drives = [new DriveTable { Count = 1, Amplitude = Cell.Current(40e-6), Start = 500_000, Stop = 1_000_000 }];
        List<(long Time, int Neuron)> spikes = Run.Spikes(new NetworkEngine(tables), 1_500_000);
        Assert.InRange(spikes.Count(s => s.Time >= 500_000 && s.Time < 1_000_000), 1, 1);
        double before = spikes.Count(s => s.Time < 500_000);
        double after = spikes.Count(s => s.Time >= 1_000_000);
        Assert.InRange(after / before, 0.97, 1.03);
    }

    [Fact]
    public void ANegativeCurrentEmptiesTheCapacitorAndNoFurther()
    {
        NetworkTables tables = Build.Network([Cell.W25.Table(1, -5e-6)]);
        tables.Drives = [new DriveTable { Count = 1, Amplitude = Cell.Current(85e-6), Start = 100_000, Stop = int.MaxValue }];
        NetworkEngine engine = new(tables);
        Run.To(engine, 99_999);
        Assert.Equal(0, engine.ReadMembrane(0));
        double first = 0.1 + (0.1e-6 * 0.61 / 80e-6) + (1.99 / 46.4e-6 * 0.1e-6
            * Math.Log((80e-6 * 1.99 / 46.4e-6) / ((80e-6 * 1.99 / 46.4e-6) - 1.99)));
        Assert.InRange(Run.Spikes(engine, 200_000)[0].Time, (first * 1e6) - 3, (first * 1e6) + 3);
    }

    [Fact]
    public void ReadingTheMembraneChangesNothing()
    {
        NetworkTables tables = Build.Network([Cell.W25.Table(3, 50e-6, 70e-6, 100e-6)]);
        NetworkEngine watched = new(tables);
        for (long time = 0; time <= 300_000; time += 137)
        {
            Run.To(watched, time);
            for (int neuron = 0; neuron < 3; neuron++)
            {
                Assert.InRange(watched.ReadMembrane(neuron), 0, Build.Q24(2.6));
            }
        }

        Assert.Equal(Run.Spikes(new NetworkEngine(tables), 300_000), Run.Spikes(watched, 300_000));
    }

    [Fact]
    public void TimeGoesOnThroughTheChangesOfTheTimeBase()
    {
        // 2^30 µs are 18 minutes: the steady neuron keeps its period, the slow one its charge.
        Cell slow = Cell.W23 with { Capacitance = 2e-3 };
        NetworkTables tables = Build.Network([Cell.W23.Table(1, 60e-6), slow.Table(1, 40e-6)]);
        List<(long Time, int Neuron)> spikes = Run.Spikes(new NetworkEngine(tables), 1_200_000_000);
        long[] steady = [.. spikes.Where(s => s.Neuron == 0).Select(s => s.Time)];
        Assert.Equal(1e6 / Cell.W23.Rate(60e-6), (steady[^1] - steady[1]) / (steady.Length - 2.0), 0.01);
        Assert.All(steady.Skip(2).Zip(steady.Skip(1), (b, a) => b - a), p => Assert.InRange(p - (1e6 / Cell.W23.Rate(60e-6)), -1, 1));
        double[] slowPeriods = [.. spikes.Where(s => s.Neuron == 1).Select(s => (double)s.Time).Skip(1)
            .Zip(spikes.Where(s => s.Neuron == 1).Select(s => (double)s.Time), (b, a) => b - a).Skip(1)];
        Assert.True(slowPeriods.Length > 20);
        Assert.All(slowPeriods, p => Assert.InRange(p, slowPeriods[0] - 20, slowPeriods[0] + 20));
    }

    [Fact]
    public void ThresholdMemoryGivesAJumpAtOnsetAndHysteresis()
    {
        Cell cell = Cell.W25 with { Memory = 0.05, MemoryTime = 30e-3 };
        NetworkTables tables = Build.Network([cell.Table(1, cell.Onset - 0.5e-6)]);
        tables.Drives =
        [
            new DriveTable { Count = 1, Amplitude = Cell.Current(1.5e-6), Start = 500_000, Stop = 1_000_000 },
        ];
        List<(long Time, int Neuron)> spikes = Run.Spikes(new NetworkEngine(tables), 2_000_000);
        Assert.DoesNotContain(spikes, s => s.Time < 500_000);
        Assert.InRange(spikes.Count(s => s.Time >= 1_500_000), 10, 60);
        Assert.Equal(0, cell.Rate(cell.Onset - 0.5e-6));
    }

    [Fact]
    public void StepsOfDriveReachTheirNeuronsAndNoOthers()
    {
        // Neurons below onset; drives lift some of them, one by one and together. Each fires as a neuron of its own with that current does.
        NetworkTables tables = Build.Network([Cell.W25.Table(5, 45e-6)]);
        tables.Drives =
        [
            new DriveTable { First = 1, Count = 2, Amplitude = Cell.Current(10e-6), Start = 0, Stop = int.MaxValue },
            new DriveTable { First = 2, Count = 2, Amplitude = Cell.Current(20e-6), Start = 0, Stop = int.MaxValue },
        ];
        List<(long Time, int Neuron)> spikes = Run.Spikes(new NetworkEngine(tables), 400_000);
        double[] currents = [45e-6, 55e-6, 75e-6, 65e-6, 45e-6];
        for (int neuron = 0; neuron < currents.Length; neuron++)
        {
            long[] alone = [.. Spikes(Cell.W25, currents[neuron], 0.4).Select(s => s.Time)];
            Assert.Equal(alone, spikes.Where(s => s.Neuron == neuron).Select(s => s.Time));
        }
    }

    private static Cell RandomCell(Random random)
    {
        double Between(double least, double most) => least + ((most - least) * random.NextDouble());
        double load = Between(40, 2500);
        double onset = Between(25e-6, 50e-6);
        double hold = onset * Between(1.5, 3.5);
        double on = random.Next(2) == 0 ? 0 : 0.7;
        double threshold = on + (hold * (load + 25)) + Between(0.2, 2);
        return new Cell(Math.Pow(10, Between(-7.5, -5)), load, threshold, onset, Between(0, threshold * 0.9), hold, on, 25,
            Between(0, 1e-3));
    }

    private static double Rate(Cell cell, double current, double seconds)
    {
        List<(long Time, int Neuron)> spikes = Spikes(cell, current, seconds);
        return spikes.Count < 3 ? 0 : (spikes.Count - 2) * 1e6 / (spikes[^1].Time - spikes[1].Time);
    }

    private static List<(long Time, int Neuron)> Spikes(Cell cell, double current, double seconds)
    {
        return Run.Spikes(new NetworkEngine(Build.Network([cell.Table(1, current)])), (long)(seconds * 1e6));
    }
}
