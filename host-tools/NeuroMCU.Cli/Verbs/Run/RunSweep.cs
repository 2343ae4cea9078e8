// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using System.Text;
using NeuroMCU.Cli.Errors;
using NeuroMCU.Cli.Inputs;
using NeuroMCU.Cli.Pictures;
using NeuroMCU.Cli.Results;
using NeuroMCU.Cli.Terminal;
using NeuroMCU.Recordings;
using NeuroMCU.Recordings.Report;
using Spectre.Console;

namespace NeuroMCU.Cli.Verbs.Run;

/// <summary>Runs a network once for each value of a parameter, and shows the rates of its populations against it.</summary>
internal static class RunSweep
{
    /// <summary>Runs all points.</summary>
    /// <param name="folder">Folder for sweep.csv and report.html; null for none.</param>
    /// <param name="page">File for the report; null for none.</param>
    /// <param name="picture">File for the figure; null for none.</param>
    /// <returns>Ok, or the first exit code of a point that is another.</returns>
    public static async Task<ExitCode> RunAsync(
        VerbContext context, ParameterRange range, string? folder, string? page, string? picture, Func<double,
        Task<(RunRecording Run, ExitCode Code)>> run, CancellationToken cancellation)
    {
        string? table = folder is null ? null : Path.Combine(folder, "sweep.csv");
        string? report = page ?? (folder is null ? null : Path.Combine(folder, "report.html"));
        context.ForWritingAll(table, report, picture);
        List<(double Value, RunRecording Run, ExitCode Code)> points = [];
        Exception? broken = null;
        using (ProgressLine progress = new ProgressLine(context, "sweeping"))
        {
            foreach (double value in range.Values)
            {
                if (cancellation.IsCancellationRequested)
                {
                    break;
                }

                progress.Report((double)points.Count / range.Values.Count, range.At(value).ToString());
                try
                {
                    (RunRecording recording, ExitCode end) = await run(value);

                    // Half a point would stand among the others as if its rate had been measured as long as theirs.
                    if (end != ExitCode.Cancelled)
                    {
                        points.Add((value, recording, end));
                    }
                }
                catch (Exception e) when (points.Count > 0)
                {
                    broken = e;
                    break;
                }
            }
        }

        if (points.Count == 0)
        {
            throw new OperationCanceledException(cancellation);
        }

        string? missing = points.Count < range.Values.Count ? $"{points.Count} of {range.Values.Count} points were run" : null;
        RecordedPopulation[] populations = [.. points[0].Run.Populations.Where(p => p.Recorded)];
        if (table is not null)
        {
            Directory.CreateDirectory(folder!);
            OutputFile.WriteText(table, text => text.Write(Csv(range, populations, points, missing)));
            context.Say("wrote " + table);
        }

        if (report is not null)
        {
            Page(range, populations, points, missing).Save(report);
            context.Say("wrote " + report);
        }

        PictureFiles.Save(context, picture, () => Page(range, populations, points, missing));
        if (context.Json)
        {
            context.WriteJson(new
            {
                Schema = "neuromcu.run-sweep/1",
                Parameter = range.Name,
                range.Unit,
                Complete = missing is null,
                Points = points.Select(p => new
                {
                    p.Value,
                    Spikes = p.Run.Spikes.Count,
                    LostSpikes = p.Run.Lost,
                    Losses = p.Run.Losses.ByName,
                    p.Run.LateEvents,
                    MaxLatenessUs = p.Run.MaxLateness,
                    ExitCode = (int)p.Code,
                    Populations = PopulationActivity.Of(p.Run).Where(a => a.Population.Recorded)
                    .Select(a => new { a.Population.Name, a.Spikes, RateHz = a.MeanRate }),
                }),
            });
        }
        else
        {
            Grid grid = Tables.Plain(["#" + range.Label, .. populations.Select(p => "#" + p.Name + " (Hz)"), "#lost"]);
            foreach ((double value, RunRecording recording, _) in points)
            {
                Tables.Add(grid, [ParameterRange.Text(value), .. Rates(recording)
                    .Select(r => r.ToString("0.##", CultureInfo.InvariantCulture)), recording.Lost.ToString(CultureInfo.InvariantCulture)]);
            }

            context.Out.Write(grid);
        }

        if (missing is not null)
        {
            context.Say("incomplete: " + missing);
            return broken is null or OperationCanceledException ? ExitCode.Cancelled
                : context.Complain(Problems.Explain(broken, cancelled: false));
        }

        return points.Select(p => p.Code).FirstOrDefault(code => code != ExitCode.Ok);
    }

    private static IEnumerable<double> Rates(RunRecording run) => PopulationActivity.Of(run).Where(a => a.Population.Recorded)
        .Select(a => a.MeanRate);

    private static string Csv(ParameterRange range, RecordedPopulation[] populations,
        List<(double Value, RunRecording Run, ExitCode Code)> points, string? missing)
    {
        StringBuilder csv = new StringBuilder();
        csv.Append(range.Unit.Length == 0 ? range.Name : range.Name + "_" + range.Unit)
            .Append(string.Concat(populations.Select(p => "," + p.Name + "_Hz"))).Append(",spikes,lost\n");
        foreach ((double value, RunRecording run, _) in points)
        {
            csv.Append(ParameterRange.Text(value))
                .Append(string.Concat(Rates(run).Select(r => "," + r.ToString("0.######", CultureInfo.InvariantCulture))));
            csv.Append(CultureInfo.InvariantCulture, $",{run.Spikes.Count},{run.Lost}\n");
        }

        return csv.Append(missing is null ? string.Empty : "# incomplete: " + missing + "\n").ToString();
    }

    private static HtmlReport Page(ParameterRange range, RecordedPopulation[] populations,
        List<(double Value, RunRecording Run, ExitCode Code)> points, string? missing)
    {
        HtmlReport page = new HtmlReport(
            points[0].Run.Network + ": " + range.Name, $"{Figures.Count(points.Count, "run")} on {points[0].Run.RanOn}")
        { MadeWith = RunFiles.MadeWith };
        int wrong = points.Count(p => p.Run.Troubles.Any(t => t.Serious));
        page.Figure("runs in which something went wrong", wrong.ToString(CultureInfo.InvariantCulture), wrong == 0 ? FigureTone.Good
            : FigureTone.Bad);
        page.Incomplete(missing);
        double[] x = [.. points.Select(p => p.Value)];
        double[][] rates = [.. points.Select(p => Rates(p.Run).ToArray())];
        page.Add(new LinesSection("Rate against " + range.Name, range.Label, "rate (Hz)",
            [.. populations.Select((p, k) => new LineSeries(p.Name, x, [.. rates.Select(r => r[k])], "Hz", k))])
        { Height = 340 });
        return page.Add(new TableSection(
            "Points",
            ["#" + range.Label, .. populations.Select(p => "#" + p.Name + " (Hz)"), "#lost", "what went wrong"],
            [.. points.Select((p, i) => (string[])[ParameterRange.Text(p.Value),
                .. rates[i].Select(r => r.ToString("0.###", CultureInfo.InvariantCulture)), p.Run.LossLine,
                    string.Join("; ", p.Run.Troubles.Where(t => t.Serious).Select(t => t.What))])])
        {
            Tones = [.. points.Select(p => p.Run.Troubles.Any(t => t.Serious) ? FigureTone.Bad : FigureTone.Neutral)],
        });
    }
}
