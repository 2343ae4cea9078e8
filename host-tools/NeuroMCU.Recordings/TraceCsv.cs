// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;

namespace NeuroMCU.Recordings;

/// <summary>Traces as a table: <c>trace,time_s,value,unit</c>, one row for each sample, trace after trace.</summary>
public static class TraceCsv
{
    /// <summary>Writes the traces of a run.</summary>
    /// <param name="run">The run.</param>
    /// <param name="writer">Where to.</param>
    public static void Write(RunRecording run, TextWriter writer)
    {
        writer.Write("trace,time_s,value,unit\n");
        foreach (TraceRecord trace in run.Traces)
        {
            for (int i = 0; i < trace.Times.Length; i++)
            {
                writer.Write(string.Create(CultureInfo.InvariantCulture,
                    $"{Quoted(trace.Name)},{trace.Times[i] / 1000000}.{trace.Times[i] % 1000000:000000},{trace.Values[i]:R},{trace.Unit}\n"));
            }
        }

        if (run.Incomplete is { } missing)
        {
            writer.Write("# incomplete: " + missing + "\n");
        }
    }

    private static string Quoted(string text) => text.AsSpan().IndexOfAny(',', '"', '\n') < 0 ? text
        : "\"" + text.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
}
