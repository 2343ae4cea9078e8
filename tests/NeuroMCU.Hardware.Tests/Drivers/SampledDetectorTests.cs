// NeuroMCU, MIT licence. See LICENSE in the repository root.

using FsCheck;
using FsCheck.Fluent;
using NeuroMCU.Hardware.Spikes;

namespace NeuroMCU.Hardware.Tests.Drivers;

public sealed class SampledDetectorTests
{
    private const int Period = 25;
    private const int DeadTime = 500;

    [Theory]
    [InlineData(0, 1000, 2000)]
    [InlineData(300, 1000, 2000)]
    [InlineData(2000, 1000, 4000)]
    [InlineData(900, 800, 2600)]
    public void Spikes_that_stand_on_a_level_are_found_when_the_detector_follows_their_mean(int mean, int low, int high)
    {
        // A train of 3 samples up and 5 down: on its mean, from below its threshold or above it.
        int floor = Math.Max(0, mean - low);
        var detector = new SampledDetector(1000, 150, 0);
        detector.Follow(mean);
        int found = 0;
        for (int k = 0; k < 80; k++)
        {
            found += detector.Step(k % 8 is 5 or 6 or 7 ? high : floor, k * Period) ? 1 : 0;
        }

        Assert.Equal(10, found);
        Assert.Equal(Math.Max(1000, mean + 300), detector.Threshold);
        detector.Follow(0);
        Assert.Equal((1000, 850, 0), (detector.Threshold, detector.Rest, detector.LongestHigh));
    }

    [Fact]
    public void The_longest_time_up_is_that_of_the_plateau_and_not_of_a_trace_that_began_up()
    {
        var detector = new SampledDetector(1000, 200, 0);
        long time = 0;
        void Hold(int code, int samples)
        {
            for (int k = 0; k < samples; k++)
            {
                detector.Step(code, time += Period);
            }
        }

        Hold(3000, 400);
        Hold(100, 10);
        Assert.Equal(0, detector.LongestHigh);
        Hold(3000, 4);
        Hold(100, 10);
        Hold(2000, 2);
        Hold(900, 200);
        Hold(100, 10);
        Hold(3000, 7);
        Hold(100, 10);
        Assert.InRange(detector.LongestHigh, 202 * Period, 203 * Period);
    }

