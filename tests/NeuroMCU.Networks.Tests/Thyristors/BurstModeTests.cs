// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Parts;
using NeuroMCU.VirtualBench.Circuits;

namespace NeuroMCU.Networks.Tests.Thyristors;

public class BurstModeTests
{
    [Theory]
    [InlineData(72.2, 47, BurstMode.Tonic)]
    [InlineData(90, 100, BurstMode.Tonic)]
    [InlineData(45, 100, BurstMode.Tonic)]
    [InlineData(46.7, 2400, BurstMode.Fast)]
    [InlineData(90, 3000, BurstMode.Fast)]
    [InlineData(60, 3000, BurstMode.Fast)]
    [InlineData(60, 4000, BurstMode.Fast)]
    [InlineData(38.7, 3000, BurstMode.Bursting)]
    [InlineData(44.4, 2300, BurstMode.Bursting)]
    [InlineData(39.4, 2300, BurstMode.Bursting)]
    [InlineData(36.5, 3000, BurstMode.Bursting)]
    [InlineData(40.8, 2500, BurstMode.Bursting)]
    [InlineData(52.6, 2500, BurstMode.Fast)]
    [InlineData(82.8, 1300, BurstMode.Tonic)]
    [InlineData(30, 2300, BurstMode.Silent)]
    [InlineData(132, 47, BurstMode.Silent)]
    public void The_bursting_circuit_is_in_the_published_mode(double microamps, double somaOhms, BurstMode mode)
    {
        // Figures 3 and 5 of Wu et al., Neuromorph. Comput. Eng. 3, 044008 (2023); C_s = 0.1 µF.
        var circuit = new BurstingCircuit(BurstingPresets.W23 with { SomaResistance = somaOhms });
        IReadOnlyList<double> spikes = CircuitRates.Spikes(circuit, microamps * 1e-6, 0.5, 0.5);
        ThyristorCell part = BurstingPresets.W23.Part;
        double charging = part.Capacitance * (part.Threshold - part.OnVoltage) / (microamps * 1e-6);
        Assert.Equal(mode, BurstModes.Classify(spikes, charging));
    }

    [Fact]
    public void A_plateau_after_a_burst_makes_it_IB2()
    {
        double[] spikes = [0, 1e-3, 2e-3, 41e-3, 42e-3, 43e-3];
        Assert.Equal(BurstMode.Bursting, BurstModes.Classify(spikes, 30e-3));
        Assert.Equal(BurstMode.PlateauBursting, BurstModes.Classify(spikes, 30e-3, 16e-3));
    }

    [Fact]
    public void The_charging_time_is_that_of_the_capacitor()
    {
        double time = BurstModes.ChargingTime(ThyristorPresets.Get("w23"), 72.2e-6);
        Assert.InRange(time, 29e-3, 32e-3);
    }
}
