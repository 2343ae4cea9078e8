// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.CommandLine;
using NeuroMCU.Cli.Errors;
using NeuroMCU.Cli.Results;
using NeuroMCU.Cli.Terminal;
using NeuroMCU.Devices.Client;
using NeuroMCU.Laboratory.Evolution;
using NeuroMCU.Recordings.Report;
using Spectre.Console;

namespace NeuroMCU.Cli.Verbs.Node;

/// <summary><c>node learn</c>: lets the nodes of an array learn a task from a table, on the device, through their own pulses.</summary>
internal static class NodeLearnVerb
{
    private const int Checkpoint = 100;
    private const int Looks = 20;

    private static readonly Argument<string> s_file = new("LESSON")
    {
        Description = "Table of inputs from 0 to 1, one column each, and the right answer in the column 'answer'",
        HelpName = "LESSON.csv",
    };

    private static readonly Option<string?> s_test = new("--test")
    {
        Description = "Presentations that are never taught (default: the lesson itself)",
        HelpName = "TEST.csv",
    };

    private static readonly Option<int> s_times = new Option<int>("--presentations")
    {
        Description = "How many are taught, drawn from the lesson; 0 only tests what was learned before",
        HelpName = "NUMBER",
        DefaultValueFactory = _ => 200,
    };

    private static readonly Option<int> s_sharpness = new("--sharpness")
    {
        Description = "Answers compete by exp(sharpness x sum), 1 to 64",
        HelpName = "NUMBER",
        DefaultValueFactory = _ => 4,
    };

    private static readonly Option<int> s_half = new("--half")
    {
        Description = "Presentations after which pulses are half as long; 0 keeps them",
        HelpName = "NUMBER",
        DefaultValueFactory = _ => 0,
    };

    private static readonly Option<int> s_seed = new("--seed")
    {
        Description = "Draws the order of presentations",
        HelpName = "NUMBER",
        DefaultValueFactory = _ => 1,
    };

    private static readonly Option<bool> s_resume = new("--resume") { Description = "Go on with the lesson that the device has stored" };

    public static Command Create(VerbRunner runner)
    {
        Command command = new Command("learn", "Let the nodes learn a task on the device, through their own pulses")
        {
            s_file, s_test, s_times, s_sharpness, s_half, s_seed, s_resume, NodeOptions.Report, NodeOptions.File,
        };
        return runner.Bind(command, usesDevice: true, RunAsync);
    }

    private static async Task<ExitCode> RunAsync(VerbContext context, ParseResult line, CancellationToken cancellation)
    {
        LessonFile lesson = LessonFile.Read(context.Read(line.GetRequiredValue(s_file)));
        LessonFile test = line.GetValue(s_test) is { } path ? LessonFile.Read(context.Read(path), lesson.Answers) : lesson;
        if (test.Inputs.Count != lesson.Inputs.Count)
        {
            throw new CliException(ExitCode.Usage, "lesson and test are not of one task",
                $"{lesson.Inputs.Count} inputs and {test.Inputs.Count}", "give both the same columns");
        }

        int times = line.GetValue(s_times);
        if (times is < 0 or > 1_000_000 || line.GetValue(s_sharpness) is < 1 or > 64 || line.GetValue(s_half) is < 0 or > 65535)
        {
            throw new CliException(ExitCode.Usage, "a number is out of its range",
                "--presentations 0 to 1000000, --sharpness 1 to 64, --half 0 to 65535", "neuromcu node learn --help");
        }

        await using NodeSession session = await NodeSession.OpenAsync(context, line, "learn", cancellation);
        using ProgressLine progress = new(context, "learning");
        bool resume = line.GetValue(s_resume) || times == 0;
        progress.Report(0, resume ? string.Empty : "forming, surveying, levelling");
        DeviceArray array = resume
            ? await DeviceArray.ResumeAsync(session.Client, cancellation) is { } held && Fits(held, lesson) ? held
                : throw new CliException(ExitCode.Usage, "the array has no such lesson to go on with",
                    "none was stored, or it has other inputs or answers", "begin it anew: leave --resume and --presentations 0 out")
            : await DeviceArray.PrepareAsync(session.Client, lesson.Inputs.Count, lesson.Answers.Count, lesson.Shown,
                line.GetValue(s_sharpness), line.GetValue(s_half), null, step => session.History.Add(session.Id, step), cancellation);
        List<(int Presentations, double Accuracy)> curve = [(array.Presentations, await array.AccuracyAsync(test.Shown, cancellation))];
        Random random = new(line.GetValue(s_seed));
        IReadOnlyList<double> before = await array.MapAsync(cancellation);
        try
        {
            for (int k = 1; k <= times; k++)
            {
                await array.ShowAsync(lesson.Shown[random.Next(lesson.Shown.Count)], true, cancellation);
                progress.Report((double)k / times, Figures.Count(array.Pulses, "pulse"));
                if (k % Math.Max(1, times / Looks) == 0 || k == times)
                {
                    curve.Add((array.Presentations, await array.AccuracyAsync(test.Shown, cancellation)));
                }

                if (k % Checkpoint == 0)
                {
                    await array.StoreAsync(cancellation);
                }
            }
        }
        finally
        {
            // What a broken-off lesson has taught is not lost.
            if (times > 0)
            {
                await array.StoreAsync(CancellationToken.None);
            }
        }

        progress.Dispose();
        foreach (NodeReading reading in await session.Client.ReadNodesAsync(0, session.Array.Count, 16, cancellation))
        {
            session.History.Add(session.Id, reading);
        }

        await ShowAsync(context, line, session, array, lesson, test, curve, before, cancellation);
        return ExitCode.Ok;
    }

