// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Cli.Errors;
using NeuroMCU.Cli.Terminal;
using NeuroMCU.Cli.Verbs.Report;
using NeuroMCU.Exchange.Recordings;
using NeuroMCU.Recordings;

namespace NeuroMCU.Cli.Verbs.Compare;

/// <summary>Compares two recordings, of this program or of others.</summary>
internal static class RecordingsComparison
{
    public static ExitCode Run(VerbContext context, string first, string second, double? require)
    {
        RunRecording a = RecordingFile.Read(context.Note(ReportVerb.PathOf(first)));
        RunRecording b = RecordingFile.Read(context.Note(ReportVerb.PathOf(second)));
        IReadOnlyList<(string Name, SpikeMatch Match)> matches = SpikeMatch.Of(a, b);
        SpikeMatch all = matches[^1].Match;
        IReadOnlyList<TraceMatch> traces = TraceMatch.Of(a, b);
        if (context.Json)
        {
            context.WriteJson(new
            {
                Schema = "neuromcu.compare/1",
                First = first,
                Second = second,
                SpikesFirst = all.SpikesA,
                SpikesSecond = all.SpikesB,
                LagUs = all.Lag,
                Matched_100us = all.Share(100),
                Matched_1ms = all.Share(1000),
                Populations = matches.SkipLast(1).Select(m => new
                {
                    m.Name,
                    SpikesFirst = m.Match.SpikesA,
                    SpikesSecond = m.Match.SpikesB,
                    LagUs = m.Match.Lag,
                    Matched_100us = m.Match.Share(100),
                    Matched_1ms = m.Match.Share(1000),
                }),
                Traces = traces,
            });
        }
        else
        {
            context.WriteLine($"{first} ({a.Network} on {a.RanOn}) and {second} ({b.Network} on {b.RanOn})");
            context.WriteLine();
            int width = Math.Max(10, matches.Max(m => m.Name.Length));
            context.WriteLine(
                $"{"population".PadRight(width)}  {"first",8}  {"second",8}  {"later by",9}  {"within 0.1 ms",13}  {"within 1 ms",11}");
            foreach ((string name, SpikeMatch match) in matches)
            {
                context.WriteLine($"{(name.Length == 0 ? "all" : name).PadRight(width)}  {match.SpikesA,8}  {match.SpikesB,8}  "
                    + $"{Figures.Time(match.Lag),9}  {Figures.Share(match.Share(100)),13}  {Figures.Share(match.Share(1000)),11}");
            }

            PrintTraces(context, traces);
        }

        foreach ((string path, RunRecording run) in new[] { (first, a), (second, b) })
        {
            if (run.Spikes.Count == 0 && run.Traces.Count > 0)
            {
                context.Say($"note: {path} holds traces only: there are no spikes to compare");
            }

            if (run.Incomplete is { } missing)
            {
                context.Say($"note: {path} is incomplete: {missing}");
            }
        }

        return require is { } least && all.Share(1000) < least ? ExitCode.CheckFailed : ExitCode.Ok;
    }

    private static void PrintTraces(VerbContext context, IReadOnlyList<TraceMatch> traces)
    {
        if (traces.Count == 0)
        {
            return;
        }

        int width = Math.Max(10, traces.Max(t => t.Name.Length));
        context.WriteLine();
        context.WriteLine($"{"trace".PadRight(width)}  {"samples",8}  {"RMS difference",16}  {"largest",16}");
        foreach (TraceMatch trace in traces)
        {
            string unit = trace.Unit.Length == 0 ? string.Empty : " " + trace.Unit;
            context.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{trace.Name.PadRight(width)}  {trace.Samples,8}  {trace.Rms.ToString("G4", CultureInfo.InvariantCulture) + unit,16}  ")
                + $"{trace.Largest.ToString("G4", CultureInfo.InvariantCulture) + unit,16}");
        }
    }
}
