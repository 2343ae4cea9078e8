// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Engine;
using NeuroMCU.Core.Numerics;
using NeuroMCU.Core.Tests.Support;
using NeuroMCU.Core.Tests.Thyristors;

namespace NeuroMCU.Core.Tests.Engine;

/// <summary>What goes beyond the range of the arithmetic is cut off and counted, for the population that it happened to; what stays
/// inside is not.</summary>
public sealed class SaturationTests
{
    [Theory]
    [InlineData(2, 0)]
    [InlineData(3, 1)]
    [InlineData(5, 3)]
    public void MembranesCountAtTheEndOfTheirRange(int volleys, int expected)
    {
        // Volleys of −60 units each: the third passes −128. A floor is no saturation, however often it holds.
        PopulationTable each = Build.ClockedLif(2);
        each.MembraneDecay = [each.MembraneDecay[0], each.MembraneDecay[0]];
        foreach (PopulationTable target in new[] { Build.EventLif(1), Build.EventLif(1, bias: 1.5), Build.ClockedLif(1), each })
        {
            target.Floor = [int.MinValue];
            Assert.Equal(expected, Volleys(target, volleys, -60));
            target.Floor = [Build.Q24(-60)];
            Assert.Equal(0, Volleys(target, volleys, -60));
        }
    }

    [Theory]
    [InlineData(1, 60, 0)]
    [InlineData(2, 60, 1)]
    [InlineData(1, -60, 0)]
    [InlineData(2, -60, 1)]
    public void CurrentsCountBeyond64(int volleys, double weight, int expected)
    {
        // The current hardly decays between two steps.
        PopulationTable target = Build.ExponentialLif(1, excitatory: 1e6, inhibitory: 1e6);
        Assert.Equal(expected, Volleys(target, volleys, weight, receptor: 0));
        Assert.Equal(expected, Volleys(target, volleys, weight, receptor: 1));
    }

    [Fact]
    public void WhatAResetBySubtractionLeavesCountsBeyondTheRange()
    {
        // 3 × 60 less 1 is more than 128 units, at once; as a value the reset forgets the excess.
        Assert.Equal(1, Volleys(Build.EventLif(1, tau: 1e6, subtract: true), 3, 60, spacing: 0));
        Assert.Equal(0, Volleys(Build.EventLif(1, tau: 1e6, subtract: true), 2, 60, spacing: 0));
        Assert.Equal(0, Volleys(Build.EventLif(1, tau: 1e6), 3, 60, spacing: 0));
    }

    [Fact]
    public void DriveThatAddsUpBeyondItsLimitCounts()
    {
        NetworkTables tables = Build.Network([Build.EventLif(1), Build.ClockedLif(1), Build.EventLif(1)]);
        tables.Drives = [.. new[] { (0, 40.0, 1000), (0, 40.0, 2000), (1, -40.0, 1000), (1, -40.0, 2000),
            (2, 40.0, 1000) }.Select(d => new DriveTable
        {
            Population = d.Item1, First = 0, Count = 1, Amplitude = Build.Q24(d.Item2), Start = d.Item3, Stop = int.MaxValue,
        })];
        NetworkEngine engine = new(tables);
        Run.To(engine, 1500);
        Assert.Equal([0L, 0, 0], Enumerable.Range(0, 3).Select(engine.Saturations));
        Run.To(engine, 2500);
        Assert.Equal([1L, 1, 0], Enumerable.Range(0, 3).Select(engine.Saturations));
        engine.Reset();
        Assert.Equal(0, engine.Saturations(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => engine.Saturations(3));
        Assert.Throws<ArgumentOutOfRangeException>(() => engine.Saturations(-1));
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 1)]
    public void VoltsOfThyristorsCountAtTheEndOfTheirRange(int volleys, int expected)
    {
        // 50 V twice within the microsecond: the range ends at 64 V. Ground is where the circuit ends, no saturation.
        Assert.Equal(expected, Volleys(Cell.W25.Table(1, 0), volleys, 50, spacing: 0, receptor: Formats.DeltaReceptor));
        Assert.Equal(0, Volleys(Cell.W25.Table(1, 0), volleys, -50, spacing: 0, receptor: Formats.DeltaReceptor));
    }

    [Theory]
    [InlineData(0.4, false)]
    [InlineData(64, true)]
    public void CurrentsOfASynapseBlockCount(double weight, bool counts)
    {
        // Weights of 2^16 units of 2^-8 nA·h: 0.4 of them twice are 200 µA·h, which a filter of half a step lets flow at once, and 64
        // far too much.
        PopulationTable table = Cell.WithReceptor(Cell.W25.Table(1, 0), 1, false, 5e-5, 100);
        Assert.Equal(counts, Volleys(table, 2, weight, spacing: 0, receptor: 0) > 0);
    }

    // Volleys of a weight in membrane units (V for circuits), one spike each, so many µs apart; counts what the target cut off.
    private static long Volleys(PopulationTable target, int volleys, double weight, int spacing = 100, int receptor = 0)
    {
        NetworkTables tables = Build.Network(
            [Build.Source(volleys), target, Build.EventLif(1)],
            [Build.Project(0, 1, volleys, Enumerable.Range(0, volleys).Select(i => (i, 0, 0, (int)Math.Round(weight * 256))),
                ImageLayout.MaxWeightScale, receptor)],
            [.. Enumerable.Range(0, volleys).Select(i => (1000 + (i * spacing), i))]);
        NetworkEngine engine = new(tables);
        Run.To(engine, 1000 + (volleys * spacing) + 100);
        Assert.Equal((0, 0), (engine.Saturations(0), engine.Saturations(2)));
        return engine.Saturations(1);
    }
}
