// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Cli.Errors;
using NeuroMCU.Cli.Inputs;
using NeuroMCU.Cli.Terminal;
using NeuroMCU.Compiler;
using NeuroMCU.Laboratory.Localization;
using NeuroMCU.Laboratory.Localization.Accuracy;
using Spectre.Console;

namespace NeuroMCU.Cli.Verbs.Accuracy;

/// <summary><c>accuracy --real-time</c>: whether the firmware keeps up with sounds that last, and the heap that it takes.</summary>
internal static class RealTimeReport
{
    /// <summary>Measures and prints.</summary>
    /// <returns>Ok when no frame was lost.</returns>
    public static ExitCode Run(
        VerbContext context, CompiledNetwork network, string path, HeadChoice head, string? profile, CancellationToken cancellation)
    {
        RealTimeTable table;
        using (ProgressLine progress = new ProgressLine(context, "listening"))
        {
            table = RealTimeTable.Measure(
                network, head.Head, profile, (done, of) => progress.Report((double)done / of, $"{done} of {of} sounds"), cancellation);
        }

        string costs = profile ?? RecordingPlayer.DefaultProfile;
        if (context.Json)
        {
            context.WriteJson(Document(table, path, head.Made, costs));
        }
        else
        {
            Grid grid = Tables.Plain([.. RealTimeTable.Columns]);
            foreach (RealTimeRow row in table.Rows)
            {
                Tables.Add(grid, [.. RealTimeTable.Cells(row)]);
            }

            context.Out.Write(grid);
            context.WriteLine($"at the costs of {costs}, each for 4 s from 30 deg; loop: how much of its time is busy meanwhile");
            context.WriteLine(FormattableString.Invariant(
                $"heap without PSRAM: {table.HeapBytes / 1024.0:0.0} KB, of it front end, read-out and buffer {table.FrontEndBytes / 1024.0:0.0} KB"));
        }

        long lost = table.Rows.Sum(row => row.LostFrames);
        if (lost > 0)
        {
            context.Say($"incomplete: {lost} frames of sound were lost");
        }

        return lost > 0 ? ExitCode.Incomplete : ExitCode.Ok;
    }

    private static object Document(RealTimeTable table, string network, string head, string profile) => new
    {
        Schema = "neuromcu.accuracy-real-time/1",
        Network = network,
        Head = head,
        Profile = profile,
        LostFrames = table.Rows.Sum(row => row.LostFrames),
        HeapBytes = table.HeapBytes,
        FrontEndHeapBytes = table.FrontEndBytes,
        Sounds = table.Rows.Select(row => new
        {
            row.Sound,
            ShareOfLoop = row.Load,
            FirstAnswerS = row.FirstAnswer,
            AnswersPerS = row.Answers,
            ShareSure = row.Sure,
            MeanAbsErrorDeg = row.MeanError,
            ShareListened = row.Listened,
            row.LostFrames,
        }),
    };
}