    private static async Task ShowAsync(VerbContext context, ParseResult line, NodeSession session, DeviceArray array, LessonFile lesson,
        LessonFile test, List<(int Presentations, double Accuracy)> curve, IReadOnlyList<double> before, CancellationToken cancellation)
    {
        EvolutionResult result = new()
        {
            Answers = lesson.Answers,
            Curve = curve,
            Before = before,
            After = await array.MapAsync(cancellation),
            Columns = array.Size.Columns,
            AfterPower = curve[^1].Accuracy,
            Pulses = array.Pulses,
            Stuck = array.Stuck.Count,
            Tested = test.Shown.Count,
        };
        if (line.GetValue(NodeOptions.Report) is { } report)
        {
            new HtmlReport("Learning on nodes", $"{array.Size.Rows} x {array.Size.Columns} nodes of {session.Client.Info.BoardName}")
            {
                MadeWith = RunFiles.MadeWith,
            }
                .Figure("right answers", Figures.Share(result.Final), FigureTone.Good)
                .Figure("before", Figures.Share(curve[0].Accuracy))
                .Figure("pulses", NodeOptions.Number(array.Pulses))
                .Add(new SvgSection("Learning", HeatMap.Curves((session.Client.Info.BoardName, result))))
                .Add(new SvgSection("The array before and after", HeatMap.Svg(result)))
                .Save(context.ForWriting(report));
            context.Say("wrote " + report);
        }

        if (context.Json)
        {
            context.WriteJson(new
            {
                Schema = "neuromcu.node-learn/1",
                Device = session.Client.Address,
                array.Presentations,
                array.Pulses,
                Stuck = array.Stuck.Order(),
                lesson.Inputs,
                lesson.Answers,
                Rows = array.Lesson.Rows,
                Columns = array.Lesson.Columns,
                Tested = test.Shown.Count,
                Accuracy = curve[^1].Accuracy,
                Curve = curve.Select(c => new { c.Presentations, c.Accuracy }),
            });
            return;
        }

        context.WriteLine($"{session.Where}: {Figures.Count(array.Presentations, "presentation")}, {Figures.Count(array.Pulses, "pulse")}, "
            + $"{NodeOptions.Number(array.Stuck.Count)} nodes left out");
        context.WriteLine($"right answers of {NodeOptions.Number(test.Shown.Count)}: {Figures.Share(curve[0].Accuracy)} before, "
            + $"{Figures.Share(curve[^1].Accuracy)} now; stored: it outlives the power");
    }

    private static bool Fits(DeviceArray array, LessonFile lesson)
        => array.Lesson.Rows.Count == lesson.Inputs.Count && array.Lesson.Columns.Count == lesson.Answers.Count;
}
