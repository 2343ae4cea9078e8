// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Engine;
using NeuroMCU.Core.Numerics;
using NeuroMCU.Core.Tests.Support;

namespace NeuroMCU.Core.Tests.Thyristors;

/// <summary>The synapse block: shape of its currents, and the memory of a neuron that excites itself.</summary>
public sealed class SynapseBlockTests
{
    [Theory]
    [InlineData(1, 0.1, 1000)]
    [InlineData(2, 0.1, 1000)]
    [InlineData(2, 0.47, 1000)]
    [InlineData(2, 0.0018, 20)]
    [InlineData(1, 0.0018, 20)]
    public void OneSpikeGivesTheCurveOfItsStagesAndItsCharge(int stages, double tau, int step)
    {
        const double charge = 80e-9;
        (double Time, double Current)[] curve = Curve(stages, false, tau, step, charge, (long)(tau * 12e6));
        double area = curve.Sum(p => p.Current) * step * 1e-6;
        Assert.InRange(area, charge * 0.99, charge * 1.01);
        (double peakTime, double peak) = curve.MaxBy(p => p.Current);
        if (stages == 2)
        {
            Assert.InRange(peakTime, (tau * 0.97) - (2e-6 * step), (tau * 1.03) + (2e-6 * step));
            Assert.InRange(peak, charge / (Math.E * tau) * 0.99, charge / (Math.E * tau) * 1.01);
        }
        else
        {
            Assert.InRange(peak, charge / tau * 0.99, charge / tau * 1.01);
        }
    }

    [Fact]
    public void InhibitionIsTheMirrorOfExcitation()
    {
        var up = Curve(2, false, 0.1, 1000, 50e-9, 1_000_000);
        var down = Curve(2, true, 0.1, 1000, 50e-9, 1_000_000);
        Assert.Equal(up.Select(p => -p.Current), down.Select(p => p.Current));
    }

    [Theory]
    [InlineData(1, 0.26)] // cascade build-up of two stages: A(1 − (1 + t/τ) exp(−t/τ))
    [InlineData(2, 0.59)]
    [InlineData(3, 0.80)]
    [InlineData(5, 0.96)]
    public void AConstantRateBuildsUpAsTwoStagesDo(double taus, double share)
    {
        const double tau = 0.1;
        const double charge = 20e-9;
        NetworkTables tables = Network(2, false, tau, 1000, charge, [.. Enumerable.Range(0, 200).Select(k => k * 5000)]);
        NetworkEngine engine = new(tables);
        Run.To(engine, (long)(taus * tau * 1e6));
        Assert.InRange(engine.Traces.Count, 0, 0);
        double current = Read(engine);
        Assert.InRange(current / (charge / 5e-3), share - 0.02, share + 0.02);
    }

    [Fact]
    public void ANeuronThatExcitesItselfRemembersAPulseUntilAnotherEndsIt()
    {
        // Wu et al. 2025, figure 9: silent at 44.7 µA; +22.9 µA for 2 s, then about 105 Hz goes on; −24.4 µA for 2.7 s ends it.
        PopulationTable cell = Cell.WithReceptor(Cell.W25.Table(1, 44.7e-6), 2, false, 0.47, 1000);
        NetworkTables tables = Build.Network([cell], [Charge(0, 0, 110e-9, 1000)]);
        tables.Step = 1000;
        tables.Drives =
        [
            new DriveTable { Count = 1, Amplitude = Cell.Current(22.9e-6), Start = 1_000_000, Stop = 3_000_000 },
            new DriveTable { Count = 1, Amplitude = Cell.Current(-24.4e-6), Start = 6_500_000, Stop = 9_200_000 },
        ];
        List<(long Time, int Neuron)> spikes = Run.Spikes(new NetworkEngine(tables), 12_000_000);
        Assert.Equal(0, Rate(spikes, 0, 1));
        Assert.InRange(Rate(spikes, 1.2, 3), 125, 185);
        Assert.InRange(Rate(spikes, 4, 6.5), 80, 130);
        Assert.Equal(0, Rate(spikes, 9.2, 12));
    }

