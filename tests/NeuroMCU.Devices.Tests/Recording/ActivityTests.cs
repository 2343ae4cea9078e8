// NeuroMCU, MIT licence. See LICENSE in the repository root.

using FsCheck;
using FsCheck.Fluent;
using NeuroMCU.Recordings;
using NeuroMCU.Tests.Shared;

namespace NeuroMCU.Devices.Tests.Recording;

public sealed class ActivityTests
{
    [Fact]
    public void A_clock_is_regular_and_its_rate_is_its_frequency()
    {
        long[] times = Enumerable.Range(0, 100).Select(k => 10_000L * k).ToArray();
        IReadOnlyList<PopulationActivity> activity = PopulationActivity.Of(Samples.Run(new SpikeRecord(times, new int[100])));
        Assert.Equal((100L, 1), (activity[0].Spikes, activity[0].Active));
        Assert.Equal(50.0, activity[0].MeanRate, 12);   // 100 Hz over two neurons
        Assert.Equal(0.0, activity[0].Regularity, 6);
        Assert.Equal((0L, 0, 0.0), (activity[1].Spikes, activity[1].Active, activity[1].MeanRate));
        Assert.True(double.IsNaN(activity[1].Regularity));
    }

    [Fact]
    public void Alternating_intervals_have_their_coefficient_of_variation()
    {
        // Intervals 1 and 3 ms in equal number: mean 2, standard deviation 1.
        long[] times = Enumerable.Range(0, 101).Select(k => (k / 2 * 4_000L) + (k % 2 * 1_000L)).ToArray();
        Assert.Equal(0.5, PopulationActivity.Of(Samples.Run(new SpikeRecord(times, new int[101])))[0].Regularity, 6);
    }

    [Fact]
    public void The_rates_of_all_bins_add_up_to_the_number_of_spikes()
    {
        Prop.ForAll<PositiveInt, PositiveInt, int[]>((width, duration, draws) =>
        {
            long[] times = draws.Select(d => (long)Math.Abs(d % duration.Get)).ToArray();
            RunRecording run = Samples.Run(SpikeRecord.Sorted(times, new int[times.Length]), duration.Get);
            RateHistogram rates = RateHistogram.Of(run, width.Get);
            double spikes = 0;
            for (int b = 0; b < rates.Centres.Length; b++)
            {
                long length = Math.Min(rates.BinWidth, duration.Get - (b * rates.BinWidth));
                spikes += rates.Rates[0][b] * 2 * length / 1e6;
            }

            Assert.Equal(times.Length, spikes, 6);
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData(1_000_000, 10_000)]
    [InlineData(250_000, 5_000)]
    [InlineData(1_200_000, 20_000)]
    [InlineData(50, 1)]
    public void Bins_are_round_and_about_a_hundred(long duration, long width)
    {
        Assert.Equal(width, RateHistogram.Of(Samples.Run(SpikeRecord.Empty, duration)).BinWidth);
    }
}
