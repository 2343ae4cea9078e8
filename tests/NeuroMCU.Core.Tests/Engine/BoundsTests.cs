// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Engine;
using NeuroMCU.Core.Numerics;
using NeuroMCU.Core.Tests.Support;
using NeuroMCU.Core.Tests.Thyristors;
using NeuroMCU.Models;

namespace NeuroMCU.Core.Tests.Engine;

/// <summary>Membranes at their limits: the threshold to the last bit, and sums that leave the range of the format.</summary>
public sealed class BoundsTests
{
    private const int Scale = ImageLayout.MaxWeightScale;
    private const int Most = 32767;
    private const int Top = 1 << 30;

    public static TheoryData<string> Models => ["event", "event, own thresholds", "event, own rates", "clocked", "clocked, own decays",
        "exponential"];

    /// <summary>A membrane that reaches the threshold exactly fires; one that is a single bit below does not.</summary>
    [Theory]
    [MemberData(nameof(Models))]
    public void TheThresholdItselfFires_AndTheBitBelowItDoesNot(string model)
    {
        foreach (int missing in new[] { -1, 0, 1 })
        {
            // 16 384 · 1024 is one membrane unit; an exponential synapse hands it over in the step after, through a coupling of 1/2.
            PopulationTable target = Neuron(model);
            int unit = model == "exponential" ? Formats.MembraneOne / 2 : Formats.MembraneOne;
            target.Threshold = Array.ConvertAll(target.Threshold, _ => (long)(unit + missing));
            NetworkEngine engine = new(Input(target, 1024, (1000, 16384)));
            int fired = Run.Spikes(engine, 1100).Count;
            Assert.Equal(missing <= 0 ? 1 : 0, fired);
        }
    }

    /// <summary>Sums beyond ±128 membrane units stay at the end of the range; they never come out on the other side.</summary>
    [Theory]
    [MemberData(nameof(Models))]
    public void SumsStayAtTheEndOfTheRange(string model)
    {
        bool exponential = model == "exponential";
        PopulationTable down = Neuron(model);
        down.Floor = [int.MinValue];
        NetworkTables tables = Input(down, Scale, [.. Enumerable.Repeat((1000, -Most), 9)]);
        if (exponential)
        {
            tables.Projections[0].Receptor = 1;
        }

        NetworkEngine engine = new(tables);
        Assert.Empty(Run.Spikes(engine, 1100));

        // A current of at most 64 units through a coupling of 1/2.
        Assert.InRange(engine.ReadMembrane(9) / (double)Formats.MembraneOne, exponential ? -32 : -128, exponential ? -32 : -127.9);

        PopulationTable up = Neuron(model);
        up.Threshold = Array.ConvertAll(up.Threshold, _ => (long)Top);
        engine = new NetworkEngine(Input(up, Scale, [.. Enumerable.Repeat((1000, Most), 9)]));
        Assert.Equal(exponential ? 0 : 1, Run.Spikes(engine, 1100).Count(s => s.Time <= 1000));
        Assert.InRange(engine.ReadMembrane(9) / (double)Formats.MembraneOne, 0, 64);
    }

    /// <summary>
    /// After a reset by subtraction the rest is that of the whole sum, and never more than the range holds: 63 units and 128 less a little,
    /// once and twice, of which the threshold of 64 is taken off.
    /// </summary>
    [Theory]
    [InlineData("event")]
    [InlineData("event, own thresholds")]
    [InlineData("clocked")]
    [InlineData("clocked, own decays")]
    public void AfterASumBeyondTheRange_TheRestIsThatOfTheSum(string model)
    {
        foreach (int arrivals in new[] { 1, 2, 9 })
        {
            PopulationTable target = Neuron(model);
            target.Parameters[LeakyModel.Reset] = [ResetKind.Subtract];
            target.Threshold = Array.ConvertAll(target.Threshold, _ => (long)Top);
            target.Initial = [Top - Formats.MembraneOne];
            NetworkEngine engine = new(Input(target, Scale, [.. Enumerable.Repeat((1000, Most), arrivals)]));
            Assert.Equal([1000], Run.Spikes(engine, 1000).Select(s => s.Time));
            long rest = ((long)arrivals * Most * Scale) - Formats.MembraneOne;
            Assert.InRange(engine.ReadMembrane(arrivals), Math.Min(rest, int.MaxValue - Formats.MembraneOne) - 110_000,
                Math.Min(rest, int.MaxValue));
        }
    }

