// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Networks;
using NeuroMCU.Networks.Models;
using NeuroMCU.Tests.Shared;

namespace NeuroMCU.Networks.Tests.Reading;

/// <summary>Populations given by the components of their circuit: what is read, what is refused and in which words.</summary>
public sealed class CircuitFileTests
{
    private const string Good = """
        neuromcu: 1
        populations:
          stim: {model: input, size: 3}
          cells:
            model: thyristor
            size: 3
            preset: w25
            bias: [44 uA, 45 uA, 46 uA]
            threshold: 2.7 V
            receptors: {nmda: {tau: 470 ms}, slow: {kind: gaba_b, tau: 1 s}}
        projections:
          - {from: stim, to: cells, connect: one-to-one, receptor: nmda, weight: 80 nC, delay: 1 ms}
          - {from: stim, to: cells, connect: one-to-one, weight: 5 nC, delay: 1 ms}
        inputs:
          - {to: cells, dc: {amplitude: 22.9 uA}}
        record:
          traces:
            - {population: cells, neurons: 0, every: 1 ms, quantity: current}
        """;

    [Fact]
    public void Components_units_and_receptors_are_read()
    {
        Network network = NetworkTexts.Parse(Good);
        Population cells = network.Populations[1];
        Assert.Equal(45, cells.Value("bias", 1), 9);
        Assert.Equal(2700, cells.Value("threshold", 2), 9);
        Assert.Equal(0.1, cells.Value("capacitance", 0), 9);
        Assert.Equal([("nmda", 2, 1, 470000), ("slow", 2, -1, 1e6)], cells.Receptors.Select(r => (r.Name, r.Stages, r.Sign, r.Tau)));
        Assert.Equal([0, -1], network.Projections.Select(p => p.ReceptorIndex));
        Assert.Equal(80, network.Projections[0].Connections[0].Weight, 9);
        Assert.Equal(22.9, network.Drives[0].Amplitude, 9);
        Assert.Equal(TraceQuantity.Current, network.Traces[0].Quantity);
    }

    [Fact]
    public void Parts_are_drawn_from_the_measured_population_by_seed()
    {
        string text = Good.Replace("threshold: 2.7 V", "spread: {parts: measured, seed: 3}", StringComparison.Ordinal);
        Population a = NetworkTexts.Parse(text).Populations[1];
        Population b = NetworkTexts.Parse(text).Populations[1];
        Population other = NetworkTexts.Parse(text.Replace("seed: 3", "seed: 4", StringComparison.Ordinal)).Populations[1];
        Assert.Equal(a.Parameters["threshold"].Values, b.Parameters["threshold"].Values);
        Assert.NotEqual(a.Parameters["threshold"].Values, other.Parameters["threshold"].Values);
        Assert.All(a.Parameters["threshold"].Values, v => Assert.InRange(v, 1100, 2800));
        Assert.All(a.Parameters["hold"].Values, v => Assert.InRange(v, 56.8, 109.5));
        Assert.True(a.Parameters["capacitance"].IsUniform);
    }

    [Fact]
    public void A_value_in_the_file_wins_over_the_drawn_part()
    {
        Population cells = NetworkTexts.Parse(Good.Replace("threshold: 2.7 V", "spread: measured\n    hold: 100 uA",
            StringComparison.Ordinal)).Populations[1];
        Assert.Equal([100], cells.Parameters["hold"].Values);
        Assert.Equal(3, cells.Parameters["onset"].Values.Count);
    }

