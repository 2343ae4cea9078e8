// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Recordings.Report;

/// <summary>Plots of the traces of a run: membranes with threshold and spikes, currents apart from them, one plot for each unit.</summary>
public static class TraceSections
{
    /// <summary>Makes the plots of one run.</summary>
    /// <param name="run">The run.</param>
    /// <returns>One section for each quantity and unit.</returns>
    public static IEnumerable<ReportSection> Of(RunRecording run) => Of(run, null);

    /// <summary>Makes the plots of a run beside those of a reference.</summary>
    /// <param name="run">The run, drawn dashed when there is a reference.</param>
    /// <param name="reference">The reference, drawn in the same colours; null for none.</param>
    /// <returns>One section for each quantity and unit.</returns>
    public static IEnumerable<ReportSection> Of(RunRecording run, RunRecording? reference)
    {
        ArgumentNullException.ThrowIfNull(run);
        foreach (IGrouping<(bool IsCurrent, bool IsWeight, string Unit), TraceRecord> group in run.Traces
            .Where(t => t.Times.Length > 0)
            .GroupBy(t => (t.IsCurrent, t.IsWeight, t.Unit)))
        {
            TraceRecord[] traces = [.. group];
            bool marked = !group.Key.IsCurrent && !group.Key.IsWeight
                && traces.Any(t => t.Threshold is not null || SpikesOf(run, t).Length > 0);
            List<LineSeries> lines = [];
            for (int k = 0; k < traces.Length; k++)
            {
                TraceRecord trace = traces[k];
                if (reference?.Traces.FirstOrDefault(t => string.Equals(t.Name, trace.Name, StringComparison.Ordinal)) is { } exact)
                {
                    lines.Add(Line(exact, exact.Name + " reference", k, dashed: false));
                }

                lines.Add(Line(trace, reference is null ? trace.Name : trace.Name + " device", k, dashed: reference is not null) with
                {
                    Level = trace.Threshold,
                    Marks = trace.IsCurrent || trace.IsWeight ? [] : SpikesOf(run, trace),
                });
            }

            string unit = Unit(group.Key.Unit);
            string quantity = group.Key.IsWeight ? "weight" : group.Key.IsCurrent ? "current" : "membrane";
            yield return new LinesSection(
                group.Key.IsWeight ? "Weights that learn" : group.Key.IsCurrent ? "Current traces" : "Membrane traces", unit.Length > 0 ? $"{quantity} ({unit})" : quantity,
                run.Duration, lines)
            {
                Height = 300,
                Note = group.Key.IsWeight ? "Each line is a synapse: source - target." : group.Key.IsCurrent ? "The total current into each neuron: bias, drive and receptors."
                    : marked
                        ? "Dashed across: the threshold. Strokes above it: spikes. Samples stand at multiples of 'every', so that a "
                            + "spike in between is not seen in the line."
                    : null,
            };
        }
    }

    private static LineSeries Line(TraceRecord trace, string name, int colour, bool dashed) =>
        new(name, HtmlWriter.Seconds(trace.Times), trace.Values, Unit(trace.Unit), colour, dashed);

    private static double[] SpikesOf(RunRecording run, TraceRecord trace) =>
        [.. run.Spikes.Times.Where((_, i) => run.Spikes.Neurons[i] == trace.Neuron).Select(time => time / 1e6)];

    private static string Unit(string unit) => unit == "1" ? string.Empty : unit.StartsWith('u') ? "µ" + unit[1..] : unit;
}
