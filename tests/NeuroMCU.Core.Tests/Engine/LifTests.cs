// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Engine;
using NeuroMCU.Core.Tests.Support;

namespace NeuroMCU.Core.Tests.Engine;

public sealed class LifTests
{
    [Theory]
    [InlineData(1000)]
    [InlineData(20000)]
    [InlineData(700000)]
    public void AMembraneDecaysExponentially(double tau)
    {
        NetworkTables tables = OneInput(Build.EventLif(1, tau), weight: 8192, delay: 50);
        NetworkEngine engine = new(tables);
        for (long time = 150; time < 20 * tau; time = (time * 17 / 10) + 1)
        {
            Run.To(engine, time);
            double expected = 0.5 * Math.Exp(-(time - 150) / tau);
            Assert.InRange(engine.ReadMembrane(1) / 16777216.0, expected - 1.5e-7, expected + 1.5e-7);
        }
    }

    [Theory]
    [InlineData(2000, 1.01)]
    [InlineData(20000, 1.2)]
    [InlineData(20000, 40)]
    [InlineData(300000, 1.5)]
    [InlineData(1000000, 1.2)]
    public void CrossingsFallOnTheClosedForm(double tau, double bias)
    {
        // After each spike at t the next is due at t + r + τ·ln((e − ρ)/(e − θ)), at the nearest whole microsecond.
        const int refractory = 1500;
        NetworkTables tables = Build.Network([Build.EventLif(1, tau, bias, refractory, reset: 0.25)]);
        NetworkEngine engine = new(tables);
        double e = tables.Populations[0].Equilibrium[0] / 16777216.0;
        Run.To(engine, 20 * 1000000);
        List<(long Time, int Neuron)> spikes = Run.Spikes(engine);
        Assert.True(spikes.Count > 5);
        double rounded = Math.Log2(Math.E) / (tables.Populations[0].LeakRate[0] / Math.Pow(2, 40));
        double first = rounded * Math.Log(e / (e - 1));
        double interval = refractory + (rounded * Math.Log((e - 0.25) / (e - 1)));
        Assert.InRange(spikes[0].Time, first - 0.6, first + 0.6);

        // What rounding leaves over is carried, so that it never adds up.
        for (int i = 1; i < spikes.Count; i++)
        {
            double exact = first + (i * interval);
            Assert.InRange(spikes[i].Time, exact - 0.6 - (exact * 2e-8), exact + 0.6 + (exact * 2e-8));
        }
    }

    [Theory]
    [InlineData(2, 1.5)]
    [InlineData(2, 1.01)]
    [InlineData(7, 1.9)]
    [InlineData(30, 4)]
    [InlineData(240, 60)]
    [InlineData(20000, 60)]
    public void TheMeanRateIsUnbiasedHoweverFast(double tau, double bias)
    {
        NetworkTables tables = Build.Network([Build.EventLif(1, tau, bias)]);
        double e = tables.Populations[0].Equilibrium[0] / 16777216.0;
        double rounded = Math.Log2(Math.E) / (tables.Populations[0].LeakRate[0] / Math.Pow(2, 40));
        double interval = rounded * Math.Log(e / (e - 1));
        long until = (long)(3000 * interval);
        List<(long Time, int Neuron)> spikes = Run.Spikes(new NetworkEngine(tables), until);
        Assert.InRange(spikes.Count, 2998, 3001);
        Assert.Equal(interval, (spikes[^1].Time - spikes[0].Time) / (spikes.Count - 1.0), 5e-4);
    }

    [Theory]
    [InlineData(1.1)]
    [InlineData(2)]
    [InlineData(8)]
    public void TheClockedRateFollowsTheClosedFormToAStep(double bias)
    {
        const int step = 100;
        NetworkTables tables = Build.Network([Build.ClockedLif(1, 20000, step, bias, refractory: 2000)]);
        NetworkEngine engine = new(tables);
        List<(long Time, int Neuron)> spikes = Run.Spikes(engine, 5000000);
        long interval = 2000 + (step * (long)Math.Ceiling(20000 * Math.Log(bias / (bias - 1)) / step));
        Assert.All(spikes.Skip(1).Zip(spikes, (b, a) => b.Time - a.Time), d => Assert.InRange(d, interval - step, interval + step));
    }

