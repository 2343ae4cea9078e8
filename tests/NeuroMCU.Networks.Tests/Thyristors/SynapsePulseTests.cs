// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Networks;
using NeuroMCU.Networks.Reading;
using NeuroMCU.Parts;
using NeuroMCU.Tests.Shared;

namespace NeuroMCU.Networks.Tests.Thyristors;

/// <summary>The charge per spike against a step-by-step integration of the circuit's equations, against its single spike, and in the
/// motifs.</summary>
public sealed class SynapsePulseTests
{
    private const double Gain = 2.63e-3;
    private const double Diode = 2.2e-3;
    private const double Mirror = 1.057;

    [Theory]
    [InlineData("w25-fig6", 5e3)]
    [InlineData("w25-fig6", 10e3)]
    [InlineData("w25-fig6", 18e3)]
    [InlineData("w25-fig11", 1.5e3)]
    [InlineData("w25-fig11", 30e3)]
    public void The_closed_form_is_the_integral_of_the_pulse(string preset, double resistor)
    {
        ThyristorCell cell = ThyristorPresets.Get(preset);
        double voltage = (cell.Threshold - cell.Memory - cell.OnVoltage) * cell.Load / cell.ConductingResistance;
        double step = cell.DischargeTime / 20000;
        double charge = 0;
        double through = Through(resistor);
        for (; voltage > SynapsePulse.Omega; voltage -= voltage * step / cell.DischargeTime)
        {
            double over = voltage - SynapsePulse.Omega;
            charge += Mirror * Math.Min(through, Gain * over * over) * step;
        }

        Assert.Equal(1, SynapsePulse.PulseCharge(cell, resistor) / charge, 1e-3);
        Assert.Equal(70 / 60.0, SynapsePulse.Charge(cell, resistor) / SynapsePulse.PulseCharge(cell, resistor), 1e-9);
    }

    // Figure 4: a spike of 1.96 V at 10 kΩ, 410 µA and 60 nC; the appendix: about 4 V over R_W at 200 µA.
    [Fact]
    public void The_single_spike_of_the_paper_and_its_supply_are_met()
    {
        ThyristorCell spike = ThyristorPresets.Get("w25-fig6") with { Threshold = 0.70 + (1.96 * 2025 / 2000), Memory = 0 };
        Assert.Equal(60, SynapsePulse.PulseCharge(spike, 10e3) * 1e9, 0.5);
        Assert.Equal(410, SynapsePulse.Height(10e3) * 1e6, 1.0);
        Assert.Equal(200, SynapsePulse.Height(20e3) / Mirror * 1e6, 1.0);
    }

    [Fact]
    public void More_resistance_passes_less_charge_but_never_in_proportion_and_a_low_spike_none()
    {
        ThyristorCell cell = ThyristorPresets.Get("w25-fig6");
        double[] charges = [.. new[] { 1e3, 2e3, 4e3, 8e3, 16e3, 32e3 }.Select(r => SynapsePulse.Charge(cell, r))];
        Assert.All(charges.Zip(charges.Skip(1)), pair => Assert.InRange(pair.First / pair.Second, 1.0001, 1.9999));
        Assert.Equal(0, SynapsePulse.Charge(cell with { Threshold = 1.3, Memory = 0 }, 5e3));
        Assert.Throws<ArgumentOutOfRangeException>(() => SynapsePulse.Charge(cell, 0));
    }

    // One charge per resistor: what the files give is what the law says of their neuron.
    [Theory]
    [InlineData("memory-bump", 5e3)]
    [InlineData("memory-perturbed", 5e3)]
    [InlineData("adaptation", 2.2e3)]
    [InlineData("burster", 2.2e3)]
    public void The_motifs_have_the_charge_of_their_resistor(string motif, double resistor)
    {
        Network network = NetworkFile.Load(Path.Combine(NetworkTexts.Examples(), "motifs", motif + ".yaml"));
        string preset = motif switch { "adaptation" => "w25-fig11", "burster" => "w25-fig13", _ => "w25-fig6" };
        double charge = SynapsePulse.Charge(ThyristorPresets.Get(preset), resistor) * 1e9;
        Assert.Equal(Math.Round(charge, 1).ToString(CultureInfo.InvariantCulture),
            network.Projections[0].Connections[0].Weight.ToString(CultureInfo.InvariantCulture));
    }

    private static double Through(double resistor)
    {
        (double low, double high) = (0, 4.3 / resistor);
        for (int i = 0; i < 60; i++)
        {
            double middle = (low + high) / 2;
            (low, high) = (resistor * middle) + Math.Sqrt(middle / Diode) < 4.3 ? (middle, high) : (low, middle);
        }

        return low;
    }
}
