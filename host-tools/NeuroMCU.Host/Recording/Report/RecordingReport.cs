// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace NeuroMCU.Host.Recording.Report
{
    /// <summary>The report of one run: raster, rates, traces, what each population did, counters and the loss account.</summary>
    public static class RecordingReport
    {
        /// <summary>Makes the report.</summary>
        /// <param name="run">The run.</param>
        /// <param name="madeWith">Program and version for the last line.</param>
        /// <returns>A report that can take further sections.</returns>
        public static HtmlReport Of(RunRecording run, string madeWith = "NeuroMCU")
        {
            double seconds = run.Duration / 1e6;
            int neurons = run.Populations.Sum(p => p.Size);
            HtmlReport report = new HtmlReport(run.Network, $"{Number(neurons)} neurons in {Number(run.Populations.Count)} populations · {Figure(seconds)} s on {run.RanOn}")
            {
                MadeWith = madeWith,
            };
            if (run.Incomplete is { } missing)
            {
                report.Figure(missing, "incomplete", FigureTone.Bad);
            }

            report.Figure("spikes recorded", Number(run.Spikes.Count));
            report.Figure("mean rate per neuron", Figure(MeanRate(run)) + " Hz");
            report.Figure("of the network's time", Figure(seconds) + " s");
            AddLosses(report, run);
            AddSaturations(report, run);
            report.Add(new RasterSection("Spikes", run));
            AddRates(report, run);
            AddTraces(report, run);
            AddActivity(report, run);
            if (run.Counters.Count > 0)
            {
                report.Add(new CountersSection("Counters", run.Counters) { Note = "Counted by the engine and the firmware." });
            }

            return report;
        }

        /// <summary>Adds the figure of what was lost on the way, and where there is any, what lost it and what to do.</summary>
        /// <param name="report">The report.</param>
        /// <param name="run">The run.</param>
        public static void AddLosses(HtmlReport report, RunRecording run)
        {
            bool complete = run.Lost == 0 && run.Losses.IsComplete;
            report.Figure("spikes on the way to this file", $"{Number(run.Lost)} lost of {Number(run.Produced)}", complete ? FigureTone.Good : FigureTone.Bad);
            if (run.Losses.IsComplete)
            {
                return;
            }

            report.Add(new TableSection(
                "What is missing",
                ["what", "what to do"],
                run.Losses.Causes.Select(cause => new[] { run.Losses.Describe(cause), cause.Advice }).ToArray()));
        }

        /// <summary>Says which populations had values cut off at the end of the device's range, as a red figure and a table; nothing when none had.</summary>
        /// <param name="report">The report.</param>
        /// <param name="run">The run.</param>
        public static void AddSaturations(HtmlReport report, RunRecording run)
        {
            if (run.Saturations.Count == 0)
            {
                return;
            }

            report.Figure("values cut off at the end of the range: spikes may be wrong", Number(run.Saturations.Sum(s => s.Value)), FigureTone.Bad);
            report.Add(new TableSection("Values cut off", ["population", "#times"], run.Saturations.Select(s => new[] { s.Key, Number(s.Value) }).ToArray())
            {
                Note = "The device's arithmetic ends where these values went on. 'neuromcu compile' names the weights that can do it, and what to change.",
            });
        }

        private static double MeanRate(RunRecording run)
        {
            int recorded = run.Populations.Where(p => p.Recorded).Sum(p => p.Size);
            return recorded > 0 && run.Duration > 0 ? run.Spikes.Count / (run.Duration / 1e6) / recorded : 0;
        }

        private static void AddRates(HtmlReport report, RunRecording run)
        {
            if (run.Spikes.Count == 0)
            {
                return;
            }

            RateHistogram rates = RateHistogram.Of(run);

            // Steps start at the left edge of their bin; the end of the run closes the last one.
            double[] edges = [.. Enumerable.Range(0, rates.Centres.Length).Select(b => b * rates.BinWidth / 1e6), run.Duration / 1e6];
            List<LineSeries> series = [];
            int colour = 0;
            for (int p = 0; p < run.Populations.Count; p++)
            {
                if (run.Populations[p].Recorded)
                {
                    series.Add(new LineSeries(run.Populations[p].Name, edges, [.. rates.Rates[p], rates.Rates[p][^1]], "Hz", colour++));
                }
            }

            report.Add(new LinesSection("Firing rates", "rate (Hz)", run.Duration, series)
            {
                Note = $"Spikes per neuron and second, counted in bins of {Figure(rates.BinWidth / 1e3)} ms.",
                Stepped = true,
                Height = 220,
            });
        }

        private static void AddTraces(HtmlReport report, RunRecording run)
        {
            foreach (IGrouping<string, TraceRecord> unit in run.Traces.Where(t => t.Times.Length > 0).GroupBy(t => t.Unit))
            {
                string label = unit.Key.Length > 0 ? $"membrane ({unit.Key})" : "membrane";
                report.Add(new LinesSection(
                    "Membrane traces",
                    label,
                    run.Duration,
                    unit.Select(t => new LineSeries(t.Name, HtmlWriter.Seconds(t.Times), t.Values, t.Unit)).ToArray())
                { Height = 300 });
            }
        }

        private static void AddActivity(HtmlReport report, RunRecording run)
        {
            report.Add(new TableSection(
                "Populations",
                ["population", "#neurons", "#active", "#spikes", "#rate (Hz)", "#irregularity"],
                PopulationActivity.Of(run).Select(a => new[]
                {
                    a.Population.Name,
                    Number(a.Population.Size),
                    a.Population.Recorded ? Number(a.Active) : "not recorded",
                    a.Population.Recorded ? Number(a.Spikes) : string.Empty,
                    a.Population.Recorded ? Figure(a.MeanRate) : string.Empty,
                    double.IsNaN(a.Regularity) ? "–" : a.Regularity.ToString("0.00", CultureInfo.InvariantCulture),
                }).ToArray())
            {
                Note = "Irregularity is the coefficient of variation of the intervals: 0 for a clock, 1 for a Poisson train.",
            });
        }

        /// <summary>A count with thin spaces between thousands.</summary>
        private static string Number(long value) => value.ToString("#,0", CultureInfo.InvariantCulture).Replace(',', '\u202F');

        /// <summary>A quantity to three digits after its first.</summary>
        private static string Figure(double value)
        {
            string format = Math.Abs(value) switch { >= 1000 => "#,0", >= 100 => "0.#", >= 10 => "0.##", >= 1 => "0.###", _ => "0.######" };
            return value.ToString(format, CultureInfo.InvariantCulture).Replace(',', '\u202F');
        }
    }
}
