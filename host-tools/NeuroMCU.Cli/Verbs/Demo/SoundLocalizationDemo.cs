// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Cli.Errors;
using NeuroMCU.Cli.Pictures;
using NeuroMCU.Cli.Results;
using NeuroMCU.Cli.Terminal;
using NeuroMCU.Cli.Verbs.Locate;
using NeuroMCU.Compiler;
using NeuroMCU.Laboratory.Localization;
using NeuroMCU.Laboratory.Localization.Recordings;
using NeuroMCU.Networks.Reading;
using NeuroMCU.Recordings;
using NeuroMCU.Recordings.Report;
using NeuroMCU.VirtualDevice;
using Spectre.Console;

namespace NeuroMCU.Cli.Verbs.Demo;

/// <summary>Plays all shipped recordings to the firmware and compares what it heard with where the sounds were.</summary>
internal sealed class SoundLocalizationDemo : IDemo
{
    private const string ReportName = "sound-localization.html";

    /// <inheritdoc />
    public string Name => "sound-localization";

    /// <inheritdoc />
    public string Summary => "where recorded sounds come from, heard by the firmware with two ears";

    /// <inheritdoc />
    public async Task<ExitCode> RunAsync(VerbContext context, DemoRequest request, CancellationToken cancellation)
    {
        (string folder, string? figure, _) = request;
        string? chosen = LocateVerb.Profile(context);
        CompiledNetwork network = NetworkCompiler.Compile(NetworkFile.Load(ShippedExample.Network));
        IReadOnlyList<IndexedRecording> recordings = RecordingIndex.Read(ShippedExample.Recordings);
        IReadOnlyList<LocalizationTrial> trials;
        using (ProgressLine progress = new ProgressLine(context, "listening"))
        {
            Lock gate = new Lock();
            trials = await LocalizationTrials.RunAsync(network, recordings, chosen, new Report(Draw), cancellation);

            void Draw(int done)
            {
                lock (gate)
                {
                    progress.Report((double)done / recordings.Count, $"{done} of {recordings.Count} recordings");
                }
            }
        }

        if (trials.Count == 0)
        {
            throw new OperationCanceledException(cancellation);
        }

        string? missing = trials.Count < recordings.Count ? $"{trials.Count} of {recordings.Count} recordings were played" : null;
        TrialSummary all = new TrialSummary("all", trials);
        LossAccount losses = all.Losses;
        IReadOnlyList<TrialSummary> classes = TrialSummary.ByClass(trials);
        string profile = chosen ?? RecordingPlayer.DefaultProfile;
        SoundShare share = new SoundShare(trials.Sum(t => t.Heard.Listened.Frames), trials.Sum(t => t.Heard.Listened.Heard));
        double listened = share.Part;
        context.Say($"heard in real time at the costs of {profile}; {share.Text}, the loudest stretches of it");

        string report = Path.Combine(folder, ReportName);
        HtmlReport page = Page(trials, all, classes, profile, missing);
        page.Figure("listened to, by plan", string.Create(CultureInfo.InvariantCulture, $"{100 * listened:0} % of the sound"));
        page.Figure("sound frames lost", losses.Of(LossCause.Sound).ToString(CultureInfo.InvariantCulture),
            losses.Of(LossCause.Sound) == 0 ? FigureTone.Good : FigureTone.Bad);
        page.Save(report);
        PictureFiles.Save(context, figure, () => page);
        OutputFile.WriteText(Path.ChangeExtension(report, ".svg"), PolarDrawing.Svg(trials) + "\n");
        if (context.Json)
        {
            context.WriteJson(Document(trials, all, classes, profile, listened, report, missing));
        }
        else
        {
            Print(context, trials, all, classes);
        }

        context.Say("wrote " + report);
        if (!context.Json)
        {
            LossText.Say(context, losses);
        }

        if (missing is not null)
        {
            context.Say("incomplete: " + missing);
            return ExitCode.Cancelled;
        }

        return losses.IsComplete ? ExitCode.Ok : ExitCode.Incomplete;
    }

    private static void Print(VerbContext context, IReadOnlyList<LocalizationTrial> trials, TrialSummary all,
        IReadOnlyList<TrialSummary> classes)
    {
        Grid table = Tables.Plain("sounds", "#n", "#mean error", "#largest", "#wrong side", "#unsure", "#GCC", "#GCC-PHAT", "#lost spikes");
        foreach (TrialSummary row in classes.Append(all))
        {
            Tables.Add(table, Cells(row));
        }

        context.Out.Write(table);
        context.WriteLine();
        PolarView.Write(
            context.Out,
            trials.GroupBy(t => (t.Recording.Condition, t.Recording.Class))
            .Select(g => g.Where(t => t.Found.HasValue).Select(t => t.Found!.Value).ToArray()).ToArray<IReadOnlyList<double>>());
        context.WriteLine(
            "Each dot is a recording, drawn in the direction where the firmware heard it; the marks outside are the true directions.");
        context.WriteLine(
            $"GCC and GCC-PHAT: mean error of cross-correlation on the host, the yardstick. "
            + $"{all.Losses.Line(all.Spikes + all.Losses.Spikes)} spikes.");
    }