    /// <summary>What cancels within a step or a microsecond leaves nothing behind, however far beyond the range the sum was in
    /// between.</summary>
    [Theory]
    [InlineData("event")]
    [InlineData("event, own thresholds")]
    [InlineData("event, own rates")]
    [InlineData("clocked")]
    [InlineData("clocked, own decays")]
    public void WhatCancelsLeavesNothingBehind(string model)
    {
        foreach (int first in new[] { Most, -Most })
        {
            PopulationTable target = Neuron(model);
            target.Floor = [int.MinValue];
            (int, int)[] arrivals = [(1000, first), (1000, first), (1000, first), (1000, -first), (1000, -first), (1000, -first)];
            NetworkEngine engine = new(Input(target, Scale, arrivals));
            Assert.Empty(Run.Spikes(engine, 1100));
            Assert.Equal(0, engine.ReadMembrane(arrivals.Length));
            Assert.Equal(0, engine.Saturations(1));
        }
    }

    /// <summary>A membrane that is looked at in the middle of a microsecond shows the sum so far, at the end of the range where that is
    /// beyond it.</summary>
    [Fact]
    public void ASumThatIsNotCompleteIsReadWithinTheRange()
    {
        PopulationTable target = Neuron("event");
        target.Threshold = [Top];
        (int, int)[] arrivals = [(1000, Most), (1000, Most), (1000, Most), (1000, -Most), (1000, -Most), (1000, -Most)];
        NetworkEngine engine = new(Input(target, Scale, arrivals));
        List<int> seen = [];
        while (engine.Time < 1001)
        {
            engine.Advance(1001, 1);
            seen.Add(engine.ReadMembrane(arrivals.Length));
        }

        Assert.Equal(int.MaxValue, seen.Max());
        Assert.All(seen, value => Assert.InRange(value, 0, int.MaxValue));
        Assert.Equal(0, seen[^1]);
    }

    /// <summary>The floor is reached exactly and not passed.</summary>
    [Theory]
    [MemberData(nameof(Models))]
    public void TheFloorIsHeldToTheBit(string model)
    {
        int[] floors = [-Formats.MembraneOne, -1, 0, 12_345];
        foreach (int floor in floors)
        {
            PopulationTable target = Neuron(model);
            target.Floor = [floor];
            target.Initial = [Math.Max(floor, 0)];
            NetworkTables tables = Input(target, Scale, (1000, -Most));
            if (model == "exponential")
            {
                tables.Projections[0].Receptor = 1;
            }

            NetworkEngine engine = new(tables);
            Run.To(engine, model == "exponential" ? 1100 : 1000);
            Assert.Equal(floor, engine.ReadMembrane(1));
        }
    }

    /// <summary>A charge onto a thyristor ends at 0 V or at 64 V, whatever its size.</summary>
    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public void AChargeOntoAThyristorEndsAtTheEndsOfItsRange(int sign)
    {
        PopulationTable target = Cell.W25.Table(1, 0);
        target.Parameters[Thyristor.Initial] = [Formats.MembraneOne];
        ProjectionTable charge = Build.Project(0, 1, 1, [(0, 0, 0, sign * Most)], Scale, Formats.DeltaReceptor);
        foreach (int charges in new[] { 1, 2, 5 })
        {
            NetworkTables tables = Build.Network([Build.Source(1), target], [charge], [.. Enumerable.Repeat((1000, 0), charges)]);
            NetworkEngine engine = new(tables);
            int spikes = Run.Spikes(engine, 1000).Count;
            Assert.Equal(sign > 0 ? 1 : 0, spikes);
            Assert.Equal(sign > 0 ? 64 * Formats.MembraneOne : 0, engine.ReadMembrane(1));
        }
    }

