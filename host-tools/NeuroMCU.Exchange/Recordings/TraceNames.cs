// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Recordings;

namespace NeuroMCU.Exchange.Recordings;

/// <summary>Names of traces, such as <c>cells[3]</c>.</summary>
internal static class TraceNames
{
    /// <summary>Global index of the neuron that a trace is named after; 0 where it is none of the recording.</summary>
    public static int NeuronOf(RunRecording run, string trace)
    {
        int open = trace.IndexOf('[', StringComparison.Ordinal);
        int close = trace.IndexOf(']', StringComparison.Ordinal);
        bool split = open > 0 && close > open;
        string population = split ? trace[..open] : trace;
        int index = split && int.TryParse(trace.AsSpan(open + 1, close - open - 1), NumberStyles.None, CultureInfo.InvariantCulture,
            out int number) ? number : 0;
        return run.Populations.Where(p => p.Name == population).Select(p => p.First + index).FirstOrDefault();
    }
}