    [Theory]
    [InlineData("threshold: 2.7 V", "threshold: 0.6 V",
        "net.yaml:9:16: populations.cells.threshold: `threshold` is 600 mV, not above the `knee` 610 mV: the thyristor leaks from the "
        + "knee up to the threshold; raise `threshold` or lower `knee`")]
    [InlineData("threshold: 2.7 V", "hold: 40 uA",
        "net.yaml:9:11: populations.cells.hold: `hold` is 40 uA, not above the `onset` 46.4 uA: the neuron would never be able to fire "
        + "between; raise `hold` or lower `onset`; a real part like this one is of no use as a neuron")]
    [InlineData("threshold: 2.7 V", "load: 20 kOhm",
        "net.yaml:5:5: populations.cells: `threshold` is 2.6 V, not above the voltage at which the thyristor opens, on_voltage + hold · "
        + "(on_resistance + load) = 2.8627 V: it would open as soon as it fires; raise `threshold`, or lower `load` or `hold`")]
    [InlineData("threshold: 2.7 V", "initial: 3 V",
        "net.yaml:9:14: populations.cells.initial: `initial` is 3 V, not below the threshold 2.6 V: the neuron would fire before it has "
        + "seen any input; lower `initial`")]
    [InlineData("threshold: 2.7 V", "memory: 1.9 V",
        "net.yaml:9:13: populations.cells.memory: `memory` is 1.9 V: the lowered threshold 700 mV is not above the knee, the voltage at "
        + "which the thyristor opens and `initial`; lower `memory`")]
    [InlineData("threshold: 2.7 V", "capacitance: 3 F",
        "net.yaml:9:18: populations.cells.capacitance: is 3E+06 uF, out of range; write a value from 0.001 pF to 1000 uF")]
    [InlineData("threshold: 2.7 V", "capacitance: 3",
        "net.yaml:9:18: populations.cells.capacitance: is `3`: a capacitance needs a unit; write `3 uF` or `3 nF`")]
    [InlineData("threshold: 2.7 V", "tau: 20 ms",
        "net.yaml:9:5: populations.cells.tau: unknown field `tau`; known here: bias, capacitance, channels, hold, initial, knee, load, "
        + "memory, memory_time, model, on_resistance, on_voltage, onset, positions, preset, receptors, release, site, size, spread, "
        + "threshold")]
    [InlineData("preset: w25", "preset: w24",
        "net.yaml:7:13: populations.cells.preset: is `w24`, expected `w25` or `w25-fig6` or `w25-33n` or `w25-fig11` or `w25-fig13` or "
        + "`w23` or `bench`; did you mean `w25`?")]
    [InlineData("receptor: nmda", "receptor: nmdb",
        "net.yaml:12:60: projections[0].receptor: is `nmdb`, which is no receptor of `cells`; did you mean `nmda`?")]
    [InlineData("receptor: nmda, weight: 80 nC", "receptor: slow, weight: -80 nC",
        "net.yaml:12:74: projections[0].weight: has a negative charge, but the receptor `slow` has its sign already; write the weight "
        + "without a minus sign; the receptor inhibits")]
    [InlineData("weight: 80 nC", "weight: 80 mV",
        "net.yaml:12:74: projections[0].weight: is `80 mV`, which is a voltage, expected a charge; write a charge such as `20 nC`")]
    [InlineData("slow: {kind: gaba_b, tau: 1 s}", "slow: {tau: 1 s}",
        "net.yaml:10:44: populations.cells.receptors.slow: `slow` is no kind of receptor; add `kind:` with one of ampa, nmda, gaba_a, "
        + "gaba_b, or `stages` and `sign`")]
    [InlineData("slow: {kind: gaba_b, tau: 1 s}", "gabaa: {tau: 1 s}",
        "net.yaml:10:45: populations.cells.receptors.gabaa: `gabaa` is no kind of receptor; did you mean `gaba_a`?")]
    [InlineData("threshold: 2.7 V", "channels: [n1, n2, n1]",
        "net.yaml:9:15: populations.cells.channels: names `n1` twice; a channel is one neuron; name each once")]
    [InlineData("threshold: 2.7 V", "channels: [n1, n2]",
        "net.yaml:9:15: populations.cells.channels: names 2 channels for 3 neurons; name 3, one per neuron")]
    [InlineData("threshold: 2.7 V", "channels: [n1, n2, n3]",
        "net.yaml:13:5: projections[1]: has no `receptor`, but `cells` is a population of board channels, which a charge cannot be put "
        + "on at once; add `receptor: nmda`")]
    [InlineData("amplitude: 22.9 uA", "amplitude: 22.9 mV",
        "net.yaml:15:33: inputs[0].dc.amplitude: is `22.9 mV`, which is a voltage, expected a current; write a current such as `50 uA`")]
    public void Mistakes_are_told_with_place_value_and_next_step(string old, string replacement, string message)
    {
        Assert.Contains(old, Good, StringComparison.Ordinal);
        Assert.Equal(message, NetworkTexts.OnlyError(Good.Replace(old, replacement, StringComparison.Ordinal)).ToString());
    }

    [Fact]
    public void A_bad_part_among_many_is_named_by_its_neuron()
    {
        string text = Good.Replace("threshold: 2.7 V", "hold: [100 uA, 40 uA, 30 uA]", StringComparison.Ordinal);
        Assert.Contains("(neuron 1)", NetworkTexts.OnlyError(text).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_bursting_neuron_is_software_and_has_no_measured_population()
    {
        const string Bursting = """
            neuromcu: 1
            populations:
              cells: {model: bursting, size: 1, soma_resistance: 3 kOhm, FIELD}
            """;
        string Error(string field) => NetworkTexts.OnlyError(Bursting.Replace("FIELD", field, StringComparison.Ordinal)).Message;
        Assert.Contains("is software", Error("channels: [n1]"), StringComparison.Ordinal);
        Assert.Contains("no population of parts was measured", Error("spread: measured"), StringComparison.Ordinal);
        Assert.Contains("brings the threshold down to 785 mV or less", Error("threshold_drop: 0.2 V"), StringComparison.Ordinal);
        Assert.Equal(3, NetworkTexts.Parse(Bursting.Replace("FIELD", "bias: 38.7 uA", StringComparison.Ordinal))
            .Populations[0].Value("soma_resistance", 0));
    }

    [Fact]
    public void Every_component_set_passes_its_own_model()
    {
        foreach (CircuitModel model in CircuitModels.All)
        {
            foreach (string preset in model.Presets)
            {
                Assert.Empty(model.Check(name => model.ValuesOf(preset)[name]));
                Assert.All(model.Parameters, p => Assert.InRange(model.ValuesOf(preset)[p.Name], p.Least, p.Most));
            }
        }
    }
}
