// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Compiler;
using NeuroMCU.Files.Diagnostics;
using NeuroMCU.Laboratory.Comparison;
using NeuroMCU.Recordings;
using NeuroMCU.Reference;
using NeuroMCU.Tests.Shared;

namespace NeuroMCU.Laboratory.Tests.Compare;

/// <summary>
/// Volleys of strong synapses, far beyond 128 times the threshold: the engine either fires as exact arithmetic does, or says that it cut
/// values off, and the compiler names the population beforehand.
/// </summary>
public sealed class RangeTests
{
    // So many inputs of each kind, all at once at 5 ms and every 20 ms after that, balanced or not; excitation of weight 2 each ms from
    // 20 ms on.
    private const string Volley = """
        neuromcu: 1
        duration: 200 ms
        populations:
          e: {model: input, size: EXC}
          i: {model: input, size: INH}
          x: {model: input, size: 1}
          c: {model: lif, size: 1, tau: 20 ms, threshold: 1.0, refractory: 1 ms, CELL}
        projections:
          - {name: excites, from: e, to: c, connect: all-to-all, weight: WEXC, delay: 1 ms}
          - {name: inhibits, from: i, to: c, connect: all-to-all, weight: -WINH, delay: IDELAY}
          - {name: steady, from: x, to: c, connect: all-to-all, weight: 2, delay: 1 ms}
        inputs:
          - {to: e, spikes: [ESPIKES]}
          - {to: i, spikes: [ISPIKES]}
          - {to: x, spikes: [XSPIKES]}
        record: {spikes: all, traces: [{population: c, every: 1 ms}]}
        """;

    [Theory]
    [InlineData("update: event", 40, 99.9, 40, 100, "1 ms", false)] // balanced within a microsecond
    [InlineData("update: event", 200, 100, 200, 100, "1.01 ms", false)] // 10 us apart: fires on the first volley, then −20 000
    [InlineData("update: event", 200, 100, 200, 100, "0.99 ms", false)]
    [InlineData("update: event", 0, 1, 30, 10, "1 ms", true)] // −300, and excitation from 20 ms on
    [InlineData("update: event", 0, 1, 9, 10, "1 ms", true)] // −90: inside the range as it is
    [InlineData("update: event", 40, 5, 40, 10, "6 ms", false)] // −400 after +200 at a neuron that has fired
    [InlineData("update: event, reset_by: subtraction", 30, 10, 1, 250, "2 ms", false)] // +300 that are fired off one by one
    [InlineData("update: event, floor: -1.0", 40, 99.9, 40, 100, "1 ms", true)]
    [InlineData("update: clocked", 0, 1, 30, 10, "1 ms", true)]
    [InlineData("update: clocked", 40, 99.9, 40, 100, "1 ms", false)]
    [InlineData("synapse: exponential, tau_excitatory: 1 ms", 80, 1.0, 76, 1.0, "1 ms", false)]
    [InlineData("synapse: exponential, tau_excitatory: 1 ms", 110, 1.0, 70, 1.0, "1 ms", false)]
    [InlineData("synapse: exponential, tau_excitatory: 0.5 ms", 110, 1.5, 64, 1.5, "1 ms", false)]
    [InlineData("synapse: exponential, tau_excitatory: 5 ms, tau_inhibitory: 30 ms", 200, 1.0, 190, 2.0, "2 ms", true)]
    // couplings near one
    [InlineData("synapse: exponential, tau_excitatory: 50 us, tau_inhibitory: 50 us", 300, 4.0, 290, 4.0, "1 ms", false)]
    public void What_goes_far_beyond_the_threshold_fires_as_exact_arithmetic_does(string cell, int excitation, double up, int inhibition,
        double down, string delay, bool steady)
    {
        CompiledNetwork compiled = NetworkCompiler.Compile(NetworkTexts.Parse(Text(cell, excitation, up, inhibition, down, delay, steady)),
            new CompilerOptions { HeapLimit = 1 << 20 });
        Assert.Empty(Warnings(compiled));
        RunRecording reference = new ReferenceSimulator(compiled.WithRoundedWeights(), compiled.Schemes).Run(200000);
        RunRecording engine = EngineRun.Run(compiled, 200000);
        Assert.Empty(engine.Saturations);
        Assert.Equal(reference.Spikes.Times, engine.Spikes.Times);
        Assert.Equal(reference.Spikes.Neurons, engine.Spikes.Neurons);

        // To 1/1000 of the threshold, or of what the volley moved.
        double moved = Math.Max(1, reference.Traces[0].Values.Max(Math.Abs));
        Assert.All(reference.Traces[0].Values.Zip(engine.Traces[0].Values), v => Assert.InRange((v.First - v.Second) / moved, -1e-3, 1e-3));
    }

