// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.CommandLine;
using System.Globalization;
using NeuroMCU.Cli.Errors;
using NeuroMCU.Cli.Inputs;
using NeuroMCU.Cli.Results;
using NeuroMCU.Cli.Terminal;
using NeuroMCU.Compiler.Sites;
using NeuroMCU.Internet.Desk;
using NeuroMCU.Laboratory.Comparison;
using NeuroMCU.Networks;
using NeuroMCU.Recordings;
using NeuroMCU.Recordings.Report;
using NeuroMCU.Reference;

namespace NeuroMCU.Cli.Verbs.Compare;

/// <summary>Compares a network that is spread over boards with the whole in double precision.</summary>
internal static class CompareBoards
{
    public static async Task<ExitCode> RunAsync(VerbContext context, ParseResult line, Network network, IReadOnlyList<NetworkSite> sites,
        bool twin, bool fileWeights, long duration, bool chosen, double? require, RunFiles files, CancellationToken cancellation)
    {
        SpikeSchedule.Check(context, network, duration, chosen);
        SiteImages images = SiteNetwork.Compile(context, network, sites, twin);
        using SpikeLog? none = files.Begin(context, line, [.. network.Populations.Select(p => new RecordedPopulation(p.Name, p.FirstNeuron,
            p.Size, p.Recorded))]);
        DeskResult result = await SiteNetwork.RunAsync(context, images, duration, realTime: false, cancellation);
        RunRecording device = result.Run;
        if (device.Incomplete is { } missing)
        {
            _ = files.Write(context, line, device, RecordingReport.Of(device, RunFiles.MadeWith), none);
            if (result.Broken is not null)
            {
                throw result.Broken;
            }

            throw new CliException(cancellation.IsCancellationRequested ? ExitCode.Cancelled : ExitCode.Incomplete,
                $"the run on {device.RanOn} is incomplete, so that it is not compared: {missing}",
                "what is missing would look like wrong arithmetic",
                string.Join("; ", device.Losses.Causes.Select(device.Losses.Advise)));
        }

        context.Say("running the whole network in double precision");
        Network asked = fileWeights ? images.Split.Whole : images.WithRoundedWeights();
        RunRecording reference = new ReferenceSimulator(asked, images.Schemes).Run(duration, cancellation: cancellation);
        RunComparison comparison = RunComparison.Of(images.Split.Whole, reference, device);
        double within = RunComparison.MatchedWithin(images.Split.Whole, reference, device, images.Split.Wire);
        HtmlReport report = CompareVerb.Report(network.Name, comparison, reference, device);
        report.Figure($"of spikes within the wire's {Figures.Time(images.Split.Wire)}", Figures.Share(within), within >= 0.99 ? FigureTone.Good
            : FigureTone.Bad);
        report.Add(SiteText.Section(images, result));
        WrittenFiles written = files.Write(context, line, device, report, none);
        if (context.Json)
        {
            context.WriteJson(new
            {
                Schema = "neuromcu.compare/1",
                Network = network.Name,
                Device = device.RanOn,
                DurationS = device.Duration / 1e6,
                ReferenceWeights = fileWeights ? "file" : "programmed",
                comparison.SpikesReference,
                comparison.SpikesDevice,
                Matched_100us = comparison.Matched100Us,
                Matched_1ms = comparison.Matched1Ms,
                MatchedWithinWire = within,
                CountError = double.IsFinite(comparison.CountError) ? comparison.CountError : (double?)null,
                LargestTraceError = comparison.LargestTraceError is { } worst ? CompareVerb.Trace(worst) : null,
                Traces = comparison.Traces.Select(CompareVerb.Trace),
                LostSpikes = device.Lost,
                Losses = device.Losses.ByName,
                Saturations = device.CountsSaturations ? device.Saturations.Select(s => new { Population = s.Key, Count = s.Value }) : null,
                Sites = SiteText.Document(images),
                Wire = SiteText.Document(result),
                Troubles = device.Troubles.Select(t => new { t.Serious, TimeS = t.Time / 1e6, t.What, t.Advice }),
                Files = written.Paths,
            });
        }
        else
        {
            Print(context, network, images, result, comparison, within, reference);
        }

        return written.Problem is not null ? throw written.Problem
            : require is { } least && comparison.Matched1Ms < least ? ExitCode.CheckFailed : SiteNetwork.CodeOf(result, cancellation);
    }

    private static void Print(VerbContext context, Network network, SiteImages images, DeskResult result, RunComparison comparison,
        double within, RunRecording reference)
    {
        RunRecording device = result.Run;
        context.WriteLine($"{network.Name}, {Figures.Time(device.Duration)}: reference above, {device.RanOn} below");
        context.WriteLine();
        RasterView.Write(context.Out, reference);
        context.WriteLine();
        RasterView.Write(context.Out, device);
        context.WriteLine();
        SiteText.Result(context, images, result);
        foreach (string sentence in SiteText.Cut(images))
        {
            context.WriteLine(sentence);
        }

        void Row(string name, string value) => context.WriteLine($"{name,-22}  {value}");
        context.WriteLine();
        Row("spikes, reference", comparison.SpikesReference.ToString(CultureInfo.InvariantCulture));
        Row("spikes, boards", comparison.SpikesDevice.ToString(CultureInfo.InvariantCulture));
        Row("matched within 100 us", Figures.Share(comparison.Matched100Us));
        Row("matched within 1 ms", Figures.Share(comparison.Matched1Ms));
        Row($"within the wire, {Figures.Time(images.Split.Wire)}", Figures.Share(within));
        Row("spikes on the wire", device.LossLine);
        SaturationText.Say(context, device);
    }
}
