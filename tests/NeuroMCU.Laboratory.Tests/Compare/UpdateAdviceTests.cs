// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Compiler;
using NeuroMCU.Files.Diagnostics;
using NeuroMCU.Laboratory.Comparison;
using NeuroMCU.Networks;
using NeuroMCU.Recordings;
using NeuroMCU.Tests.Shared;

namespace NeuroMCU.Laboratory.Tests.Compare;

/// <summary>What <c>update: auto</c> makes of a network must not show in its rates.</summary>
public sealed class UpdateAdviceTests
{
    // A neuron with so much bias, and thousands of arrivals of no weight to speak of, which make clocked the cheaper scheme by far.
    private const string Biased = """
        neuromcu: 1
        step: STEP
        duration: DURATION
        populations:
          s: {model: input, size: 10}
          c: {model: lif, size: 4, tau: TAU, threshold: 1.0, bias: BIAS, refractory: REFRACTORY, update: auto}
        projections:
          - {from: s, to: c, connect: all-to-all, weight: 0.0000001, delay: 1 ms}
        inputs:
          - {to: s, poisson: {rate: 2 kHz}}
        """;

    [Theory]
    [InlineData("0.1 ms", "2 us", 1.5, "2 ms")]
    [InlineData("0.1 ms", "20 us", 1.2, "1 ms")]
    [InlineData("0.1 ms", "200 us", 3.0, "0 ms")]
    [InlineData("0.1 ms", "2 ms", 1.3, "0.25 ms")]
    [InlineData("0.1 ms", "20 ms", 4.0, "0 ms")]
    [InlineData("0.5 ms", "20 ms", 1.5, "2 ms")]
    [InlineData("1 ms", "20 ms", 1.1, "2.3 ms")]
    [InlineData("1 ms", "200 ms", 1.5, "0 ms")]
    [InlineData("10 ms", "50 ms", 2.0, "5 ms")]
    public void The_rate_of_a_biased_neuron_is_that_of_the_closed_form(string step, string tau, double bias, string refractory)
    {
        // T = r + τ ln(b/(b − 1)); the arrivals change nothing.
        double period = Milliseconds(refractory) + (Milliseconds(tau) * Math.Log(bias / (bias - 1)));
        double duration = Math.Max(1000, 200 * period);
        CompiledNetwork compiled =
            NetworkCompiler.Compile(NetworkTexts.Parse(Text(step, tau, bias, refractory, Math.Min(duration, 20000))));
        Assert.Equal("clocked", Assert.Single(compiled.Report.Updates).Cheaper);
        SpikeRecord spikes = EngineRun.Run(compiled, compiled.Network.Duration).Spikes;
        int first = compiled.Network.Populations[1].FirstNeuron;
        long[] times = [.. spikes.Times.Where((_, i) => spikes.Neurons[i] == first)];

        // A whole microsecond per interval is what an event-driven neuron may be late.
        double interval = (times[^1] - times[0]) / 1000.0 / (times.Length - 1);
        Assert.InRange(interval, (period * 0.999) - 0.001, (period * 1.001) + 0.001);
    }

