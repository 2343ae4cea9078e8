// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Internet.Clocks;

namespace NeuroMCU.Internet.Tests.Clocks;

public sealed class ClockTests
{
    // The other clock is ahead and faster; answers come back after 0.1 ms and an exponential queue in each direction.
    [Theory]
    [InlineData(1, 5_000_000, 0)]
    [InlineData(2, -3_000_000, 80)]
    [InlineData(3, 12, -120)]
    public void Offset_and_drift_are_found_through_a_jittery_network(int seed, double offset, double ppm)
    {
        Random random = new(seed);
        ClockEstimate estimate = new();
        double Queue() => 100 - (2000 * Math.Log(1 - random.NextDouble()) * (random.NextDouble() < 0.5 ? 0.05 : 1));
        double now = 1_000_000;
        for (int k = 0; k < 240; k++)
        {
            now += 250_000;
            double there = now + Queue();
            double back = there + 20 + Queue();
            estimate.Add((long)now, (long)Other(there), (long)Other(there + 20), (long)back);
        }

        Assert.InRange(estimate.OffsetAt(now) - (Other(now) - now), -150, 150);
        Assert.InRange(estimate.DriftPpm, ppm - 12, ppm + 12);
        Assert.InRange(estimate.ToOwn(estimate.ToOther((long)now)) - (long)now, -1, 1);

        double Other(double own) => own + offset + (ppm * 1e-6 * own);
    }

    // Ten minutes of a line with 15 to 25 ms each way, and an arrival each 10 ms that is injected 40 ms after its cause: what the estimate
    // is wrong by, less what it is always wrong by, is the jitter that the neuron sees.
    [Theory]
    [InlineData(1, 40)]
    [InlineData(2, -80)]
    [InlineData(3, 0)]
    public void At_a_constant_latency_999_of_1000_arrivals_come_within_a_millisecond_under_10_ms_of_jitter(int seed, double ppm)
    {
        Random random = new(seed);
        ClockEstimate estimate = new();
        double Way() => 15_000 + (10_000 * random.NextDouble());
        double Other(double own) => 5_000_000 + (own * (1 + (ppm * 1e-6)));
        List<double> errors = [];
        double now = 0;
        for (int k = 0; k < 2400; k++)
        {
            double there = now + Way();
            estimate.Add((long)now, (long)Other(there), (long)Other(there), (long)(there + Way()));
            for (int n = 0; n < 25 && k >= 24; n++)
            {
                double due = now + (n * 10_000);
                errors.Add(estimate.ToOwn((long)Other(due)) - due);
            }

            now += k < 24 ? 15_000 : 250_000;
        }

        double middle = errors.Order().ElementAt(errors.Count / 2);
        Assert.InRange(errors.Count(e => Math.Abs(e - middle) <= 1000) / (double)errors.Count, 0.999, 1);
    }

    [Fact]
    public void The_device_is_as_far_as_its_least_delayed_word_says()
    {
        Random random = new(4);
        DeviceClock clock = new();
        for (long own = 0; own < 20_000_000; own += 10_000)
        {
            clock.Note(own + 777 - random.Next(50, 20_000), own);
        }

        Assert.InRange(clock.ToDevice(1000), 1000 + 777 - 150, 1000 + 777 - 50);
        Assert.Equal(123, clock.ToOwn(clock.ToDevice(123)));
    }

    [Fact]
    public void Percentiles_are_right_to_five_per_cent()
    {
        Random random = new(6);
        LatencyHistogram histogram = new();
        long[] all = [.. Enumerable.Range(0, 20_000).Select(_ => (long)Math.Exp(random.NextDouble() * 12))];
        foreach (long latency in all)
        {
            histogram.Add(latency);
        }

        long[] sorted = [.. all.Order()];
        foreach (double share in new[] { 0.01, 0.5, 0.99, 0.999 })
        {
            double exact = sorted[(int)Math.Ceiling(share * sorted.Length) - 1];
            Assert.InRange(histogram.Percentile(share), exact, (exact * 1.05) + 1);
        }

        Assert.Equal(sorted[^1], histogram.Largest);
        Assert.Equal(all.Length, histogram.Curve().Counts.SkipLast(1).Sum());
        Assert.True(double.IsNaN(new LatencyHistogram().Percentile(0.5)));
    }

    [Fact]
    public void Clocks_that_disagree_a_little_give_no_negative_latency()
    {
        LatencyHistogram histogram = new();
        histogram.Add(-50);
        Assert.Equal(0, histogram.Largest);
        Assert.Equal(0, histogram.Percentile(1));
    }

    // A laptop that slept for ten seconds, or a clock that was set, in either direction, on a line with jitter.
    [Theory]
    [InlineData(10_000_000)]
    [InlineData(-10_000_000)]
    [InlineData(60_000)]
    public void A_clock_that_jumps_is_found_within_three_answers(long jump)
    {
        Random random = new(7);
        ClockEstimate estimate = new();
        long own = 0;
        Ask(200, 5_000_000);
        Assert.Equal(0, estimate.Jumps);
        Ask(3, 5_000_000 + jump);
        Assert.Equal(1, estimate.Jumps);
        Assert.InRange(estimate.OffsetAt(own) - (5_000_000 + jump), -25_000, 25_000);
        Ask(200, 5_000_000 + jump);
        Assert.Equal(1, estimate.Jumps);
        Assert.InRange(estimate.OffsetAt(own) - (5_000_000 + jump), -2_000, 2_000);

        void Ask(int times, long offset)
        {
            for (int k = 0; k < times; k++)
            {
                own += 250_000;
                long there = 20_000 + random.Next(-5000, 5000);
                long back = 20_000 + random.Next(-5000, 5000);
                long heard = own + there + offset;
                estimate.Add(own, heard, heard + 100, own + there + 100 + back);
            }
        }
    }

    // What 99.9 % of the arrivals took, and what the last tenth of a percent took, are 5 % of each other in the histogram.
    [Theory]
    [InlineData(10_000, 10_000)]
    [InlineData(40_000, 10_000)]
    [InlineData(200_000, 50_000)]
    public void A_latency_is_chosen_that_999_of_1000_arrivals_keep(int delay, int jitter)
    {
        Random random = new(11);
        PlayoutDelay playout = new(1000);
        int late = 0;
        for (int k = 0; k < 60_000; k++)
        {
            long latency = delay + random.Next(jitter);
            late += k >= 10_000 && latency > playout.Delay ? 1 : 0;
            playout.Note(latency, k * 1000L);
        }

        Assert.InRange(late, 0, 50);
        Assert.InRange(playout.Delay, delay, ((delay + jitter) * 1.3) + 5000);
        Assert.InRange(playout.Changes, 1, 15);

        // The line becomes better: the latency follows after ten seconds, and stays then.
        for (int k = 60_000; k < 90_000; k++)
        {
            playout.Note((delay + random.Next(jitter)) / 10, k * 1000L);
        }

        Assert.InRange(playout.Delay, (delay + jitter) / 10, ((delay + jitter) * 0.13) + 5001);
    }
}
