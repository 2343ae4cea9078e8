// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Compiler;
using NeuroMCU.Laboratory.Comparison;
using NeuroMCU.Recordings;
using NeuroMCU.Tests.Shared;

namespace NeuroMCU.Laboratory.Tests.Compare;

public sealed class RunComparisonTests
{
    private static readonly CompiledNetwork s_network = NetworkCompiler.Compile(NetworkTexts.Parse(NetworkTexts.Good));

    private static RunRecording Run(long[] times, int[] neurons, params TraceRecord[] traces)
    {
        return new RunRecording
        {
            Network = "good",
            RanOn = "test",
            Duration = 1000000,
            Populations = [],
            Spikes = new SpikeRecord(times, neurons),
            Produced = times.Length,
            Traces = traces,
        };
    }

    [Fact]
    public void Shares_are_fractions_of_the_larger_count()
    {
        RunRecording reference = Run([1000, 2000, 3000, 4000], [3, 3, 3, 3]);
        RunRecording device = Run([1100, 2101, 4500, 7000, 9000], [3, 3, 3, 3, 3]);
        RunComparison result = RunComparison.Of(s_network, reference, device);
        Assert.Equal((4, 5), (result.SpikesReference, result.SpikesDevice));
        Assert.Equal(1 / 5.0, result.Matched100Us);
        Assert.Equal(3 / 5.0, result.Matched1Ms);
        Assert.Equal(0.25, result.CountError);
    }

    [Fact]
    public void Input_spikes_do_not_flatter_the_result()
    {
        RunComparison result = RunComparison.Of(s_network, Run([10, 20], [0, 3]), Run([10, 5000], [0, 3]));
        Assert.Equal((1, 1), (result.SpikesReference, result.SpikesDevice));
        Assert.Equal(0, result.Matched1Ms);
    }

    [Fact]
    public void Silence_agrees_with_silence_and_with_nothing_else()
    {
        Assert.Equal((1, 0), (RunComparison.Of(s_network, Run([], []), Run([], [])).Matched100Us,
            RunComparison.Of(s_network, Run([], []), Run([], [])).CountError));
        RunComparison one = RunComparison.Of(s_network, Run([], []), Run([5], [3]));
        Assert.Equal(0, one.Matched1Ms);
        Assert.Equal(double.PositiveInfinity, one.CountError);
    }

    [Fact]
    public void The_largest_trace_error_is_told_in_thresholds_and_in_its_own_unit()
    {
        TraceRecord a = new("cells[0]", 3, "mV", [0, 1000, 2000], [-65, -60, -55]);
        TraceRecord b = new("cells[0]", 3, "mV", [0, 1000, 3000], [-65, -60.3, -70]);
        TraceRecord c = new("cells[2]", 5, "mV", [0], [-65]);
        RunComparison result = RunComparison.Of(s_network, Run([], [], a, c), Run([], [], c, b));
        Assert.Equal(2, result.Traces.Count);
        TraceError worst = result.LargestTraceError!;
        Assert.Equal(("cells[0]", 1000L, 2), (worst.Trace, worst.Time, worst.Samples));
        Assert.Equal(0.3 / 15, worst.MembraneUnits, 12);
    }
}