    [Fact]
    public void Clocked_is_taken_where_it_is_cheaper_and_fires_alike()
    {
        // 5 ms of bias to the threshold and back, all on steps: period 7 ms = 5.0 + 2.0 to 1/1000 of a step.
        double bias = 1 / (1 - Math.Exp(-4.99 / 20));
        UpdateAdvice advice =
            Assert.Single(NetworkCompiler.Compile(NetworkTexts.Parse(Text("10 us", "20 ms", bias, "2 ms", 1000)
                .Replace("rate: 2 kHz", "rate: 90 kHz", StringComparison.Ordinal)), new CompilerOptions { Unlimited = true })
                .Report.Updates);
        Assert.Equal(("clocked", "clocked"), (advice.Cheaper, advice.Chosen));
        Assert.InRange(advice.RateDifference!.Value, -0.001, 0.001);
        Assert.Contains("same rate", advice.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_steps_would_cost_is_said()
    {
        UpdateAdvice advice = Assert.Single(NetworkCompiler.Compile(NetworkTexts.Parse(Text("1 ms", "20 ms", 4.0, "0 ms", 1000)))
            .Report.Updates);
        Assert.Equal(("clocked", "event"), (advice.Cheaper, advice.Chosen));

        // 5.75 ms become 6 ms: 4.1 % slower.
        Assert.InRange(advice.RateDifference!.Value, -0.045, -0.038);
        Assert.Matches("fires 4\\.[0-9]+ % slower: event-driven is taken", advice.ToString());
    }

    [Fact]
    public void A_file_that_asks_for_clocked_gets_it_with_a_warning()
    {
        CompiledNetwork compiled = NetworkCompiler.Compile(NetworkTexts.Parse(Text("1 ms", "20 ms", 4.0, "0 ms", 1000)
            .Replace("update: auto", "update: clocked", StringComparison.Ordinal)));
        Assert.Equal(UpdateScheme.Clocked, compiled.Schemes[1]);
        Diagnostic warning = Assert.Single(compiled.Report.Warnings, w => w.Path.StartsWith("populations", StringComparison.Ordinal));
        Assert.Contains("`c` fires 4", warning.Message, StringComparison.Ordinal);
        Assert.Contains("slower", warning.Message, StringComparison.Ordinal);
        Assert.Contains("update: event", warning.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void A_population_that_stays_silent_in_the_pilot_run_shows_nothing()
    {
        UpdateAdvice advice = Assert.Single(NetworkCompiler.Compile(NetworkTexts.Parse(Text("1 ms", "20 ms", 0.5, "0 ms", 200)))
            .Report.Updates);
        Assert.Equal(("clocked", "event"), (advice.Cheaper, advice.Chosen));
        Assert.Null(advice.RateDifference);
        Assert.Contains("too few spikes", advice.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0 ms", "[[0, 0]]")]
    [InlineData("0.4 us", "[[0, 1], [1, 0]]")]
    public void A_loop_without_delay_that_steps_hold_back_fires_once_a_step(string refractory, string loop)
    {
        // Event-driven it would run round for ever within a microsecond; the pilot run that asks for that ends all the same.
        string text = $$"""
            neuromcu: 1
            duration: 20 ms
            populations:
              s: {model: input, size: 1}
              c: {model: lif, size: 2, tau: 20 ms, threshold: 1.0, refractory: {{refractory}}, update: clocked}
            projections:
              - {from: s, to: c, connect: {list: [[0, 0]]}, weight: 1.6, delay: 1 ms}
              - {from: c, to: c, connect: {list: {{loop}}}, weight: 1.6, delay: 0 ms}
            inputs:
              - {to: s, spikes: [[0, 5 ms]]}
            """;
        CompiledNetwork compiled = NetworkCompiler.Compile(NetworkTexts.Parse(text));
        Assert.Null(Assert.Single(compiled.Report.Updates).RateDifference);

        // From 6 ms, when the input arrives, to 20 ms, both ends included.
        SpikeRecord spikes = EngineRun.Run(compiled, 20000).Spikes;
        Assert.Equal(Enumerable.Range(60, 141).Select(k => 100L * k), spikes.Times.Where((_, i) => spikes.Neurons[i] > 0));
    }

    private static double Milliseconds(string time)
    {
        string[] parts = time.Split(' ');
        return double.Parse(parts[0], CultureInfo.InvariantCulture) * (parts[1] == "us" ? 1e-3 : 1);
    }

    private static string Text(string step, string tau, double bias, string refractory, double duration)
    {
        return Biased.Replace("STEP", step, StringComparison.Ordinal).Replace("TAU", tau, StringComparison.Ordinal)
            .Replace("BIAS", bias.ToString("R", CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("REFRACTORY", refractory, StringComparison.Ordinal)
            .Replace("DURATION", Math.Ceiling(duration).ToString(CultureInfo.InvariantCulture) + " ms", StringComparison.Ordinal);
    }
}