    [Fact]
    public void ANeuronThatInhibitsItselfAdapts()
    {
        // Wu et al. 2025, figure 11: 465 Hz at the onset, 335 to 350 Hz later, at 92.8 µA.
        PopulationTable cell = Cell.WithReceptor(Cell.W25Small.Table(1, 92.8e-6), 2, true, 1, 1000);
        NetworkTables tables = Build.Network([cell], [Charge(0, 0, 80e-9, 1000)]);
        tables.Step = 1000;
        List<(long Time, int Neuron)> spikes = Run.Spikes(new NetworkEngine(tables), 8_000_000);
        Assert.InRange(Rate(spikes, 0.01, 0.11), 440, 490);
        Assert.InRange(Rate(spikes, 6, 8), 320, 370);
    }

    [Fact]
    public void ANeuronThatInhibitsItselfNearItsOnsetBursts()
    {
        // Wu et al. 2025, figure 13: bursts of about 0.33 s every 0.80 to 0.85 s for τ = 1 s.
        PopulationTable cell = Cell.WithReceptor(Cell.W25Small.Table(1, 53.2e-6), 2, true, 1, 1000);
        NetworkTables tables = Build.Network([cell], [Charge(0, 0, 80e-9, 1000)]);
        tables.Step = 1000;
        long[] times = [.. Run.Spikes(new NetworkEngine(tables), 12_000_000).Select(s => s.Time).Where(t => t > 5_000_000)];
        long[] starts = [.. times.Skip(1).Zip(times, (b, a) => (b, a)).Where(p => p.b - p.a > 100_000).Select(p => p.b)];
        Assert.True(starts.Length >= 5);
        Assert.All(starts.Skip(1).Zip(starts, (b, a) => (b - a) / 1e6), period => Assert.InRange(period, 0.7, 1.0));
    }

    [Fact]
    public void ABlockAtRestCostsNoChanges()
    {
        PopulationTable cell = Cell.WithReceptor(Cell.W25.Table(1, 80e-6), 2, false, 0.1, 1000);
        NetworkTables with = Build.Network([cell]);
        with.Step = 1000;
        NetworkTables without = Build.Network([Cell.W25.Table(1, 80e-6)]);
        Assert.Equal(Run.Spikes(new NetworkEngine(without), 3_000_000), Run.Spikes(new NetworkEngine(with), 3_000_000));
    }

    private static double Rate(IEnumerable<(long Time, int Neuron)> spikes, double from, double to) =>
        spikes.Count(s => s.Time >= from * 1e6 && s.Time < to * 1e6) / (to - from);

    private static ProjectionTable Charge(int source, int target, double charge, int step)
    {
        double units = charge / (step * 1e-6) / 1e-9 * (1 << Formats.ChargeBits);
        int scale = (int)Math.Ceiling(units / 30000);
        return Build.Project(source, target, 1, [(0, 0, 0, (int)Math.Round(units / scale))], scale);
    }

    private static NetworkTables Network(int stages, bool inhibitory, double tau, int step, double charge, int[] times)
    {
        PopulationTable cell = Cell.WithReceptor(Cell.W25.Table(1, 0), stages, inhibitory, tau, step);
        cell.Channels = [0];
        NetworkTables tables = Build.Network([Build.Source(1), cell], [Charge(0, 1, charge, step)], [.. times.Select(t => (t, 0))]);
        tables.Step = step;
        return tables;
    }

    private static (double Time, double Current)[] Curve(int stages, bool inhibitory, double tau, int step, double charge, long until)
    {
        NetworkEngine engine = new(Network(stages, inhibitory, tau, step, charge, [0]));
        List<(double, double)> curve = [];
        for (long time = step; time <= until; time += step)
        {
            Run.To(engine, time);
            curve.Add(((time - step) * 1e-6, Read(engine)));
        }

        return [.. curve];
    }

    private static double Read(NetworkEngine engine) => engine.ChannelCurrent(0) * Cell.Unit;
}
