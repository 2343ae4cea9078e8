// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Parts;
using NeuroMCU.VirtualBench.Circuits;

namespace NeuroMCU.Hardware.Tests.Circuits;

public class ThyristorCircuitTests
{
    private const double Micro = 1e-6;

    [Fact]
    public void W23_fires_at_22_Hz_with_140_mV_at_60_microamps()
    {
        var circuit = new ThyristorCircuit(ThyristorPresets.Get("w23"), 0.05);
        double peak = 0;
        circuit.Fired = time => peak = Math.Max(peak, circuit.Output(time));
        Assert.InRange(CircuitRates.Rate(new ThyristorCircuit(ThyristorPresets.Get("w23")), 60 * Micro), 19, 25);
        circuit.Drive(0, 60 * Micro);
        for (double t = 0; t < 0.5; t += 10e-6)
        {
            peak = Math.Max(peak, circuit.Output(t));
        }

        Assert.InRange(peak, 0.126, 0.154);
    }

    [Theory]
    [InlineData(32)]
    [InlineData(129)]
    public void W23_is_silent_outside_its_range(double microamps)
    {
        Assert.True(CircuitRates.Spikes(new ThyristorCircuit(ThyristorPresets.Get("w23")), microamps * Micro, 1, 5).Count == 0);
    }

    [Theory]
    [InlineData(40, 11)]
    [InlineData(50, 17)]
    [InlineData(60, 23)]
    [InlineData(80, 30)]
    [InlineData(92.4, 34)]
    [InlineData(110, 39)]
    public void W23_rate_is_that_of_the_paper(double microamps, double hertz)
    {
        // Figure 2 of Wu et al. 2023, read off: 10 % and the reading's 1 Hz.
        double rate = CircuitRates.Rate(new ThyristorCircuit(ThyristorPresets.Get("w23")), microamps * Micro);
        Assert.InRange(rate, (0.9 * hertz) - 1, (1.1 * hertz) + 1);
    }

    [Theory]
    [InlineData(55, 100)]
    [InlineData(65, 130)]
    [InlineData(75, 155)]
    [InlineData(85, 180)]
    [InlineData(97, 195)]
    public void W25_rate_is_that_of_the_paper(double microamps, double hertz)
    {
        double rate = CircuitRates.Rate(new ThyristorCircuit(ThyristorPresets.Get("w25")), microamps * Micro);
        Assert.InRange(rate, 0.85 * hertz, 1.15 * hertz);
    }

    [Theory]
    [InlineData(44)]
    [InlineData(112)]
    public void W25_is_silent_outside_its_range(double microamps)
    {
        Assert.True(CircuitRates.Spikes(new ThyristorCircuit(ThyristorPresets.Get("w25")), microamps * Micro, 0.1, 2).Count == 0);
    }

    [Fact]
    public void The_bench_device_follows_its_measured_table()
    {
        // Brain2Simulator, hardware rates of one P0118MA; the closed form of the two-state law has an RMSE of 6.8 Hz over the authors'
        // points.
        (double Current, double Rate)[] table = [(52.5, 117), (67.9, 165), (80.1, 195), (91.5, 212)];
        double sum = 0;
        foreach ((double current, double rate) in table)
        {
            double error = CircuitRates.Rate(new ThyristorCircuit(ThyristorPresets.Get("bench")), current * Micro) - rate;
            sum += error * error;
        }

        Assert.InRange(Math.Sqrt(sum / table.Length), 0, 8);
    }

    [Fact]
    public void Integration_with_small_steps_gives_the_same_spikes()
    {
        // An independent, stupid solver: Euler with 0.2 µs on the law as it is written down.
        ThyristorCell part = ThyristorPresets.Get("w25");
        const double Step = 0.2e-6;
        double v = 0;
        double wait = -1;
        bool on = false;
        var expected = new List<double>();
        for (long i = 0; i * Step < 0.05; i++)
        {
            double current = i * Step < 0.025 ? 60 * Micro : 90 * Micro;
            double flow = on
                ? Math.Max(0, (v - part.OnVoltage) / (part.OnResistance + part.Load))
                : part.Onset / (part.Threshold - part.Knee) * Math.Max(0, v - part.Knee);
            v += (current - flow) / part.Capacitance * Step;
            if (!on && v >= part.Threshold)
            {
                on = true;
                wait = -1;
                expected.Add(i * Step);
            }
            else if (on && wait < 0 && flow < part.Hold)
            {
                wait = part.Release;
            }
            else if (on && wait >= 0)
            {
                wait -= Step;
                on = wait >= 0;
            }
        }

        var circuit = new ThyristorCircuit(part);
        var times = new List<double>();
        circuit.Fired = times.Add;
        circuit.Drive(0, 60 * Micro);
        circuit.Drive(0.025, 90 * Micro);
        circuit.Advance(0.05);
        Assert.Equal(expected.Count, times.Count);
        Assert.All(expected.Zip(times), pair => Assert.InRange(pair.First - pair.Second, -20e-6, 20e-6));
    }

