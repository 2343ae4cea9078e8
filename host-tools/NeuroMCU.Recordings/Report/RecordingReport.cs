// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Hearing.Readout;

namespace NeuroMCU.Recordings.Report;

/// <summary>The report of one run: what went wrong, raster, rates, traces, what each population did, counters and the loss
/// account.</summary>
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
        HtmlReport report = new HtmlReport(run.Network,
            $"{Count(neurons, "neuron")} in {Count(run.Populations.Count, "population")} · {Figure(seconds)} s on {run.RanOn}")
        {
            MadeWith = madeWith,
        };
        AddTroubles(report, run);
        if (run.Incomplete is { } missing)
        {
            report.Figure(missing, "incomplete", FigureTone.Bad);
        }

        report.Figure("spikes recorded", Number(run.Spikes.Count));
        report.Figure("mean rate per neuron", Rate(MeanRate(run)) + " Hz");
        report.Figure("of the network's time", Figure(seconds) + " s");
        AddLosses(report, run);
        if (run.Step > 0)
        {
            report.Figure(run.LengthenedStep is null ? "step" : "step, lengthened from " + Step(run.Step),
                Step(run.LengthenedStep ?? run.Step), run.LengthenedStep is null ? FigureTone.Neutral : FigureTone.Warning);
        }

        if (run.Sound.Frames > 0)
        {
            report.Figure("of the sound listened to, by plan", (100 * run.Sound.Part).ToString("0", CultureInfo.InvariantCulture) + " %");
        }

        report.Add(new RasterSection("Spikes", run));
        AddRates(report, run);
        foreach (ReportSection traces in TraceSections.Of(run))
        {
            report.Add(traces);
        }

        AddReadouts(report, run);
        AddActivity(report, run);
        if (run.Log.Count > 0)
        {
            report.Add(new PreformattedSection("What the device said", string.Join('\n', run.Log)));
        }

        if (run.Counters.Count > 0)
        {
            report.Add(new CountersSection("Counters", run.Counters) { Note = "Counted by the engine and the firmware." });
        }

        return report;
    }

    /// <summary>Adds what went wrong: a figure, green when nothing did, and where anything did a table of what and what to do.</summary>
    /// <param name="report">The report, before any other figure or section.</param>
    /// <param name="run">The run.</param>
    public static void AddTroubles(HtmlReport report, RunRecording run)
    {
        IReadOnlyList<RunTrouble> troubles = run.Troubles;
        if (troubles.Count == 0)
        {
            report.Figure("went wrong", "nothing", FigureTone.Good);
            return;
        }

        int serious = troubles.Count(trouble => trouble.Serious);
        if (serious > 0)
        {
            report.Figure("went wrong", Count(serious, "thing"), FigureTone.Bad);
        }

        if (serious < troubles.Count)
        {
            report.Figure("worth a look", Count(troubles.Count - serious, "thing"), FigureTone.Warning);
        }

        report.Add(new TableSection("What went wrong", ["when", "what", "what to do"], [.. troubles.Select(Row)])
        {
            Note = serious > 0 ? "Red: spikes are missing or may be wrong. Amber: worth a look."
                : "Amber: worth a look; no spike is missing or wrong because of it.",
            Tones = [.. troubles.Select(trouble => trouble.Serious ? FigureTone.Bad : FigureTone.Warning)],
        });

        static string[] Row(RunTrouble trouble) => [trouble.Time is { } time
            ? (time / 1e6).ToString("0.000", CultureInfo.InvariantCulture) + "\u00a0s" : string.Empty, trouble.What, trouble.Advice];
    }

    /// <summary>Adds the figures of what was lost on the way: all spikes, and each cause that lost anything.</summary>
    /// <param name="report">The report.</param>
    /// <param name="run">The run.</param>
    public static void AddLosses(HtmlReport report, RunRecording run)
    {
        report.Figure("spikes on the way to this file", $"{Number(run.Lost)} lost of {Number(run.Produced)}", run.Lost == 0
            && !run.Losses.Causes.Any(c => c.IsSpikes) ? FigureTone.Good : FigureTone.Bad);
        foreach (LossCause cause in run.Losses.Causes)
        {
            report.Figure(cause.What, Count(run.Losses.Of(cause), cause.Noun), FigureTone.Bad);
        }

        if (run.Saturations.Count > 0)
        {
            report.Figure("cut off at the end of the range: spikes may be wrong", Count(run.Saturations.Sum(s => s.Value), "value"),
                FigureTone.Bad);
        }
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

    // What the read-outs answered, over time where they answered more than once, and the last answer of each.
    private static void AddReadouts(HtmlReport report, RunRecording run)
    {
        foreach (IGrouping<string, ReadoutRecord> unit in run.Readouts.Where(r => r.Values.Count(v => v.Valid) > 1).GroupBy(r => r.Unit))
        {
            string label = unit.Key switch { "" or "1" => "value", "deg" => "value (°)", _ => $"value ({unit.Key})" };
            report.Add(new LinesSection(
                "Read-outs",
                label,
                run.Duration,
                [.. unit.Select((r, k) => new LineSeries(r.Name, [.. r.Values.Select(v => v.Time / 1e6)],
                    [.. r.Values.Select(v => v.Valid ? v.Value : double.NaN)], r.Unit == "deg" ? "°" : r.Unit, k, Dots: true))])
            {
                Height = 220,
            });
        }

        if (run.Readouts.Count > 0)
        {
            report.Add(new TableSection(
                "Answers of the read-outs",
                ["read-out", "last answer", "#at (s)", "#confidence", "#answers", "#without an answer", "why"],
                [.. run.Readouts.Select(r => r.Values.LastOrDefault(v => v.Valid) is { Valid: true } last
                    ? [r.Name, r.Text(last.Value), Figure(last.Time / 1e6), Percent(last.Confidence), Number(r.Values.Count(v => v.Valid)),
                        Number(r.Values.Count(v => !v.Valid)), Why(r)]
                    : new[] { r.Name, "none", string.Empty, string.Empty, "0", Number(r.Values.Count), Why(r) })])
            {
                Note = "Without an answer: there were too few spikes, or the evidence was too weak.",
            });
        }
    }

    // The doubts of what has no sure answer, each once.
    private static string Why(ReadoutRecord readout) => string.Join(
        "; ", readout.Values.Where(v => !v.Valid && v.Doubt != Doubt.None).Select(v => DoubtSentence.Of(v.Doubt))
        .Distinct(StringComparer.Ordinal));

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
                a.Population.Recorded ? Rate(a.MeanRate) : string.Empty,
                double.IsNaN(a.Regularity) ? "–" : a.Regularity.ToString("0.00", CultureInfo.InvariantCulture),
            }).ToArray())
        {
            Note = "Irregularity is the coefficient of variation of the intervals: 0 for a clock, 1 for a Poisson train.",
        });
    }

    /// <summary>A count with thin spaces between thousands.</summary>
    private static string Number(long value) => value.ToString("#,0", CultureInfo.InvariantCulture).Replace(',', '\u202F');

    /// <summary>A count with its noun: <c>1 spike</c>, <c>12 spikes</c>.</summary>
    private static string Count(long value, string noun) => Number(value) + " " + noun + (value == 1 ? string.Empty : "s");

    private static string Percent(double share) => (100 * share).ToString("0.#", CultureInfo.InvariantCulture) + " %";

    private static string Step(long microseconds) => microseconds >= 1000 ? Figure(microseconds / 1e3) + " ms"
        : Number(microseconds) + " µs";

    private static string Rate(double hertz) => hertz < 1 ? hertz.ToString("0.###", CultureInfo.InvariantCulture) : Figure(hertz);

    /// <summary>A quantity to three digits after its first.</summary>
    private static string Figure(double value)
    {
        string format = Math.Abs(value) switch { >= 1000 => "#,0", >= 100 => "0.#", >= 10 => "0.##", >= 1 => "0.###", _ => "0.######" };
        return value.ToString(format, CultureInfo.InvariantCulture).Replace(',', '\u202F');
    }
}
