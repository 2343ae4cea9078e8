// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Compiler;
using NeuroMCU.Files.Diagnostics;
using NeuroMCU.Laboratory.Comparison;
using NeuroMCU.Networks.Reading;
using NeuroMCU.Recordings;
using NeuroMCU.Reference;

namespace NeuroMCU.Laboratory.Tests.Learning;

/// <summary>Weights that a network file asks for are recorded over time.</summary>
public sealed class WeightTraceTests
{
    // The pair at 199 and 209 ms, the same weight before it and after it.
    [Fact]
    public void A_recorded_weight_moves_when_it_learns()
    {
        RunRecording run = EngineRun.Run(Compiled("{projection: learned, every: 100 ms}"), 1_000_000);

        Assert.Equal(["learned[0-0]", "learned[0-1]", "learned[1-0]", "learned[1-1]"], run.Traces.Select(t => t.Name));
        Assert.All(run.Traces, t => Assert.True(t.IsWeight));
        TraceRecord trace = run.Traces[0];
        Assert.Equal(Enumerable.Range(0, 11).Select(k => k * 100_000L), trace.Times);
        Assert.All(trace.Values.Take(3), w => Assert.Equal(5, w, 0.001));
        double wanted = 10 * (0.5 + (0.2 * Math.Exp(-10 / 20.0)));
        Assert.All(trace.Values.Skip(3), w => Assert.Equal(wanted, w, 0.001));
        Assert.Equal("mV", trace.Unit);

        // The other source never fires.
        Assert.All(run.Traces[2].Values.Concat(run.Traces[3].Values), w => Assert.Equal(5, w, 0.001));
    }

    [Fact]
    public void Double_precision_records_the_same_weights_under_the_same_names()
    {
        CompiledNetwork compiled = Compiled("{projection: learned, from: [1, 0], to: [1], every: 50 ms}");
        RunRecording device = EngineRun.Run(compiled, 1_000_000);
        RunRecording twin = new ReferenceSimulator(compiled.Network).Run(1_000_000);

        Assert.Equal(["learned[1-1]", "learned[0-1]"], device.Traces.Select(t => t.Name));
        Assert.Equal(device.Traces.Select(t => (t.Name, t.Unit, t.IsWeight)), twin.Traces.Select(t => (t.Name, t.Unit, t.IsWeight)));
        for (int k = 0; k < device.Traces.Count; k++)
        {
            Assert.Equal(twin.Traces[k].Times, device.Traces[k].Times);
            Assert.All(twin.Traces[k].Values.Zip(device.Traces[k].Values), p => Assert.Equal(p.First, p.Second, 0.001));
        }
    }

    [Theory]
    [InlineData("{projection: teaching, every: 1 ms}", "whose weights stay as they are")]
    [InlineData("{projection: nothing, every: 1 ms}", "nothing")]
    [InlineData("{projection: learned}", "every")]
    [InlineData("{projection: learned, every: 1 us}", "every")]
    [InlineData("{projection: learned, every: 1 ms, from: [7]}", "from")]
    [InlineData("{projection: sparse, every: 1 ms, from: [1]}", "names no synapse of `sparse`")]
    public void A_weight_that_is_not_there_is_named(string weights, string cause)
    {
        NetworkFileException error = Assert.Throws<NetworkFileException>(() => Compiled(weights));

        Diagnostic first = error.Diagnostics[0];
        Assert.Contains(cause, first.Path + first.Message, StringComparison.Ordinal);
        Assert.NotEmpty(first.Hint);
    }

    private static CompiledNetwork Compiled(string weights)
    {
        string text = $$$"""
            neuromcu: 1
            duration: 1 s
            populations:
              input: {model: input, size: 2}
              teacher: {model: input, size: 1}
              cells: {model: lif, size: 2, tau: 5 ms, rest: -70 mV, threshold: -50 mV, reset: -70 mV}
            projections:
              - {name: teaching, from: teacher, to: cells, connect: all-to-all, weight: 60 mV, delay: 1 ms}
              - {name: learned, from: input, to: cells, connect: all-to-all, weight: 5 mV, weight_limit: 10 mV, delay: 1 ms, learning: {rule: stdp, A_plus: 0.2}}
              - {name: sparse, from: input, to: cells, connect: {list: [[0, 0]]}, weight: 0.1 mV, weight_limit: 10 mV, delay: 1 ms, learning: stdp}
            inputs:
              - {to: input, spikes: [[0, 199 ms]]}
              - {to: teacher, spikes: [[0, 209 ms]]}
            record: {weights: [{{{weights}}}]}
            """;
        return NetworkCompiler.Compile(NetworkFile.Parse(text, "test.yaml"));
    }
}
