// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Recordings;
using NeuroMCU.Recordings.Report;

namespace NeuroMCU.Laboratory.Reproductions.Figures;

/// <summary>Rates and currents of a motif over time, from the fixed-point engine.</summary>
internal static class MotifFigure
{
    // A longer interval is a pause, not a low rate.
    private const double Pause = 0.1;

    /// <summary>The figure of a motif.</summary>
    /// <returns>The figure.</returns>
    public static RowFigure Of(string motif, string title) => new RowFigure(motif, title, lab => Draw(lab.Run(motif, Column.Engine)));

    private static string Draw(RunRecording run)
    {
        SvgPlot rates = new SvgPlot("time (s)", "rate (Hz)");
        bool fires = false;
        foreach (int neuron in run.Spikes.Neurons.Distinct().Order())
        {
            double[] times = Trains.Of(run, neuron);
            if (times.Length < 2)
            {
                continue;
            }

            fires = true;
            rates.Line(Name(run, neuron), times[1..], times.Skip(1).Zip(times, (b, a) => b - a > Pause ? double.NaN : 1 / (b - a))
                .ToArray());
        }

        if (run.Traces.Count == 0)
        {
            return SvgPlot.Stack(rates);
        }

        SvgPlot currents = new SvgPlot("time (s)", run.Traces[0].Unit == "uA" ? "current (µA)" : "membrane (" + run.Traces[0].Unit + ")");
        foreach (TraceRecord trace in run.Traces)
        {
            currents.Line(Name(run, trace.Neuron), Array.ConvertAll(trace.Times, t => t / 1e6), trace.Values);
        }

        return fires ? SvgPlot.Stack(rates, currents) : SvgPlot.Stack(currents);
    }

    private static string Name(RunRecording run, int neuron)
    {
        RecordedPopulation population = run.Populations[run.PopulationOf(neuron)];
        return population.Size == 1 ? population.Name : population.Name + "["
            + (neuron - population.First).ToString(CultureInfo.InvariantCulture) + "]";
    }
}
