// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Parts;

namespace NeuroMCU.Networks.Tests.Thyristors;

/// <summary>The closed form against published f(I), spikes and limits.</summary>
public sealed class ThyristorRateTests
{
    [Theory]
    [InlineData(40, 11)]
    [InlineData(50, 17)]
    [InlineData(60, 23)]
    [InlineData(80, 30)]
    [InlineData(92.4, 34)]
    [InlineData(110, 39)]
    [InlineData(122, 41)]
    public void W23_rate_is_within_10_percent_of_the_paper(double microamperes, double hertz)
    {
        Assert.InRange(Rate("w23", microamperes) / hertz, 0.9, 1.1);
    }

    [Theory]
    [InlineData(55, 100)]
    [InlineData(65, 130)]
    [InlineData(75, 155)]
    [InlineData(85, 180)]
    [InlineData(97, 195)]
    public void W25_rate_is_within_15_percent_of_the_paper(double microamperes, double hertz)
    {
        Assert.InRange(Rate("w25", microamperes) / hertz, 0.85, 1.15);
    }

    // Figures 6(a) and 11(b), from the jump at the onset on.
    [Theory]
    [InlineData("w25-fig6", 48, 75)]
    [InlineData("w25-fig6", 50, 85)]
    [InlineData("w25-fig6", 55, 100)]
    [InlineData("w25-fig6", 75, 155)]
    [InlineData("w25-fig6", 102, 200)]
    [InlineData("w25-fig11", 60, 245)]
    [InlineData("w25-fig11", 92.8, 449)]
    [InlineData("w25-fig11", 110, 510)]
    public void A_rate_with_threshold_memory_is_within_10_percent_of_the_paper(string preset, double microamperes, double hertz)
    {
        Assert.InRange(Rate(preset, microamperes) / hertz, 0.9, 1.1);
    }

    // Within a microampere: 0 below the onset, slow where the charging outlasts the memory, above 70 Hz where it does not.
    [Fact]
    public void The_rate_jumps_where_the_membrane_gets_to_the_lowered_threshold_in_time()
    {
        Assert.Equal(0, Rate("w25-fig6", 45.9));
        Assert.InRange(Rate("w25-fig6", 46.2), 10, 40);
        Assert.InRange(Rate("w25-fig6", 47.2), 70, 85);
        ThyristorCell cell = ThyristorPresets.Get("w25-fig6");
        ThyristorCell lowered = cell with
        {
            Threshold = cell.Threshold - cell.Memory,
            Onset = cell.Leak * (cell.Threshold - cell.Memory - cell.Knee),
            Memory = 0
        };
        Assert.Equal(ThyristorRate.Of(lowered, 75e-6), ThyristorRate.Of(cell, 75e-6), 1e-9);
        Assert.Equal(ThyristorRate.Of(cell with { Memory = 0 }, 46.2e-6), ThyristorRate.Of(cell, 46.2e-6), 1e-9);
    }

    [Theory]
    [InlineData("w25", 44)]
    [InlineData("w25", 112)]
    [InlineData("w23", 32)]
    [InlineData("w23", 129)]
    [InlineData("bench", 103)]
    [InlineData("w25-33n", 48)]
    public void Outside_its_limits_the_neuron_is_silent(string preset, double microamperes)
    {
        Assert.Equal(0, Rate(preset, microamperes));
    }

    [Fact]
    public void Bench_device_is_met_within_8_hertz_root_mean_square()
    {
        (double Current, double Rate)[] measured = [(43.6, 49), (52.5, 117), (67.9, 165), (80.1, 195), (91.5, 212)];
        double error = Math.Sqrt(measured.Average(m => Math.Pow(Rate("bench", m.Current) - m.Rate, 2)));
        Assert.InRange(error, 0, 8);
    }

    [Fact]
    public void W23_spike_is_140_millivolts_high_and_the_small_capacitor_gives_465_hertz()
    {
        Assert.InRange(ThyristorRate.SpikeHeight(ThyristorPresets.Get("w23")), 0.126, 0.154);
        Assert.InRange(Rate("w23", 60), 19, 25);
        Assert.InRange(Rate("w25-33n", 92.8), 460, 470);
    }

