// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Networks;
using NeuroMCU.Recordings;
using NeuroMCU.Reference;
using NeuroMCU.Tests.Shared;

namespace NeuroMCU.Networks.Tests.Simulating;

public sealed class ReferenceSimulatorTests
{
    private const string Template = """
        neuromcu: 1
        step: 0.1 ms
        populations:
          stim: {model: input, size: 2}
          cell: {model: lif, size: 1, tau: 20 ms, threshold: 1.0, CELL}
        projections:
          - {from: stim, to: cell, connect: all-to-all, weight: WEIGHT, delay: 1 ms}
        inputs:
          - {to: stim, spikes: [SPIKES]}
          - {to: cell, dc: {amplitude: AMPLITUDE}}
        record:
          spikes: [cell]
          traces: [{population: cell, every: 0.1 ms}]
        """;

    private static RunRecording Run(string cell, string spikes, string amplitude, int until, string weight = "0.6")
    {
        string text = Template.Replace("CELL", cell, StringComparison.Ordinal).Replace("SPIKES", spikes, StringComparison.Ordinal)
            .Replace("AMPLITUDE", amplitude, StringComparison.Ordinal).Replace("WEIGHT", weight, StringComparison.Ordinal);
        return new ReferenceSimulator(NetworkTexts.Parse(text)).Run(until);
    }

    [Theory]
    [InlineData(1.5, 0)]
    [InlineData(1.5, 3000)]
    [InlineData(4.0, 1000)]
    public void Under_constant_drive_the_period_is_the_closed_form(double drive, int refractory)
    {
        // T = r + τ ln((e − ρ)/(e − θ)); every spike lies on the whole microsecond nearest to its exact moment.
        double first = 20000 * Math.Log(drive / (drive - 1));
        double period = refractory + first;
        SpikeRecord spikes = Run($"refractory: {refractory} us", string.Empty, Text(drive), 1000000).Spikes;
        Assert.True(spikes.Count > 20);
        Assert.All(Enumerable.Range(0, spikes.Count), i => Assert.Equal(first + (i * period), spikes.Times[i], 0.5001));
    }

    [Fact]
    public void A_clocked_neuron_fires_on_the_first_step_at_or_after_the_crossing()
    {
        SpikeRecord spikes = Run("update: clocked", string.Empty, "1.5", 100000).Spikes;
        double crossing = 20000 * Math.Log(3);
        Assert.Equal((long)Math.Ceiling(crossing / 100) * 100, spikes.Times[0]);
    }

    [Fact]
    public void Drive_that_only_reaches_the_threshold_in_the_limit_never_fires()
    {
        Assert.Equal(0, Run("update: event", string.Empty, "1.0", 10000000).Spikes.Count);
    }

    [Fact]
    public void A_delta_synapse_steps_the_membrane_which_then_decays()
    {
        TraceRecord trace = Assert.Single(Run("update: event", "[0, 5 ms]", "0.0", 40000).Traces);
        Assert.All(
            Enumerable.Range(0, trace.Times.Length),
            i => Assert.Equal(trace.Times[i] < 6000 ? 0 : 0.6 * Math.Exp(-(trace.Times[i] - 6000) / 20000.0), trace.Values[i], 12));
    }

    [Fact]
    public void An_exponential_synapse_gives_the_difference_of_two_exponentials()
    {
        // τ u' = −u + w·exp(−t/τs): u = w·τs/(τs − τ)·(exp(−t/τs) − exp(−t/τ)), exact at the steps when the spike arrives at one.
        TraceRecord trace = Assert.Single(Run("synapse: exponential, tau_excitatory: 5 ms", "[0, 5 ms]", "0.0", 60000).Traces);
        for (int i = 0; i < trace.Times.Length; i++)
        {
            double t = trace.Times[i] - 6000;
            double expected = t <= 0 ? 0 : 0.6 * 5 / (5.0 - 20) * (Math.Exp(-t / 5000) - Math.Exp(-t / 20000));
            Assert.Equal(expected, trace.Values[i], 12);
        }
    }

    [Theory]
    [InlineData("event", "14.999 ms", 0)]
    [InlineData("event", "15 ms", 16000)]
    [InlineData("clocked", "15 ms", 0)]
    [InlineData("clocked", "15.001 ms", 16100)]
    public void Input_in_the_refractory_period_is_lost_and_input_after_it_is_not(string update, string second, long spike)
    {
        // Arrivals are 1 ms later. A clocked neuron is held for 50 steps after the one at 11 ms, the last of them at 16 ms.
        string spikes = $"[0, 10 ms], [1, 10 ms], [0, {second}], [1, {second}]";
        long[] expected = spike == 0 ? [11000] : [11000, spike];
        Assert.Equal(expected, Run($"update: {update}, refractory: 5 ms", spikes, "0.0", 40000).Spikes.Times);
    }

    [Theory]
    [InlineData("value", 0.0)]
    [InlineData("subtraction", 0.2)]
    public void Reset_by_subtraction_keeps_the_excess(string rule, double left)
    {
        RunRecording run = Run("update: event, reset_by: " + rule, "[0, 5 ms], [1, 5 ms]", "0.0", 6000);
        Assert.Equal([6000L], run.Spikes.Times);
        Assert.Equal(left, run.Traces[0].Values[60], 12);
    }