    private static string[] Cells(TrialSummary row) =>
    [
        row.Name,
        row.Count.ToString(CultureInfo.InvariantCulture),
        Degrees(row.MeanError),
        Degrees(row.MaxError),
        row.WrongSide.ToString(CultureInfo.InvariantCulture),
        row.Unsure.ToString(CultureInfo.InvariantCulture),
        Degrees(row.PlainError),
        Degrees(row.PhaseTransformError),
        row.Losses.Spikes.ToString(CultureInfo.InvariantCulture),
    ];

    private static string Degrees(double value) => value.ToString("0.00", CultureInfo.InvariantCulture) + "°";

    private static HtmlReport Page(IReadOnlyList<LocalizationTrial> trials, TrialSummary all, IReadOnlyList<TrialSummary> classes,
        string profile, string? missing)
    {
        return new HtmlReport("Sound localization",
            $"{all.Count} recordings, played to the firmware on the virtual bench ({profile})")
        { MadeWith = RunFiles.MadeWith }
            .Incomplete(missing)
            .Figure("mean error", Degrees(all.MeanError))
            .Figure("largest error", Degrees(all.MaxError))
            .Figure("on the wrong side", all.WrongSide.ToString(CultureInfo.InvariantCulture), all.WrongSide == 0 ? FigureTone.Good
                : FigureTone.Bad)
            .Figure("spikes lost", $"{all.Losses.Spikes} of {all.Spikes + all.Losses.Spikes}", all.Losses.IsComplete ? FigureTone.Good
                : FigureTone.Bad)
            .Add(new SvgSection("True and found directions",
                PolarDrawing.Svg(trials))
            {
                Note =
                "A dot is where the firmware heard a recording; the arc leads there from where it was."
            })
            .Add(new TableSection(
                "Errors by class of sound",
                ["sounds", "#n", "#mean error", "#largest", "#wrong side", "#unsure", "#GCC", "#GCC-PHAT", "#lost spikes"],
                classes.Append(all).Select(Cells).ToArray<IReadOnlyList<string>>())
            { Note = "GCC and GCC-PHAT: generalised cross-correlation on the host, with its delays calibrated to the same head." })
            .Add(new TableSection(
                "All recordings",
                ["recording", "#true", "#found", "#error", "#confidence", "#GCC", "#GCC-PHAT"],
                trials.Select(t => new[]
                {
                    Path.GetFileName(t.Recording.Path),
                    Degrees(t.Recording.Azimuth),
                    t.Found is { } found ? Degrees(found) : "not heard",
                    Degrees(t.Error),
                    (t.Heard.Main?.Confidence ?? 0).ToString("0.00", CultureInfo.InvariantCulture),
                    Degrees(t.PlainError),
                    Degrees(t.PhaseTransformError),
                }).ToArray<IReadOnlyList<string>>())
            {
                Tones = [.. trials.Select(t => t.Found is null || t.IsWrongSide ? FigureTone.Bad : t.Heard.Main is { Sure: false }
                ? FigureTone.Warning : FigureTone.Neutral)]
            });
    }

    private static object Document(IReadOnlyList<LocalizationTrial> trials, TrialSummary all, IReadOnlyList<TrialSummary> classes,
        string profile, double listened, string report, string? missing) => new
        {
            Schema = "neuromcu.demo.sound-localization/1",
            Profile = profile,
            ListenedShare = Math.Round(listened, 3),
            Complete = missing is null,
            Incomplete = missing,
            Trials = all.Count,
            MeanAbsErrorDeg = all.MeanError,
            MaxAbsErrorDeg = all.MaxError,
            all.WrongSide,
            all.Unsure,
            all.Spikes,
            LostSpikes = all.Losses.Spikes,
            LostFrames = all.Losses.Of(LossCause.Sound),
            Losses = all.Losses.ByName,
            GccMeanAbsErrorDeg = all.PlainError,
            GccPhatMeanAbsErrorDeg = all.PhaseTransformError,
            Classes = classes.Select(c => new
            {
                c.Name,
                Trials = c.Count,
                MeanAbsErrorDeg = c.MeanError,
                MaxAbsErrorDeg = c.MaxError,
                c.WrongSide,
                c.Unsure,
                LostSpikes = c.Losses.Spikes,
                GccMeanAbsErrorDeg = c.PlainError,
                GccPhatMeanAbsErrorDeg = c.PhaseTransformError,
            }),
            Recordings = trials.Select(t => new
            {
                File = Path.GetFileName(t.Recording.Path),
                t.Recording.Class,
                t.Recording.Condition,
                TrueDeg = t.Recording.Azimuth,
                AzimuthDeg = t.Found,
                Sure = t.Heard.Main?.Sure ?? false,
                Confidence = t.Heard.Main?.Confidence ?? 0,
                GccDeg = t.Plain,
                GccPhatDeg = t.PhaseTransform,
                t.Heard.LostSpikes,
            }),
            Report = report,
        };

    // Called where the work is done; Progress<T> would post to another thread and come late.
    private sealed class Report(Action<int> draw) : IProgress<int>
    {
        void IProgress<int>.Report(int value) => draw(value);
    }
}
