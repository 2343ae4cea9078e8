// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Parts;
using NeuroMCU.VirtualBench.Circuits;

namespace NeuroMCU.Hardware.Tests.Circuits;

public class BurstingCircuitTests
{
    [Fact]
    public void Tonic_spikes_have_the_published_period_and_height()
    {
        // 31.5 ms and 100 to 110 mV at 72.2 µA and 47 Ω (read off figure 3 of Wu et al. 2023).
        var circuit = Circuit(47);
        double peak = 0;
        IReadOnlyList<double> spikes = CircuitRates.Spikes(circuit, 72.2e-6, 0.2, 1);
        circuit.Fired = time => peak = Math.Max(peak, circuit.Output(time + 20e-6));
        circuit.Advance(2);
        Assert.InRange((spikes[^1] - spikes[0]) / (spikes.Count - 1), 25.2e-3, 37.8e-3);
        Assert.InRange(peak, 0.0945, 0.1155);
    }

    [Fact]
    public void Fast_spikes_have_the_published_intervals()
    {
        // 1.75, 0.9 and 0.5 ms, read off figures 3 and 5.
        Assert.InRange(1 / CircuitRates.Rate(Circuit(2400), 46.7e-6), 1.4e-3, 2.1e-3);
        Assert.InRange(1 / CircuitRates.Rate(Circuit(3000), 60e-6), 0.72e-3, 1.08e-3);
        Assert.InRange(1 / CircuitRates.Rate(Circuit(3000), 90e-6), 0.4e-3, 0.6e-3);
    }

    [Fact]
    public void A_sample_that_is_taken_after_the_fact_is_the_one_of_its_time()
    {
        var circuit = Circuit(3000);
        var late = Circuit(3000);
        circuit.Drive(0, 38.7e-6);
        late.Drive(0, 38.7e-6);
        circuit.Advance(0.4);
        late.Advance(0.4);
        (double Soma, double Membrane)[] then = [.. Enumerable.Range(0, 2000)
            .Select(k => (circuit.Output(0.4 + (k * 25e-6)), circuit.Membrane(0.4 + (k * 25e-6))))];
        late.Advance(0.45);
        Assert.True(then.Max(v => v.Soma) > 0.2);
        for (int k = 0; k < then.Length; k++)
        {
            Assert.Equal(then[k].Soma, late.Output(0.4 + (k * 25e-6)), 1e-9);
            Assert.Equal(then[k].Membrane, late.Membrane(0.4 + (k * 25e-6)), 1e-9);
        }
    }

    [Theory]
    [InlineData(46.7, 2400)]
    [InlineData(72.2, 47)]
    public void Integration_with_small_steps_gives_the_same_spikes(double microamps, double somaOhms)
    {
        const double Step = 0.05e-6;
        const double Cs = 0.1e-6;
        ThyristorCell part = ThyristorPresets.Get("w23") with { Release = 0 };
        double v = 0;
        double s = 0;
        bool on = false;
        var expected = new List<double>();
        for (long i = 0; i * Step < 0.3 && expected.Count < 3; i++)
        {
            double across = v - s;
            double flow = on
                ? Math.Max(0, (across - part.OnVoltage) / part.OnResistance)
                : part.Onset / (part.Threshold - part.Knee) * Math.Max(0, across - part.Knee);
            v += ((microamps * 1e-6) - flow) / part.Capacitance * Step;
            s += (flow - (s / somaOhms)) / Cs * Step;
            if (!on && v - s >= part.Threshold)
            {
                on = true;
                expected.Add(i * Step);
            }
            else if (on && flow < part.Hold)
            {
                on = false;
            }
        }

        var circuit = new BurstingCircuit(new BurstingCell
        {
            Part = part,
            SomaResistance = somaOhms,
            SomaCapacitance = Cs,
            ThresholdDrop = 0,
            ThresholdRecovery = 0
        });
        var times = new List<double>();
        circuit.Fired = times.Add;
        circuit.Drive(0, microamps * 1e-6);
        circuit.Advance(expected[^1] + 20e-6);
        Assert.Equal(expected.Count, times.Count);
        Assert.All(expected.Zip(times), pair => Assert.InRange(pair.First - pair.Second, -10e-6, 10e-6));
    }

    [Fact]
    public void The_reset_empties_the_dendrite()
    {
        var circuit = Circuit(47);
        circuit.Drive(0, 140e-6);
        circuit.Advance(1);
        Assert.Equal(1, circuit.Spikes);
        circuit.Reset(1, true);
        Assert.InRange(circuit.Membrane(1.05), 0, 0.03);
        circuit.Drive(1.05, 72.2e-6);
        circuit.Reset(1.05, false);
        circuit.Advance(2);
        Assert.True(circuit.Spikes > 20);
    }

    private static BurstingCircuit Circuit(double somaOhms) => new(BurstingPresets.W23 with { SomaResistance = somaOhms });
}