    [Fact]
    public void What_is_left_above_the_threshold_fires_a_microsecond_later_or_when_the_rest_is_over()
    {
        Assert.Equal([6000L, 6001L, 6002L], Run("update: event, reset_by: subtraction", "[0, 5 ms]", "0.0", 20000, "3.1").Spikes.Times);
        Assert.Equal([6000L, 8000L, 10000L], Run("update: event, reset_by: subtraction, refractory: 2 ms", "[0, 5 ms]", "0.0", 20000, "3.1")
            .Spikes.Times);
    }

    [Fact]
    public void The_floor_holds_the_membrane()
    {
        TraceRecord trace = Assert.Single(Run("update: event, floor: -0.5", "[0, 1 ms], [1, 1 ms]", "0.0", 3000, "-0.6").Traces);
        Assert.Equal(-0.5, trace.Values.Min(), 12);
        Assert.Equal(-0.5, trace.Values[20], 12);
    }

    [Fact]
    public void An_arrival_at_a_step_counts_for_it_and_one_later_for_the_next()
    {
        Assert.Equal([5000L], Run("update: clocked", "[0, 4 ms], [1, 4 ms]", "0.0", 20000).Spikes.Times);
        Assert.Equal([5100L], Run("update: clocked", "[0, 4.001 ms], [1, 4.001 ms]", "0.0", 20000).Spikes.Times);
    }

    [Fact]
    public void A_drive_ends()
    {
        string text = Template.Replace("CELL", "update: event", StringComparison.Ordinal)
            .Replace("SPIKES", string.Empty, StringComparison.Ordinal)
            .Replace("WEIGHT", "0.6", StringComparison.Ordinal)
            .Replace("amplitude: AMPLITUDE", "amplitude: 0.8, start: 10 ms, stop: 30 ms", StringComparison.Ordinal);
        TraceRecord trace = Assert.Single(new ReferenceSimulator(NetworkTexts.Parse(text)).Run(100000).Traces);
        double peak = 0.8 * (1 - Math.Exp(-1));
        Assert.Equal(0, trace.Values[100], 12);
        Assert.Equal(peak, trace.Values[300], 12);
        Assert.Equal(peak * Math.Exp(-1), trace.Values[500], 12);
    }

    [Fact]
    public void Clocked_results_approach_event_driven_ones_as_the_step_shrinks()
    {
        long Error(string step)
        {
            string text = Template.Replace("0.1 ms\npop", step + "\npop", StringComparison.Ordinal)
                .Replace("CELL", "UPDATE, refractory: 1 ms", StringComparison.Ordinal)
                .Replace("SPIKES", string.Empty, StringComparison.Ordinal).Replace("WEIGHT", "0.6", StringComparison.Ordinal)
                .Replace("AMPLITUDE", "1.3", StringComparison.Ordinal);
            long At(string update)
                => new ReferenceSimulator(NetworkTexts.Parse(text.Replace("UPDATE", update, StringComparison.Ordinal))).Run(500000)
                .Spikes.Times[9];
            return Math.Abs(At("update: clocked") - At("update: event"));
        }

        Assert.InRange(Error("10 us"), 0, 100);
        Assert.InRange(Error("1 ms"), 101, 10000);
    }

    [Fact]
    public void Poisson_trains_have_their_rate_and_exponential_intervals()
    {
        const string text = """
            neuromcu: 1
            populations: {noise: {model: input, size: 20}}
            inputs: [{to: noise, poisson: {rate: 50 Hz, seed: 9, start: 1 s}}]
            """;
        SpikeRecord spikes = new ReferenceSimulator(NetworkTexts.Parse(text)).Run(101000000).Spikes;

        // 100 000 spikes expected, standard deviation 316.
        Assert.InRange(spikes.Count, 98500, 101500);
        Assert.True(spikes.Times[0] > 1000000);
        long[] one = spikes.Times.Where((_, i) => spikes.Neurons[i] == 3).ToArray();
        double[] intervals = one.Skip(1).Zip(one, (b, a) => (double)(b - a)).ToArray();
        double mean = intervals.Average();
        double deviation = Math.Sqrt(intervals.Average(x => (x - mean) * (x - mean)));
        Assert.InRange(deviation / mean, 0.95, 1.05);
    }

    [Fact]
    public void Injected_spikes_act_like_stored_ones()
    {
        string with = Template.Replace("CELL", "update: event", StringComparison.Ordinal).Replace("WEIGHT", "1.2", StringComparison.Ordinal)
            .Replace("AMPLITUDE", "0.0", StringComparison.Ordinal);
        Network stored = NetworkTexts.Parse(with.Replace("SPIKES", "[0, 5 ms], [1, 9 ms]", StringComparison.Ordinal));
        Network bare = NetworkTexts.Parse(with.Replace("SPIKES", string.Empty, StringComparison.Ordinal));
        Assert.Equal(
            new ReferenceSimulator(stored).Run(20000).Spikes.Times,
            new ReferenceSimulator(bare).Run(20000, [new StoredSpike(1, 9000), new StoredSpike(0, 5000)]).Spikes.Times);
    }

    private static string Text(double value)
    {
        return value.ToString("R", System.Globalization.CultureInfo.InvariantCulture);
    }
}
