// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.CommandLine;
using NeuroMCU.Cli.Errors;
using NeuroMCU.Cli.Inputs;
using NeuroMCU.Cli.Terminal;
using NeuroMCU.Cli.Verbs.Locate;
using NeuroMCU.Compiler;
using NeuroMCU.Laboratory.Localization;
using NeuroMCU.Laboratory.Localization.Accuracy;
using NeuroMCU.Networks.Reading;
using NeuroMCU.Recordings;
using NeuroMCU.VirtualDevice;
using Spectre.Console;

namespace NeuroMCU.Cli.Verbs.Accuracy;

/// <summary><c>accuracy</c>: how well sounds are located, condition by condition: the table of the guide.</summary>
internal static class AccuracyVerb
{
    private static readonly Argument<string[]> s_conditions = new("condition")
    {
        Description = "Conditions, such as clean noise10 room0.6, or the beginning of their names; without any all are measured",
        HelpName = "condition",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private static readonly Option<string?> s_network = new("--network")
    {
        Description = "Network to listen with (default: the one that ships, for the KEMAR head)",
        HelpName = "FILE.yaml",
    };

    private static readonly Option<string?> s_out = new Option<string?>("--out", "-o")
    {
        Description = "Write the table to this file",
        HelpName = "FILE.md"
    }
        .EndingIn("a table", ".md");

    private static readonly Option<string?> s_trials = new Option<string?>("--trials")
    {
        Description = "Write what was heard of every recording to this file",
        HelpName = "FILE.csv"
    }
        .EndingIn("a list of recordings", ".csv");

    private static readonly Option<bool> s_realTime = new("--real-time")
    {
        Description = "In place of the table: play sounds that last, and say what they take of the device's loop and of its heap",
    };

    public static Command Create(VerbRunner runner)
    {
        s_conditions.CompletionSources.Add([.. ListeningCondition.All.Select(c => c.Name)]);
        const string Summary = "Measure how well sounds are located: noise, rooms, levels, other microphones";
        Command command = new Command("accuracy", Summary) { s_conditions, s_network };
        foreach (Option option in HeadChoice.Options)
        {
            command.Add(option);
        }

        command.Add(s_out);
        command.Add(s_trials);
        command.Add(s_realTime);
        return runner.Bind(command, usesDevice: true, RunAsync);
    }

    private static async Task<ExitCode> RunAsync(VerbContext context, ParseResult line, CancellationToken cancellation)
    {
        IReadOnlyList<ListeningCondition> conditions = Chosen(line.GetRequiredValue(s_conditions));
        string? profile = LocateVerb.Profile(context);
        HeadChoice head = HeadChoice.Of(line);
        string path = line.GetValue(s_network) ?? ShippedExample.Network;
        CompiledNetwork network = NetworkCompiler.Compile(NetworkFile.Load(path));
        if (line.GetValue(s_realTime))
        {
            Option[] others = [s_out, s_trials];
            string? other = line.GetRequiredValue(s_conditions).Length > 0
                ? "a condition"
                : others.FirstOrDefault(o => line.GetResult(o) is not null)?.Name;
            return other is null
                ? RealTimeReport.Run(context, network, path, head, profile, cancellation)
                : throw new CliException(
                    ExitCode.Usage,
                    $"--real-time and {other} exclude each other",
                    "it measures time, not a table of conditions",
                    $"leave {other} out");
        }

        AccuracyTable table;
        using (ProgressLine progress = new ProgressLine(context, "listening"))
        {
            Lock gate = new Lock();
            table = await AccuracyTable.MeasureAsync(network, head.Head, conditions, profile, Draw, cancellation);

            void Draw(int done, int of)
            {
                lock (gate)
                {
                    progress.Report((double)done / of, $"{done} of {of} recordings");
                }
            }
        }

        string? missing = table.Rows.Count < conditions.Count ? $"{table.Rows.Count} of {conditions.Count} conditions were measured" : null;
        LossAccount losses = LossAccount.Sum(table.Rows.Select(r => r.Trials.Losses));
        if (context.Json)
        {
            context.WriteJson(Document(table, path, head.Made, profile, losses, missing));
        }
        else
        {
            Print(context, table);
            LossText.Say(context, losses);
        }

        if (line.GetValue(s_out) is { } file && table.Rows.Count > 0)
        {
            OutputFile.WriteText(file, table.Markdown());
            context.Say("wrote " + file);
        }

        if (line.GetValue(s_trials) is { } list && table.Rows.Count > 0)
        {
            OutputFile.WriteText(list, table.Trials());
            context.Say("wrote " + list);
        }

        if (missing is not null)
        {
            context.Say("incomplete: " + missing);
            return ExitCode.Cancelled;
        }

        return losses.IsComplete ? ExitCode.Ok : ExitCode.Incomplete;
    }

    private static IReadOnlyList<ListeningCondition> Chosen(string[] names)
    {
        foreach (string name in names)
        {
            if (!ListeningCondition.All.Any(c => c.Name.StartsWith(name, StringComparison.OrdinalIgnoreCase)))
            {
                string[] known = [.. ListeningCondition.All.Select(c => c.Name)];
                throw new CliException(
                    ExitCode.Usage, $"there is no condition '{name}'", null, Suggestion.Hint(name, known, '\'')
                    ?? "conditions: " + string.Join(", ", known));
            }
        }

        return names.Length == 0 ? ListeningCondition.All : [.. ListeningCondition.All.Where(c => names.Any(name => Fits(c.Name, name)))];
    }

    // A name stands for itself alone, and a beginning for all that begin so.
    private static bool Fits(string condition, string name) =>
        string.Equals(condition, name, StringComparison.OrdinalIgnoreCase)
        || (!ListeningCondition.All.Any(c => string.Equals(c.Name, name, StringComparison.OrdinalIgnoreCase))
            && condition.StartsWith(name, StringComparison.OrdinalIgnoreCase));

    private static void Print(VerbContext context, AccuracyTable table)
    {
        Grid grid = Tables.Plain([.. AccuracyTable.Columns]);
        foreach ((ListeningCondition condition, TrialSummary trials) in table.Rows)
        {
            Tables.Add(grid, [.. AccuracyTable.Cells(condition.Title, trials)]);
        }

        context.Out.Write(grid);
        context.WriteLine("mean, largest: absolute error; sure: share of answers; wrong: more than 15° off, or not heard; GCC and GCC-PHAT:");
        context.WriteLine("mean error of cross-correlation on the host, with its own calibration to the same head.");
    }

    private static object Document(
        AccuracyTable table, string network, string head, string? profile, LossAccount losses, string? missing) => new
        {
            Schema = "neuromcu.accuracy/1",
            Network = network,
            Head = head,
            Profile = profile ?? RecordingPlayer.DefaultProfile,
            Complete = missing is null,
            Incomplete = missing,
            LostSpikes = losses.Spikes,
            LostFrames = losses.Of(LossCause.Sound),
            Losses = losses.ByName,
            Conditions = table.Rows.Select(r => new
            {
                r.Condition.Name,
                r.Condition.Title,
                Trials = r.Trials.Count,
                MeanAbsErrorDeg = r.Trials.MeanError,
                MaxAbsErrorDeg = r.Trials.MaxError,
                Sure = r.Trials.Count - r.Trials.Unsure,
                r.Trials.Wrong,
                r.Trials.WrongUnsure,
                r.Trials.WrongSide,
                GccMeanAbsErrorDeg = r.Trials.PlainError,
                GccPhatMeanAbsErrorDeg = r.Trials.PhaseTransformError,
                Azimuths = r.Trials.ByAzimuth.Select(a => new { AzimuthDeg = a.Key, MeanAbsErrorDeg = a.Average(t => t.Error) }),
            }),
        };
}
