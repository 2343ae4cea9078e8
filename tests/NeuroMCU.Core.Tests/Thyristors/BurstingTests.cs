// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Engine;
using NeuroMCU.Core.Tests.Support;

namespace NeuroMCU.Core.Tests.Thyristors;

/// <summary>The bursting neuron at published points of its phase diagram (Wu et al. 2023, figures 3 and 5).</summary>
public sealed class BurstingTests
{
    [Fact]
    public void WithASmallSomaResistanceItFiresSlowlyAndRegularly()
    {
        double[] intervals = Intervals(new BurstingCell(47), 72.2e-6, 1);
        Assert.InRange(intervals.Average(), 28e-3, 40e-3);
        Assert.InRange(intervals.Max() / intervals.Min(), 1, 1.05);
    }

    [Theory]
    [InlineData(46.7e-6, 2400, 0.7e-3, 2.2e-3)] // published: 1.7 to 1.8 ms
    [InlineData(60e-6, 3000, 0.4e-3, 1.2e-3)] // 0.9 ms
    [InlineData(90e-6, 3000, 0.25e-3, 0.7e-3)] // 0.5 ms
    public void WithALargerOneItFiresFast(double current, double resistance, double least, double most)
    {
        double[] intervals = Intervals(new BurstingCell(resistance), current, 0.3);
        Assert.InRange(intervals.Average(), least, most);
        Assert.InRange(intervals.Max() / intervals.Min(), 1, 3);
    }

    [Fact]
    public void ThresholdMemoryMakesBursts()
    {
        // The same point as published for mode IB1: 38.7 µA, 3 kΩ.
        double[] intervals = Intervals(new BurstingCell(3000), 38.7e-6, 0.5, memory: 0.04);
        Assert.True(intervals.Max() / intervals.Min() > 3);
        Assert.InRange(intervals.Min(), 0.3e-3, 2e-3);
    }

    [Fact]
    public void BelowItsOnsetItIsSilent()
    {
        Assert.Empty(Intervals(new BurstingCell(3000), 28e-6, 1));
    }

    private static double[] Intervals(BurstingCell cell, double current, double seconds, double memory = 0)
    {
        NetworkTables tables = Build.Network([cell.Table(1, current, memory)]);
        long[] times = [.. Run.Spikes(new NetworkEngine(tables), (long)((seconds + 0.2) * 1e6)).Select(s => s.Time)
            .Where(t => t > 200_000)];
        return [.. times.Skip(1).Zip(times, (b, a) => (b - a) * 1e-6)];
    }
}