    [Fact]
    public void No_pulse_of_one_sample_and_more_is_missed_or_found_twice_and_each_time_is_within_one_sample()
    {
        // Pulses wider than one sample, gaps longer than the dead time, any height from the threshold up, noise below the hysteresis.
        Gen<(int Gap, int Width, int Height)> pulse = Gen.Choose(DeadTime + Period, 5000)
            .SelectMany(g => Gen.Choose(Period, 1500).SelectMany(w => Gen.Choose(1060, 4000).Select(h => (g, w, h))));
        Prop.ForAll(Gen.ArrayOf(pulse).ToArbitrary(), pulses =>
        {
            var starts = new List<long>();
            long end = 0;
            var trace = new List<(long From, long To, int Height)>();
            foreach ((int gap, int width, int height) in pulses)
            {
                starts.Add(end + gap);
                trace.Add((end + gap, end + gap + width, height));
                end += gap + width;
            }

            var detector = new SampledDetector(1000, 200, DeadTime);
            var random = new System.Random(pulses.Length);
            var found = new List<long>();
            int k = 0;
            for (long t = 0; t < end + 1000; t += Period)
            {
                while (k < trace.Count && t >= trace[k].To)
                {
                    k++;
                }

                int code = k < trace.Count && t >= trace[k].From ? trace[k].Height : 100;
                if (detector.Step(code + random.Next(-50, 51), t))
                {
                    found.Add(detector.SpikeTime);
                }
            }

            return found.Count == starts.Count && found.Zip(starts).All(p => Math.Abs(p.First - p.Second) <= Period);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void The_crossing_of_a_straight_flank_is_found_to_the_microsecond()
    {
        Prop.ForAll(Gen.Choose(1, 400).SelectMany(s => Gen.Choose(0, 24).Select(o => (s, o))).ToArbitrary(), flank =>
        {
            // Codes rise from 0 by 'slope' each µs from 'offset' on; 1000 is the threshold.
            var detector = new SampledDetector(1000, 100, 0);
            long t = -25;
            while (!detector.Step((int)Math.Min(1_000_000, Math.Max(0, t - flank.o) * flank.s), t) && t < 5000)
            {
                t += 25;
            }

            double exact = flank.o + (1000.0 / flank.s);
            double bend = flank.s * 25 > 1000 ? 25 : 1;
            return Math.Abs(detector.SpikeTime - exact) <= bend;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_trace_that_trembles_around_the_threshold_gives_one_spike()
    {
        var detector = new SampledDetector(1000, 200, 0);
        int[] codes = [0, 999, 1000, 990, 1001, 950, 1200, 801, 1300, 800, 1000];
        Assert.Equal([2, 10], Enumerable.Range(0, codes.Length).Where(i => detector.Step(codes[i], i * 25L)));
    }

    [Fact]
    public void A_second_spike_within_the_dead_time_is_dropped_and_the_one_after_it_is_found()
    {
        var detector = new SampledDetector(1000, 200, 500);
        int[] codes = new int[100];
        codes[10] = codes[20] = codes[40] = 2000;
        Assert.Equal([10, 40], Enumerable.Range(0, codes.Length).Where(i => detector.Step(codes[i], i * 25L)));
    }

    /// <summary>The dead time runs from crossing to crossing, and the microsecond at its end is no longer in it.</summary>
    [Theory]
    [InlineData(1_000, true)]
    [InlineData(1_001, false)]
    public void A_spike_at_the_end_of_the_dead_time_is_found(int deadTime, bool found)
    {
        var detector = new SampledDetector(1000, 200, deadTime);
        detector.Step(0, 0);
        Assert.True(detector.Step(2000, 100));
        long first = detector.SpikeTime;
        detector.Step(0, 600);
        detector.Step(0, 1_000);
        Assert.Equal(found, detector.Step(2000, 1_100));
        Assert.Equal(found ? first + 1_000 : first, detector.SpikeTime);

        // A spike that was dropped starts no dead time of its own.
        detector.Step(0, 1_200);
        detector.Step(0, 1_300);
        Assert.Equal(!found, detector.Step(2000, 1_400));
    }

    [Fact]
    public void A_trace_that_begins_high_has_no_spike_yet()
    {
        var detector = new SampledDetector(1000, 200, 0);
        Assert.False(detector.Step(4095, 0));
        Assert.False(detector.Step(0, 25));
        Assert.True(detector.Step(4095, 50));
    }

    [Theory]
    [InlineData(200, 10_000, false)]
    [InlineData(200, 15_000, true)]
    [InlineData(200, 40_000, true)]
    [InlineData(800, 2_000, false)]
    [InlineData(800, 4_000, true)]
    [InlineData(3_000, 1_000, true)]
    public void A_rate_that_cannot_see_the_spike_is_told(int width, int rate, bool sees)
    {
        Assert.Equal(sees, SamplingRule.Sees(SpikeInputKind.Stream, rate, width));
        Assert.Equal(sees, SamplingRule.Sees(SpikeInputKind.Sampled, rate, width));
        Assert.Equal(sees, rate >= SamplingRule.LowestRate(SpikeInputKind.Stream, width));
        Assert.True(SamplingRule.Sees(SpikeInputKind.Counter, 1, width));
    }

    [Theory]
    [InlineData(100, 100, 0)]
    [InlineData(100, -1, 0)]
    [InlineData(100, 10, -1)]
    public void Nonsense_is_refused(int threshold, int hysteresis, int deadTime) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new SampledDetector(threshold, hysteresis, deadTime));
}