    [Fact]
    public void BelowRheobaseNothingFires()
    {
        NetworkTables tables = Build.Network([Build.EventLif(3, bias: 0.999), Build.ClockedLif(3, bias: 0.999)]);
        Assert.Empty(Run.Spikes(new NetworkEngine(tables), 10000000));
    }

    [Fact]
    public void AStepCurrentDrivesAnExponentialSynapseAlongTheClosedForm()
    {
        // One spike of weight w: u(t) = w·τs/(τs − τ)·(exp(−t/τs) − exp(−t/τ)) from the step that it arrives in.
        const double tau = 10000;
        const double synapse = 4000;
        PopulationTable target = Build.ExponentialLif(1, tau, synapse, synapse, 100);
        NetworkTables tables = Build.Network([Build.Source(1), target], [Build.Project(0, 1, 1, [(0, 0, 0, 16384)], 1024)], [(100, 0)]);
        NetworkEngine engine = new(tables);
        for (int step = 2; step < 400; step++)
        {
            Run.To(engine, (step * 100) + 50);
            double t = (step * 100) - 100;
            double expected = synapse / (synapse - tau) * (Math.Exp(-t / synapse) - Math.Exp(-t / tau));
            Assert.InRange(engine.ReadMembrane(1) / 16777216.0, expected - 1e-6, expected + 1e-6);
        }
    }

    [Fact]
    public void RefractoryNeuronsIgnoreInputUntilTheEndExclusive()
    {
        // Spikes at 1000 (fires), then at 1999 (ignored: held until 3000) and 3000 (counts).
        NetworkTables tables = OneInput(Build.EventLif(1, refractory: 2000), 17000, 0, 1000, 1999, 2999, 3000);
        Assert.Equal([1000, 3000], Run.Spikes(new NetworkEngine(tables), 10000).Select(s => s.Time));
    }

    [Fact]
    public void ClockedNeuronsHoldForAllStartedSteps()
    {
        // A refractory period of 250 µs holds for three steps: of the input in every step, the fourth after a spike counts again.
        int[] times = Enumerable.Range(0, 40).Select(i => 50 + (100 * i)).ToArray();
        NetworkTables tables = OneInput(Build.ClockedLif(1, refractory: 250), 17000, 0, times);
        long[] spikes = Run.Spikes(new NetworkEngine(tables), 4000).Select(s => s.Time).ToArray();
        Assert.Equal(100, spikes[0]);
        Assert.All(spikes.Skip(1).Zip(spikes, (b, a) => b - a), d => Assert.Equal(400, d));
    }

    [Fact]
    public void ResetToAValueForgetsTheExcess()
    {
        NetworkTables tables = OneInput(Build.EventLif(1, reset: 0.25), 32767, 0, 1000);
        NetworkEngine engine = new(tables);
        Run.To(engine, 1000);
        Assert.Equal(Build.Q24(0.25), engine.ReadMembrane(1));
    }

    [Fact]
    public void ResetBySubtractionKeepsTheExcessAndSpendsItOneMicrosecondLater()
    {
        // 2.25 at once: 1 is taken off twice, one microsecond apart; nearly a quarter is left.
        NetworkTables tables = OneInput(Build.EventLif(1, tau: 1000000, subtract: true), 24000, 0, 1000);
        tables.Projections[0].WeightScale = 1573;
        NetworkEngine engine = new(tables);
        Assert.Equal([1000, 1001], Run.Spikes(engine, 1001).Select(s => s.Time));
        Assert.InRange(engine.ReadMembrane(1) / 16777216.0, 0.2499, 0.2503);
    }

    [Fact]
    public void TheFloorHolds()
    {
        foreach (PopulationTable population in new[] { Build.EventLif(1, floor: -0.5), Build.ClockedLif(1, floor: -0.5) })
        {
            NetworkTables tables = OneInput(population, -30000, 0, 1000, 1010, 1020);
            NetworkEngine engine = new(tables);
            Run.To(engine, 1100);
            Assert.InRange(engine.ReadMembrane(1), Build.Q24(-0.5), Build.Q24(-0.49));
        }
    }