    [Fact]
    public void Without_knee_and_release_the_period_is_the_published_two_state_form()
    {
        ThyristorCell cell = ThyristorPresets.Get("bench");
        foreach (double current in new[] { 42e-6, 60e-6, 80e-6, 94e-6 })
        {
            double h = cell.Threshold / cell.Onset;
            double c = cell.ConductingResistance;
            double hold = cell.Hold * c;
            double expected = (cell.Capacitance * h * Math.Log(((current * h) - hold) / ((current * h) - cell.Threshold)))
                + (cell.Capacitance * c * Math.Log((cell.Threshold - (current * c)) / (hold - (current * c))));
            Assert.Equal(expected, ThyristorRate.Cycle(cell, current)!.Value.Period, 12);
        }
    }

    [Fact]
    public void Period_agrees_with_the_differential_equation_stepped_in_time()
    {
        foreach (string preset in ThyristorPresets.Names)
        {
            ThyristorCell cell = ThyristorPresets.Get(preset);
            double current = cell.Onset + (0.4 * (cell.Hold - cell.Onset));
            Assert.InRange(ThyristorRate.Of(cell, current) * SteppedPeriod(cell, current), 0.998, 1.002);
        }
    }

    [Fact]
    public void Current_for_a_rate_gives_that_rate()
    {
        ThyristorCell cell = ThyristorPresets.Get("w25");
        foreach (double rate in new[] { 40.0, 100, 190 })
        {
            Assert.Equal(rate, ThyristorRate.Of(cell, ThyristorRate.CurrentFor(cell, rate)!.Value), 3);
        }

        Assert.Null(ThyristorRate.CurrentFor(cell, 250));
        Assert.Equal(0, ThyristorRate.SpikeWidth(cell, 200e-6));
        Assert.InRange(ThyristorRate.SpikeWidth(cell, 60e-6), 0.1e-3, 0.25e-3);
    }

    [Fact]
    public void Unknown_presets_are_refused_with_the_known_ones()
    {
        Assert.Contains("w25-33n", Assert.Throws<ArgumentException>(() => ThyristorPresets.Get("w24")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Drawn_parts_have_the_measured_spread()
    {
        Random random = new(4);
        ThyristorCell[] parts = Enumerable.Range(0, 20000).Select(_ => PartSpread.Draw(ThyristorPresets.Get("bench"), random)).ToArray();
        double[] thresholds = parts.Select(p => p.Threshold).ToArray();
        double[] holds = parts.Select(p => p.Hold * 1e6).ToArray();
        double[] onsets = parts.Select(p => p.Onset * 1e6).Order().ToArray();
        Assert.InRange(thresholds.Min(), 1.10, 1.12);
        Assert.InRange(thresholds.Max(), 2.78, 2.80);
        Assert.InRange(thresholds.Average(), 1.71, 1.75);
        Assert.InRange(Deviation(thresholds), 0.54, 0.58);
        Assert.InRange(holds.Average(), 76.9, 77.9);
        Assert.InRange(Deviation(holds), 16.3, 17.3);
        Assert.InRange(onsets[10000], 32, 34);
    }

    private static double Rate(string preset, double microamperes)
    {
        return ThyristorRate.Of(ThyristorPresets.Get(preset), microamperes * 1e-6);
    }

    private static double Deviation(double[] values)
    {
        double mean = values.Average();
        return Math.Sqrt(values.Average(v => (v - mean) * (v - mean)));
    }

    // Forward Euler from one crossing of the threshold to the next, the second to the third: the first is at the full threshold.
    private static double SteppedPeriod(ThyristorCell cell, double current)
    {
        double step = cell.DischargeTime / 5000;
        double v = 0;
        double release = 0;
        double remembered = 0;
        bool on = false;
        bool releasing = false;
        double last = 0;
        int spikes = 0;
        for (double t = 0; ; t += step)
        {
            double through = (v - cell.OnVoltage) / cell.ConductingResistance;
            v += step / cell.Capacitance * (current - (on ? through : cell.Leak * Math.Max(0, v - cell.Knee)));
            if (!on && v >= (t < remembered ? cell.Threshold - cell.Memory : cell.Threshold))
            {
                if (++spikes == 3)
                {
                    return t - last;
                }

                (on, releasing, last) = (true, false, t);
            }
            else if (on && !releasing && through < cell.Hold)
            {
                (releasing, release) = (true, t + cell.Release);
            }

            if (on && releasing && t >= release)
            {
                (on, remembered) = (false, t + cell.MemoryTime);
            }
        }
    }
}