    [Theory]
    [InlineData("update: event", "membrane", "floor")]
    [InlineData("update: clocked", "membrane", "floor")]
    [InlineData("synapse: exponential, tau_excitatory: 20 ms", "current", "smaller")]
    public void What_no_unit_holds_is_named_by_the_compiler_and_counted_by_the_engine(string cell, string what, string advice)
    {
        CompiledNetwork compiled = NetworkCompiler.Compile(NetworkTexts.Parse(Text(cell, 1, 1, 40, 20000, "1 ms", true)));
        Diagnostic warning = Assert.Single(Warnings(compiled));
        Assert.Contains("`c`", warning.Message, StringComparison.Ordinal);
        Assert.Contains(what, warning.Message, StringComparison.Ordinal);
        Assert.Contains("3.277E+04", warning.Message, StringComparison.Ordinal);
        Assert.Contains(advice, warning.Hint, StringComparison.Ordinal);
        Assert.Contains("inhibits", warning.Hint, StringComparison.Ordinal);
        RunRecording engine = EngineRun.Run(compiled, 200000);
        Assert.Equal("c", Assert.Single(engine.Saturations).Key);
        Assert.Contains("c (", engine.SaturationLine, StringComparison.Ordinal);
    }

    [Fact]
    public void Networks_within_the_range_keep_the_distance_to_the_threshold_as_their_unit()
    {
        Assert.Equal(15, NetworkCompiler.Compile(NetworkTexts.Parse(NetworkTexts.Good)).Symbols.Populations[1].UnitValue);
    }

    [Fact]
    public void Drive_that_adds_up_beyond_64_thresholds_after_the_pilot_run_is_held_too()
    {
        // 53 and 20 times the distance to the threshold, together from 2 s on; without its refractory period it would fire each few us.
        const string drives =
            "  - {to: cells, dc: {amplitude: 800 mV, start: 1 ms}}\n  - {to: cells, dc: {amplitude: 300 mV, start: 2 s, stop: 2.2 s}}\n";
        string text = NetworkTexts.With("spikes: [[0, 5 ms], [2, 7.5 ms]]", "spikes: []")
            .Replace("record:", drives + "record:", StringComparison.Ordinal);
        CompiledNetwork compiled = NetworkCompiler.Compile(NetworkTexts.Parse(text));
        Assert.Empty(Warnings(compiled));
        RunRecording engine = EngineRun.Run(compiled, 2300000);
        Assert.Empty(engine.Saturations);
        Assert.Equal(1, RunComparison.Of(compiled, new ReferenceSimulator(compiled.Network, compiled.Schemes).Run(2300000), engine)
            .Matched100Us, 3);
    }

    [Theory]
    [InlineData("bias: 200 uA", "dc: {amplitude: 100 uA, start: 4 ms}", "at 4 ms")]
    [InlineData("capacitance: 10 nF", "spikes: [[0, 5 ms]]", "by 500 V")]
    [InlineData("receptors: {ampa: {tau: 1 ms}}", "spikes: [[0, 5 ms]]", "uA into a neuron of `c`")]
    public void What_goes_beyond_the_range_of_circuits_is_named(string cell, string input, string message)
    {
        bool driven = input.StartsWith("dc", StringComparison.Ordinal);
        string text =
            "neuromcu: 1\nduration: 50 ms\npopulations:\n  s: {model: input, size: 50}\n  c: {model: thyristor, size: 1, preset: w25, "
            + cell + "}\n"
            + "projections:\n  - {from: s, to: c, connect: all-to-all, weight: "
            + (cell.StartsWith("receptors", StringComparison.Ordinal) ? "15" : cell.StartsWith("cap", StringComparison.Ordinal) ? "100"
                : "0.01")
            + " nC, delay: 1 ms" + (cell.StartsWith("receptors", StringComparison.Ordinal) ? ", receptor: ampa" : string.Empty) + "}\n"
            + "inputs:\n  - {to: " + (driven ? "c" : "s") + ", " + input + "}\n";
        Assert.Contains(message, Assert.Single(Warnings(NetworkCompiler.Compile(NetworkTexts.Parse(text)))).Message,
            StringComparison.Ordinal);
    }

    // That an ESP32 would run late is another matter.
    private static Diagnostic[] Warnings(CompiledNetwork compiled)
    {
        return [.. compiled.Report.Warnings.Where(w => !w.Message.Contains("device's time", StringComparison.Ordinal))];
    }

    private static string Text(string cell, int excitation, double up, int inhibition, double down, string delay, bool steady)
    {
        string Spikes(int count) => string.Join(", ", Enumerable.Range(0, 9)
            .SelectMany(v => Enumerable.Range(0, count).Select(n => $"[{n}, {5 + (20 * v)} ms]")));
        string Number(double value) => value.ToString(CultureInfo.InvariantCulture);
        return Volley.Replace("ESPIKES", Spikes(excitation), StringComparison.Ordinal)
            .Replace("ISPIKES", Spikes(inhibition), StringComparison.Ordinal)
            .Replace("XSPIKES", steady ? string.Join(", ", Enumerable.Range(20, 150).Select(t => $"[0, {t} ms]")) : string.Empty,
                StringComparison.Ordinal)
            .Replace("WEXC", Number(up), StringComparison.Ordinal).Replace("WINH", Number(down), StringComparison.Ordinal)
            .Replace("EXC", Number(Math.Max(1, excitation)), StringComparison.Ordinal)
            .Replace("INH", Number(inhibition), StringComparison.Ordinal)
            .Replace("IDELAY", delay, StringComparison.Ordinal).Replace("CELL", cell, StringComparison.Ordinal);
    }
}
