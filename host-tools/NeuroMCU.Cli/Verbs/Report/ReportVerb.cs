// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.CommandLine;
using NeuroMCU.Cli.Errors;
using NeuroMCU.Cli.Pictures;
using NeuroMCU.Cli.Results;
using NeuroMCU.Cli.Terminal;
using NeuroMCU.Exchange.Recordings;
using NeuroMCU.Files;
using NeuroMCU.Recordings;
using NeuroMCU.Recordings.Report;

namespace NeuroMCU.Cli.Verbs.Report;

/// <summary><c>report</c>: draws a recording again, of this or another program.</summary>
internal static class ReportVerb
{
    private static readonly Argument<string> s_recording = new("RECORDING")
    {
        Description = "Recording: .npz, .csv, .nwb, .h5 (SONATA), .nir, .aedat, .eieio, .edf, .wav, or the folder of a run",
    };

    private static readonly Option<string?> s_out = new Option<string?>("--out", "-o")
    {
        Description = "Report to write (default: the name of RECORDING with .html), or the recording in another format: .npz, .csv, .nwb, "
            + ".h5 (SONATA), .nir, .aedat, .eieio, .edf or .wav",
        HelpName = "FILE",
    }
        .EndingIn("a page or a recording", [".html", ".htm", .. RecordingFile.Endings]);

    private static readonly Option<string?> s_figure = PictureFiles.Option();

    public static Command Create(VerbRunner runner) => runner.Bind(
        new Command("report", "Draw a recording again, of this or another program") { s_recording, s_out, s_figure },
        usesDevice: false, RunAsync);

    private static Task<ExitCode> RunAsync(VerbContext context, ParseResult line, CancellationToken cancellation)
    {
        string path = PathOf(line.GetRequiredValue(s_recording));
        string target = context.ForWriting(line.GetValue(s_out) ?? Path.ChangeExtension(path, ".html"));
        RunRecording run = RecordingFile.Read(context.Note(path));
        bool converts = RecordingFile.Endings.Contains(Path.GetExtension(target).ToLowerInvariant());
        HtmlReport report = RecordingReport.Of(run, RunFiles.MadeWith);
        if (run.Origin.Count > 0)
        {
            report.Add(new TableSection("How it came about", ["what", "value"], [.. run.Origin.Select(o => new[] { o.Key, o.Value })]));
        }

        if (converts)
        {
            OutputFile.Write(target, stream => RecordingFile.Write(target, run, DateTimeOffset.Now, stream));
            if (RecordingFile.Leaves(target, run) is { } left)
            {
                context.Say($"note: {target}: {left}");
            }
        }
        else
        {
            report.Save(target);
        }

        List<string> files = [target];
        if (line.GetValue(s_figure) is { } picture)
        {
            files.AddRange(PictureFiles.Write(context, picture, report));
        }

        if (context.Json)
        {
            context.WriteJson(new
            {
                Schema = "neuromcu.report/1",
                Recording = path,
                run.Network,
                run.RanOn,
                DurationS = run.Duration / 1e6,
                Spikes = run.Spikes.Count,
                Populations = run.Populations.Select(p => new { p.Name, p.Size }),
                Traces = run.Traces.Count,
                Origin = run.Origin.DistinctBy(o => o.Key).ToDictionary(o => o.Key, o => o.Value),
                run.Incomplete,
                Files = files,
            });
        }
        else
        {
            context.WriteLine($"{run.Network} on {run.RanOn}: {Figures.Count(run.Spikes.Count, "spike")} in {Figures.Time(run.Duration)}");
            context.WriteLine();
            RasterView.Write(context.Out, run);
            context.WriteLine();
            context.WriteLine(run.Incomplete is { } missing ? "incomplete: " + missing : run.LossLine);
        }

        foreach (string file in files)
        {
            context.Say("wrote " + file);
        }

        return Task.FromResult(run.Incomplete is null ? ExitCode.Ok : ExitCode.Incomplete);
    }

    /// <summary>The recording in the folder of a run, or the file itself.</summary>
    public static string PathOf(string path) =>
        Directory.Exists(path) && File.Exists(Path.Combine(path, "spikes.npz")) ? Path.Combine(path, "spikes.npz") : path;
}