    /// <summary>
    /// Right after a thyristor has turned off its threshold is lower, for a time that its table says and no longer: a probing charge to
    /// between the two thresholds fires in that window and at no other time.
    /// </summary>
    [Fact]
    public void TheLoweredThresholdLastsAsLongAsItsTableSays()
    {
        const double memory = 0.2;
        const double memoryTime = 20e-3;
        Cell cell = Cell.W25 with { Memory = memory, MemoryTime = memoryTime };

        // A charge to above the threshold fires at 1 ms; the discharge down to the hold voltage follows the closed form.
        double tau = cell.Capacitance * (cell.OnResistance + cell.Load);
        double start = 3.0;
        double off = 1e-3 + (tau * Math.Log((start - cell.OnVoltage) / (cell.HoldVoltage - cell.OnVoltage))) + cell.Release;
        int end = (int)Math.Round((off + memoryTime) * 1e6);
        (int After, bool Fires)[] probes = [(-15_000, true), (-1000, true), (-3, true), (3, false), (1000, false), (30_000, false)];
        foreach ((int after, bool fires) in probes)
        {
            Assert.Equal(fires ? 2 : 1, Fired(cell, start, end + after, cell.Threshold - (memory / 2)));
        }

        // Within the window the lowered threshold itself decides, and outside of it the whole one.
        Assert.Equal(1, Fired(cell, start, end - 1000, cell.Threshold - memory - 0.01));
        Assert.Equal(2, Fired(cell, start, end - 1000, cell.Threshold - memory + 0.01));
        Assert.Equal(1, Fired(cell, start, end + 1000, cell.Threshold - 0.01));
        Assert.Equal(2, Fired(cell, start, end + 1000, cell.Threshold + 0.01));
    }

    private static int Fired(Cell cell, double start, int time, double volts)
    {
        // Two projections: the first charges to above the threshold, the second to the probing voltage; the charge that is left is
        // below 0.1 V.
        const int scale = 1 << 12;
        double left = Remaining(cell, start, time);
        int Weight(double v) => (int)Math.Round(v * Formats.MembraneOne / scale);
        NetworkTables tables = Build.Network(
            [Build.Source(2), cell.Table(1, 0)],
            [Build.Project(0, 1, 2, [(0, 0, 0, Weight(start)), (1, 0, 0, Weight(volts - left))], scale, Formats.DeltaReceptor)],
            [(1000, 0), (time, 1)]);
        return Run.Spikes(new NetworkEngine(tables), time + 1).Count;
    }

    // What the engine itself says is left then without a probe.
    private static double Remaining(Cell cell, double start, int time)
    {
        const int scale = 1 << 12;
        NetworkTables tables = Build.Network(
            [Build.Source(1), cell.Table(1, 0)],
            [Build.Project(0, 1, 1, [(0, 0, 0, (int)Math.Round(start * Formats.MembraneOne / scale))], scale, Formats.DeltaReceptor)],
            [(1000, 0)]);
        NetworkEngine engine = new(tables);
        Run.To(engine, time);
        return engine.ReadMembrane(1) / (double)Formats.MembraneOne;
    }

    private static PopulationTable Neuron(string model)
    {
        // Slow enough that nothing decays within the test.
        PopulationTable table = model == "exponential" ? Build.ExponentialLif(1, 1e10)
            : model.StartsWith("event", StringComparison.Ordinal) ? Build.EventLif(1, 1e7) : Build.ClockedLif(1, 1e10);
        switch (model)
        {
            case "event, own thresholds":
                table.Size = 2;
                table.Threshold = [table.Threshold[0], table.Threshold[0]];
                break;
            case "event, own rates":
                table.Size = 2;
                table.LeakRate = [table.LeakRate[0], table.LeakRate[0]];
                break;
            case "clocked, own decays":
                table.Size = 2;
                table.MembraneDecay = [table.MembraneDecay[0], table.MembraneDecay[0]];
                break;
            case "exponential":
                table.ExcitatoryDecay = table.InhibitoryDecay = [0];
                table.ExcitatoryCoupling = [1 << 30];
                table.InhibitoryCoupling = [1 << 30];
                break;
        }

        return table;
    }

    private static NetworkTables Input(PopulationTable target, int scale, params (int Time, int Weight)[] arrivals) =>
        Build.Network(
            [Build.Source(arrivals.Length), target],
            [Build.Project(0, 1, arrivals.Length, arrivals.Select((a, i) => (i, 0, 0, a.Weight)), scale)],
            [.. arrivals.Select((a, i) => (a.Time, i))]);
}
