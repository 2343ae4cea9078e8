// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.CommandLine;
using NeuroMCU.Cli.Errors;
using NeuroMCU.Cli.Inputs;
using NeuroMCU.Cli.Results;
using NeuroMCU.Cli.Terminal;
using NeuroMCU.Compiler.Sites;
using NeuroMCU.Internet.Desk;
using NeuroMCU.Networks;
using NeuroMCU.Recordings;
using NeuroMCU.Recordings.Report;

namespace NeuroMCU.Cli.Verbs.Run;

/// <summary>Runs a network that is spread over boards.</summary>
internal static class RunOnBoards
{
    public static async Task<ExitCode> RunAsync(VerbContext context, ParseResult line, Network network, IReadOnlyList<NetworkSite> sites,
        bool twin, long duration, bool chosen, bool realTime, RunFiles files, CancellationToken cancellation)
    {
        SpikeSchedule.Check(context, network, duration, chosen);
        SiteImages images = SiteNetwork.Compile(context, network, sites, twin);
        using SpikeLog? none = files.Begin(context, line, [.. network.Populations.Select(p => new RecordedPopulation(p.Name, p.FirstNeuron,
            p.Size, p.Recorded))]);
        List<LearnedWeights> learned = [];

        // Also after an interruption: what was learned by then is there.
        DeskResult result = await SiteNetwork.RunAsync(context, images, duration, realTime, cancellation, async (site, board, client) =>
        {
            IReadOnlyList<LearnedWeights> own = await LearnedWeights.ReadAsync(client, board, CancellationToken.None);
            learned.AddRange(own.Select(l => l with { Site = site.Name }));
        });
        HtmlReport report = RecordingReport.Of(result.Run, RunFiles.MadeWith);
        report.Add(SiteText.Section(images, result));
        if (learned.Count > 0)
        {
            report.Add(new PreformattedSection("What was learned", string.Join('\n', learned.Select(l => l.Text()))));
        }

        WrittenFiles written = files.Write(context, line, result.Run, report, none);
        if (files.FolderOf(line) is { } folder)
        {
            foreach (LearnedWeights one in learned)
            {
                written.Try(one.PathIn(folder), one.Write);
            }
        }

        if (context.Json)
        {
            context.WriteJson(Document(images, result, duration, learned, written.Paths));
        }
        else
        {
            Print(context, images, result, learned);
        }

        return Complain(context, result, written, cancellation);
    }

    private static ExitCode Complain(VerbContext context, DeskResult result, WrittenFiles written, CancellationToken cancellation)
    {
        ExitCode code = SiteNetwork.CodeOf(result, cancellation);
        foreach (Exception problem in new[] { written.Problem, result.Broken }.OfType<Exception>())
        {
            code = context.Complain(Problems.Explain(problem, cancelled: false));
        }

        return code;
    }

    private static object Document(SiteImages images, DeskResult result, long asked, List<LearnedWeights> learned,
        IReadOnlyList<string> files) => new
        {
            Schema = "neuromcu.run/1",
            result.Run.Network,
            Device = result.Run.RanOn,
            DurationS = result.Run.Duration / 1e6,
            AskedS = asked / 1e6,
            Complete = result.Run.Incomplete is null,
            result.Run.Incomplete,
            Spikes = result.Run.Spikes.Count,
            result.Run.Produced,
            LostSpikes = result.Run.Lost,
            Losses = result.Run.Losses.ByName,
            StepUs = images.Step,
            Saturations = result.Run.CountsSaturations
                ? result.Run.Saturations.Select(s => new { Population = s.Key, Count = s.Value }) : null,
            result.Run.LateEvents,
            MaxLatenessUs = result.Run.MaxLateness,
            Populations = PopulationActivity.Of(result.Run).Where(a => a.Population.Recorded).Select(a => new
            {
                a.Population.Name,
                a.Population.Size,
                a.Active,
                a.Spikes,
                RateHz = a.MeanRate,
                Irregularity = double.IsNaN(a.Regularity) ? (double?)null : a.Regularity,
            }),
            Readouts = result.Run.Readouts.SelectMany(r => r.Values.Select(v => new
            {
                r.Name,
                r.Unit,
                v.Valid,
                TimeS = v.Time / 1e6,
                v.Value,
                v.Confidence,
                v.Spikes
            })),
            Learned = learned.Count == 0 ? null : learned.Select(l => l.Document()),
            Sites = SiteText.Document(images),
            Wire = SiteText.Document(result),
            Troubles = result.Run.Troubles.Select(t => new { t.Serious, TimeS = t.Time / 1e6, t.What, t.Advice }),
            Counters = result.Run.Counters.ToDictionary(c => c.Key, c => c.Value),
            Files = files,
        };

    private static void Print(VerbContext context, SiteImages images, DeskResult result, List<LearnedWeights> learned)
    {
        RunRecording run = result.Run;
        context.WriteLine($"{run.Network} on {run.RanOn}: {Figures.Count(run.Spikes.Count, "spike")} in {Figures.Time(run.Duration)}");
        context.WriteLine();
        RasterView.Write(context.Out, run);
        context.WriteLine();
        ReadoutText.Say(context, run);
        foreach (string entry in run.Log)
        {
            context.Say("device: " + entry);
        }

        foreach (LearnedWeights one in learned)
        {
            context.WriteLine(one.Text());
        }

        SiteText.Result(context, images, result);
        foreach (string sentence in SiteText.Cut(images))
        {
            context.WriteLine(sentence);
        }

        context.WriteLine(run.LossLine);
        LossText.Say(context, run.Losses);
        SaturationText.Say(context, run);
        foreach (RunTrouble trouble in run.Reported.Where(t => t.Serious))
        {
            context.Say("warning: " + trouble.What);
        }

        if (run.EndedEarly is { } early)
        {
            context.Say("incomplete: " + early);
        }
    }
}