    [Fact]
    public void MembranesSaturateInsteadOfWrapping()
    {
        // Weights of the full range of 128 units, again and again, with the threshold out of the way of inhibition.
        foreach (PopulationTable population in new[] { Build.EventLif(1), Build.ClockedLif(1) })
        {
            population.Floor = [int.MinValue];
            NetworkTables tables = OneInput(population, -32767, 0, Enumerable.Range(1000, 50).ToArray());
            tables.Projections[0].WeightScale = ImageLayout.MaxWeightScale;
            NetworkEngine engine = new(tables);
            Run.To(engine, 1100);
            Assert.InRange(engine.ReadMembrane(1), int.MinValue, Build.Q24(-126));
            Assert.Empty(Run.Spikes(engine));
        }
    }

    [Fact]
    public void DriveStepsTheEquilibriumAndTakesItBackExactly()
    {
        NetworkTables tables = Build.Network([Build.EventLif(2, tau: 5000), Build.ClockedLif(2, tau: 5000)]);
        tables.Drives =
        [
            new DriveTable { Population = 0, First = 1, Count = 1, Amplitude = Build.Q24(0.8), Start = 10000, Stop = 200000 },
            new DriveTable { Population = 1, First = 0, Count = 2, Amplitude = Build.Q24(0.8), Start = 10000, Stop = 200000 },
        ];
        NetworkEngine engine = new(tables);
        Run.To(engine, 15000);
        Assert.Equal(0, engine.ReadMembrane(0));
        Assert.Equal(0.8 * (1 - Math.Exp(-1)), engine.ReadMembrane(1) / 16777216.0, 6);

        // The step at 10 000 µs comes after the drive of its microsecond, so that 51 steps have been made with it.
        Assert.Equal(0.8 * (1 - Math.Exp(-1.02)), engine.ReadMembrane(2) / 16777216.0, 6);
        Run.To(engine, 199999);
        Assert.Equal(0.8, engine.ReadMembrane(1) / 16777216.0, 6);
        Run.To(engine, 1000000);
        Assert.Equal(0, engine.ReadMembrane(1));

        // Where the decay of a step rounds to nothing a clocked membrane rests: within half a unit over 1 − D.
        Assert.InRange(engine.ReadMembrane(2), -26, 26);
    }

    [Fact]
    public void MembranesAreRightAfterHoursOfSilence()
    {
        // Local time starts anew every 2^30 µs (18 minutes): nothing may show.
        const long hours = 3L * 3600 * 1000000;
        NetworkTables tables = Build.Network([Build.Source(1), Build.EventLif(1), Build.EventLif(1, tau: 1000000, bias: 1.5)],
            [Build.Project(0, 1, 1, [(0, 0, 700, 8192)])]);
        NetworkEngine engine = new(tables);
        engine.Inject(0, hours);
        engine.Inject(0, hours + 1000);
        Run.To(engine, hours + 699);
        Assert.Equal(0, engine.ReadMembrane(1));
        Run.To(engine, hours + 700);
        Assert.Equal(Build.Q24(0.5), engine.ReadMembrane(1));
        Run.To(engine, hours + 1700);
        Assert.Equal(0.5 + (0.5 * Math.Exp(-0.05)), engine.ReadMembrane(1) / 16777216.0, 6);
        double interval = 1000000 * Math.Log(1.5 / 0.5);
        Assert.InRange(engine.Counters.Spikes, Math.Floor(hours / interval) + 2, Math.Floor(hours / interval) + 3);
    }

    [Fact]
    public void AMembraneThatNobodyTouchesForHoursIsAtRest()
    {
        // It is only brought forward when something arrives: the moment of its last change lies many changes of the time base ago.
        NetworkEngine engine = new(Build.Network([Build.EventLif(1, initial: 0.5), Build.EventLif(1, bias: 0.25, initial: -0.5)]));
        for (long time = 1_000_000; time < 3L * 3600 * 1_000_000; time += 250_000_000)
        {
            Run.To(engine, time);
            Assert.Equal(0, engine.ReadMembrane(0));
            Assert.Equal(Build.Q24(0.25), engine.ReadMembrane(1));
        }
    }

    private static NetworkTables OneInput(PopulationTable target, int weight, int delay, params int[] times) =>
        Build.Network(
            [Build.Source(1), target],
            [Build.Project(0, 1, 1, [(0, 0, delay, weight)])],
            (times.Length == 0 ? [100] : times).Select(t => (t, 0)).ToArray());
}