    [Fact]
    public void Above_the_hold_current_it_stays_on_until_the_current_falls()
    {
        var circuit = new ThyristorCircuit(ThyristorPresets.Get("w25"));
        circuit.Drive(0, 120 * Micro);
        circuit.Advance(1);
        Assert.True(circuit.Conducting);
        Assert.Equal(1, circuit.Spikes);
        Assert.Equal(120 * Micro * 2000, circuit.Output(1), 6);
        circuit.Drive(1, 80 * Micro);
        circuit.Advance(1.5);
        Assert.InRange(circuit.Spikes, 60, 110);
    }

    [Fact]
    public void The_reset_empties_the_membrane_and_holds_it()
    {
        var circuit = new ThyristorCircuit(ThyristorPresets.Get("w25"));
        circuit.Drive(0, 120 * Micro);
        circuit.Reset(0.5, true);
        Assert.InRange(circuit.Membrane(0.5005), 0, 0.02);
        circuit.Advance(1);
        Assert.Equal(1, circuit.Spikes);
        Assert.False(circuit.Conducting);
        circuit.Drive(1, 80 * Micro);
        circuit.Reset(1, false);
        circuit.Advance(1.1);
        Assert.InRange(circuit.Spikes, 10, 25);
    }

    [Fact]
    public void A_part_that_does_not_release_fires_once()
    {
        var circuit = new ThyristorCircuit(ThyristorPresets.Get("w25"));
        circuit.Latch(0, true);
        circuit.Drive(0, 80 * Micro);
        circuit.Advance(1);
        Assert.Equal(1, circuit.Spikes);
        Assert.Equal(80 * Micro * 2000, circuit.Output(1), 6);
        circuit.Drive(1, 0);
        circuit.Drive(1.1, 80 * Micro);
        circuit.Advance(1.2);
        Assert.Equal(2, circuit.Spikes);
    }

    [Fact]
    public void The_past_is_kept_for_samples_that_are_read_late()
    {
        var prompt = new ThyristorCircuit(ThyristorPresets.Get("w25"));
        var late = new ThyristorCircuit(ThyristorPresets.Get("w25"));
        prompt.Drive(0, 90 * Micro);
        late.Drive(0, 90 * Micro);
        late.Advance(1);
        late.Drive(1, 70 * Micro);
        for (double t = 0.7; t < 1; t += 25e-6)
        {
            Assert.Equal(prompt.Output(t), late.Output(t), 9);
            Assert.Equal(prompt.Membrane(t), late.Membrane(t), 9);
        }
    }

    [Fact]
    public void Looking_does_not_change_what_happens()
    {
        var watched = new ThyristorCircuit(ThyristorPresets.Get("w25"));
        var alone = new ThyristorCircuit(ThyristorPresets.Get("w25"));
        watched.Drive(0, 70 * Micro);
        alone.Drive(0, 70 * Micro);
        for (double t = 0; t < 1; t += 37e-6)
        {
            watched.Output(t);
        }

        Assert.Equal(alone.Membrane(1), watched.Membrane(1));
        Assert.Equal(alone.Spikes, watched.Spikes);
    }

    [Fact]
    public void Threshold_memory_keeps_it_firing_below_the_onset()
    {
        ThyristorCell part = ThyristorPresets.Get("w25") with { Memory = 0.05, MemoryTime = 0.03 };
        var circuit = new ThyristorCircuit(part);
        circuit.Drive(0, 60 * Micro);
        circuit.Drive(0.2, 46 * Micro);
        circuit.Advance(1.2);
        var fresh = new ThyristorCircuit(part);
        fresh.Drive(0, 46 * Micro);
        fresh.Advance(1);
        Assert.True(circuit.Spikes > 50);
        Assert.Equal(0, fresh.Spikes);
    }

    [Fact]
    public void The_detector_sees_one_pulse_of_the_spike_s_width_for_each_spike()
    {
        var circuit = new ThyristorCircuit(ThyristorPresets.Get("w25"), 0.95);
        var rises = new List<double>();
        var falls = new List<double>();
        var fired = new List<double>();
        circuit.Fired = fired.Add;
        circuit.Crossed = (time, upwards) => (upwards ? rises : falls).Add(time);
        circuit.Drive(0, 80 * Micro);
        circuit.Advance(1.0005);
        Assert.Equal(fired, rises);
        Assert.Equal(rises.Count, falls.Count);
        Assert.All(rises.Zip(falls), pair => Assert.InRange(pair.Second - pair.First, 0.13e-3, 0.17e-3));
    }

    [Fact]
    public void A_threshold_that_the_hold_current_reaches_is_refused()
    {
        ArgumentException problem = Assert.Throws<ArgumentException>(
            () => new ThyristorCircuit(ThyristorPresets.Get("w25") with { Threshold = 0.9 }));
        Assert.Contains("hold current", problem.Message, StringComparison.Ordinal);
    }
}
