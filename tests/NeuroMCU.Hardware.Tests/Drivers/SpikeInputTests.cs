// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Device.Gpio;
using NeuroMCU.Hardware.Spikes;
using NeuroMCU.VirtualBench;
using NeuroMCU.VirtualBench.Costs;

namespace NeuroMCU.Hardware.Tests.Drivers;

public sealed class SpikeInputTests
{
    [Fact]
    public void A_polled_input_sees_long_pulses_once_and_to_one_turn()
    {
        long[] times = [5_300, 25_900, 60_000];
        List<long> found = Run(times, 2_500, 1_000, (gpio, _) => new PolledInput(gpio, 34, 3_000), out ISpikeInput input);
        Assert.Equal(times.Length, found.Count);
        Assert.All(found.Zip(times), p => Assert.InRange(p.First - p.Second, 0, 1_000));
        Assert.Equal(1_000, input.Resolution);
    }

    /// <summary>A rise within the dead time is dropped; it does not make the dead time longer, and one at its end counts.</summary>
    [Theory]
    [InlineData(0, new long[] { 5, 8, 11, 14, 17, 20 })]
    [InlineData(3_000, new long[] { 5, 8, 11, 14, 17, 20 })]
    [InlineData(3_001, new long[] { 5, 11, 17 })]
    [InlineData(6_000, new long[] { 5, 11, 17 })]
    [InlineData(6_001, new long[] { 5, 14 })]
    [InlineData(1_000_000, new long[] { 5 })]
    public void A_polled_input_is_deaf_for_its_dead_time_after_a_spike_and_no_longer(int deadTime, long[] milliseconds)
    {
        // Seen at the turns 5, 8, 11 … ms: pulses begin half a turn before and are high for two turns.
        long[] times = [4_500, 7_500, 10_500, 13_500, 16_500, 19_500];
        Assert.Equal(milliseconds.Select(t => t * 1_000), Run(times, 1_600, 1_000, (gpio, _) => new PolledInput(gpio, 34, deadTime),
            out _));
    }

    [Fact]
    public void A_pin_that_is_high_at_the_start_has_no_spike_until_it_was_low()
    {
        Assert.Equal([9_000], Run([0, 8_500], 3_000, 1_000, (gpio, _) => new PolledInput(gpio, 34, 0), out _));
    }

    [Fact]
    public void A_polled_input_misses_short_pulses_and_a_counter_does_not()
    {
        long[] times = Enumerable.Range(1, 40).Select(i => i * 2_330L).ToArray();
        Assert.True(Run(times, 200, 1_000, (gpio, _) => new PolledInput(gpio, 34, 0), out _).Count < 20);
        List<long> counted = Run(times, 200, 1_000, (_, _) => new PulseCounterInput(34), out ISpikeInput input);
        Assert.Equal(times.Length, counted.Count);
        Assert.All(counted.Zip(times), p => Assert.InRange(p.First - p.Second, -500, 500));
        Assert.InRange(counted.Zip(times).Average(p => p.First - p.Second), -150, 150);
        Assert.Equal(1_000, input.Resolution);
    }

    [Fact]
    public void Several_spikes_in_one_turn_are_all_counted_in_order_and_within_the_turn()
    {
        long[] times = [10_100, 10_400, 10_900, 30_500];
        List<long> found = Run(times, 100, 20_000, (_, _) => new PulseCounterInput(34), out _);
        Assert.Equal(4, found.Count);
        Assert.Equal(found.Order(), found);
        Assert.All(found.Take(3), t => Assert.InRange(t, 1, 20_000));
    }

