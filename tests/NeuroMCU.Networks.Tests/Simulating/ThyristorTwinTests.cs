// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Networks;
using NeuroMCU.Networks.Reading;
using NeuroMCU.Parts;
using NeuroMCU.Recordings;
using NeuroMCU.Reference;
using NeuroMCU.Tests.Shared;

namespace NeuroMCU.Networks.Tests.Simulating;

/// <summary>The thyristor neuron of the reference against its closed form and against published behaviour.</summary>
public sealed class ThyristorTwinTests
{
    [Theory]
    [InlineData("w25", 48)]
    [InlineData("w25", 75)]
    [InlineData("w25", 107)]
    [InlineData("w23", 40)]
    [InlineData("w23", 122)]
    [InlineData("w25-33n", 92.8)]
    [InlineData("bench", 60)]
    public void Steady_rate_is_that_of_the_closed_form(string preset, double microamperes)
    {
        double[] times = Spikes($"preset: {preset}, bias: {Text(microamperes)} uA", 2);
        double rate = (times.Length - 2) / (times[^1] - times[1]) * 1e6;
        Assert.InRange(rate / ThyristorRate.Of(ThyristorPresets.Get(preset), microamperes * 1e-6), 0.999, 1.001);
    }

    [Theory]
    [InlineData("w25", 44, 0)]
    [InlineData("w25", 112, 1)]
    [InlineData("w23", 129, 1)]
    public void Below_the_onset_it_is_silent_and_above_the_block_it_latches_at_its_first_spike(string preset, double microamperes,
        int spikes)
    {
        Assert.Equal(spikes, Spikes($"preset: {preset}, bias: {Text(microamperes)} uA", 2).Length);
    }

    [Fact]
    public void A_latched_neuron_lets_go_when_the_drive_falls()
    {
        const string inputs = """
            inputs:
              - {to: cells, dc: {amplitude: 60 uA, start: 0 ms, stop: 500 ms}}
            """;
        double[] times = Spikes("bias: 60 uA", 1, inputs);
        Assert.Single(times, t => t < 500000);
        Assert.InRange(times.Count(t => t > 500000), 55, 62);
    }

    [Fact]
    public void A_packet_of_charge_lifts_the_membrane_by_charge_over_capacitance()
    {
        Network network = NetworkTexts.Parse("""
            neuromcu: 1
            populations:
              stim: {model: input, size: 1}
              cells: {model: thyristor, size: 1, capacitance: 100 nF}
            projections:
              - {from: stim, to: cells, connect: all-to-all, weight: 50 nC, delay: 0 ms}
            inputs:
              - {to: stim, spikes: [[0, 10 ms], [0, 12 ms]]}
            record:
              traces:
                - {population: cells, neurons: 0, every: 1 ms}
                - {population: cells, neurons: 0, every: 1 ms, quantity: current}
            """);
        RunRecording recording = new ReferenceSimulator(network).Run(20000);
        TraceRecord membrane = recording.Traces[0];
        Assert.Equal("V", membrane.Unit);
        Assert.Equal("uA", recording.Traces[1].Unit);
        Assert.Equal(0, membrane.Values[9]);
        Assert.Equal(0.5, membrane.Values[11], 12);
        Assert.Equal(1.0, membrane.Values[12], 12);

        // Above the knee of 0.61 V the leak g = onset/(threshold − knee) takes it back.
        double tau = 100e-9 * (2.6 - 0.61) / 46.4e-6;
        Assert.Equal(0.61 + (0.39 * Math.Exp(-2e-3 / tau)), membrane.Values[14], 9);
    }

    [Theory]
    [InlineData("ampa", 1, 1)]
    [InlineData("nmda", 2, 1)]
    [InlineData("gaba_a", 1, -1)]
    [InlineData("gaba_b", 2, -1)]
    public void A_receptor_passes_the_charge_of_a_spike_on_with_its_shape(string receptor, int stages, int sign)
    {
        Network network = NetworkTexts.Parse($$"""
            neuromcu: 1
            step: 0.1 ms
            populations:
              stim: {model: input, size: 1}
              cells: {model: thyristor, size: 1, receptors: { {{receptor}}: {tau: 10 ms} } }
            projections:
              - {from: stim, to: cells, connect: all-to-all, receptor: {{receptor}}, weight: 70 nC, delay: 0 ms}
            inputs:
              - {to: stim, spikes: [[0, 0 ms]]}
            record:
              traces:
                - {population: cells, neurons: 0, every: 0.1 ms, quantity: current}
            """);
        double[] current = new ReferenceSimulator(network).Run(300000).Traces[0].Values;
        double charge = current.Sum() * 0.1;
        Assert.InRange(charge * sign, 70 * 0.999, 70.0001);
        double peak = current.Max(v => v * sign);
        int at = Array.FindIndex(current, v => (v * sign).Equals(peak));
        double expected = stages == 2 ? 70 / (Math.E * 10) : 7;
        Assert.InRange(peak / expected, 0.99, 1.01);
        Assert.InRange(at * 0.1, stages == 2 ? 9.8 : 0.1, stages == 2 ? 10.4 : 0.1);
    }

    [Fact]
    public void The_published_memory_bump_is_set_holds_and_is_wiped()
    {
        Network network = NetworkFile.Load(System.IO.Path.Combine(NetworkTexts.Examples(), "memory-bump.yaml"));
        double[] times = new ReferenceSimulator(network).Run(network.Duration).Spikes.Times.Select(t => t / 1e6).ToArray();
        double Rate(double from, double to) => times.Count(t => t >= from && t < to) / (to - from);
        Assert.Equal(0, Rate(0, 1));
        Assert.InRange(Rate(1.5, 3), 110, 180);
        Assert.InRange(Rate(4, 6.5), 80, 130);
        Assert.Equal(0, Rate(7.5, 12));
    }

    private static string Text(double value)
    {
        return value.ToString("R", CultureInfo.InvariantCulture);
    }

    private static double[] Spikes(string parameters, int seconds, string inputs = "")
    {
        Network network = NetworkTexts.Parse($$"""
            neuromcu: 1
            populations:
              cells: {model: thyristor, size: 1, {{parameters}}}
            {{inputs}}
            """);
        return new ReferenceSimulator(network).Run(seconds * 1000000L).Spikes.Times.Select(t => (double)t).ToArray();
    }
}