    [Fact]
    public void A_pin_that_oscillates_is_cut_off_and_what_is_cut_off_is_counted()
    {
        var bench = new Bench();
        using IDisposable scope = Bench.Use(bench);
        bench.Pins.Connect(34, new PulseTrain(3.3, 5, Enumerable.Range(1, 5_000).Select(i => i * 10L).ToArray()));
        var input = new PulseCounterInput(34);
        var queue = new SpikeBuffer(64);
        input.Poll(0, queue, 0);
        bench.Clock.AdvanceTo(50_005);
        input.Poll(50_005, queue, 0);
        Assert.Equal(64, queue.Count);
        Assert.Equal(5_000 - 64, queue.Missed);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(30)]
    [InlineData(-30)]
    public void The_stream_finds_every_spike_to_one_sample_of_25_us_whatever_its_clock(int errorPpm)
    {
        var bench = new Bench(CostProfile.Find("esp32-psram-rev3"));
        bench.AdcStream.ClockErrorPpm = errorPpm;
        using IDisposable scope = Bench.Use(bench);
        long[] times = Enumerable.Range(1, 300).Select(i => (i * 9_973L) + (i * i % 977)).ToArray();
        bench.Pins.Connect(34, new PulseTrain(2.0, 200, times));
        var clock = new BenchClock(bench);
        var input = new StreamedInput(clock, 34, 40_000, new SampledDetector(925, 200, 1_000));
        var queue = new SpikeBuffer(256);
        var found = new List<long>();
        while (bench.Clock.Now < 3_200_000)
        {
            input.Poll(clock.Now, queue, 0);
            while (queue.Take())
            {
                found.Add(queue.Time);
            }

            bench.Clock.AdvanceTo(bench.Clock.Now + 1_100);
        }

        Assert.Equal(times.Length, found.Count);
        Assert.Equal(25, input.Resolution);
        Assert.All(found.Zip(times), p => Assert.InRange(p.First - p.Second, -25, 25));
        Assert.Equal(0, input.LostSamples);
        Assert.Equal(0, bench.AdcStream.LostSamples);
    }

    [Fact]
    public void A_loop_that_comes_too_late_counts_what_the_stream_lost_and_keeps_its_time()
    {
        var bench = new Bench();
        using IDisposable scope = Bench.Use(bench);
        bench.Pins.Connect(34, new PulseTrain(2.0, 200, 700_100, 750_000));
        var clock = new BenchClock(bench);
        var input = new StreamedInput(clock, 34, 40_000, new SampledDetector(925, 200, 1_000));
        var queue = new SpikeBuffer(256);
        input.Poll(clock.Now, queue, 0);
        bench.Clock.AdvanceTo(500_000);
        var found = new List<long>();
        while (bench.Clock.Now < 800_000)
        {
            input.Poll(clock.Now, queue, 0);
            while (queue.Take())
            {
                found.Add(queue.Time);
            }

            bench.Clock.AdvanceTo(bench.Clock.Now + 1_000);
        }

        Assert.InRange(input.LostSamples, 40_000 * 0.4, 40_000 * 0.5);
        Assert.Equal(bench.AdcStream.LostSamples / 4, input.LostSamples);
        Assert.Equal(2, found.Count);
        Assert.InRange(found[0], 700_075, 700_125);
        Assert.InRange(found[1], 749_975, 750_025);
    }

    [Fact]
    public void While_the_stream_runs_nobody_else_reads_the_first_converter()
    {
        var bench = new Bench();
        using IDisposable scope = Bench.Use(bench);
        var adc = new Converters.InternalAdc(32, 0, null);
        var input = new StreamedInput(new BenchClock(bench), 34, 40_000, new SampledDetector(925, 200, 0));
        Assert.Throws<InvalidOperationException>(() => adc.Read());
        input.Close();
        Assert.Equal(0, adc.Read());
    }

    private static List<long> Run(long[] times, int width, int turn, Func<GpioController, BenchClock, ISpikeInput> open,
        out ISpikeInput input)
    {
        var bench = new Bench();
        using IDisposable scope = Bench.Use(bench);
        bench.Pins.Connect(34, new PulseTrain(3.3, width, times));
        input = open(new GpioController(), new BenchClock(bench));
        var queue = new SpikeBuffer(256);
        var found = new List<long>();
        for (long now = 0; now < times[^1] + (3 * turn); now += turn)
        {
            bench.Clock.AdvanceTo(now);
            input.Poll(now, queue, 7);
            while (queue.Take())
            {
                Assert.Equal(7, queue.Channel);
                found.Add(queue.Time);
            }
        }

        input.Close();
        return found;
    }
}
