// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.CommandLine;
using NeuroMCU.Cli.Errors;
using NeuroMCU.Cli.Inputs;
using NeuroMCU.Cli.Terminal;
using NeuroMCU.Laboratory.Calibration;
using NeuroMCU.Laboratory.Calibration.Bringup;
using NeuroMCU.Recordings;

namespace NeuroMCU.Cli.Verbs.Bringup;

/// <summary><c>bringup</c>: looks at a new board and signs it off.</summary>
internal static class BringupVerb
{
    private static readonly Option<string?> s_name = new("--name")
    {
        Description =
        "Who signs the report; without a name it is not signed off",
        HelpName = "NAME"
    };

    private static readonly Option<string?> s_out = new Option<string?>("--out",
        "-o")
    { Description = "Write the report to this page, and beside it as JSON", HelpName = "FILE.html" }
        .EndingIn("a page", ".html", ".htm");

    private static readonly Option<string?> s_profile = BoardSession.Profile();

    private static readonly Option<bool> s_yes = new("--yes",
        "-y")
    { Description = "Ask nothing; what a multimeter would show is not measured" };

    public static Command Create(VerbRunner runner)
    {
        Command command = new Command("bringup", "Look at a new board: rest, drives, senses, neurons, resets; sign it off") { s_name,
            s_profile, s_out, s_yes };
        return runner.Bind(command, usesDevice: true, RunAsync);
    }

    private static async Task<ExitCode> RunAsync(VerbContext context, ParseResult line, CancellationToken cancellation)
    {
        context.UseBoard("thyristor-8");
        await using BoardSession session = await BoardSession.OpenAsync(context, line.GetValue(s_profile), cancellation);
        string board = session.Board.Profile.Name;
        IBringupGuide guide = context.Questions is { } questions && !line.GetValue(s_yes) ? new PromptGuide(questions)
            : new UnattendedGuide();
        context.Say($"bring-up of {board} on {session.Where}"
            + (guide is UnattendedGuide ? ": before it is driven, measure its supplies with a multimeter (5 V and 3.3 V within 5 %)"
                : string.Empty));
        List<BringupFinding> findings =
        [
            new BringupFinding("identity", string.Empty, true,
                $"board {board}, device {session.DeviceId}, firmware {session.Firmware}, "
                + $"{Figures.Count(session.Bench.Channels.Count, "channel")}", string.Empty),
        ];
        using (ProgressLine progress = new ProgressLine(context, "bring-up"))
        {
            findings.AddRange(await LookAsync(session, guide, (what, part) => progress.Report(part, what), cancellation));
        }

        // A count is worth nothing when spikes were lost while it was made.
        LossAccount losses = LossAccount.OfBoard(session.Bench.LostSpikes);
        findings.AddRange(losses.Causes.Select(cause => new BringupFinding("complete counts", string.Empty, false, losses.Describe(cause),
            losses.Advise(cause))));
        BringupReport report = new BringupReport
        {
            Board = board,
            DeviceId = session.DeviceId,
            Firmware = session.Firmware,
            Name = line.GetValue(s_name)?.Trim() ?? string.Empty,
            Date = DateTimeOffset.Now,
            Findings = findings,
        };
        if (line.GetValue(s_out) is { } page)
        {
            report.ToPage().Save(page);
            OutputFile.WriteText(Path.ChangeExtension(page, ".json"), report.ToJson());
        }

        if (context.Json)
        {
            context.WriteJson(new
            {
                Schema = "neuromcu.bringup/1",
                report.Board,
                report.DeviceId,
                report.Firmware,
                report.Name,
                report.Date,
                report.Passed,
                report.SignedOff,
                report.WhyUnsigned,
                report.Findings,
                LostSpikes = losses.Spikes,
                Losses = losses.ByName,
                report.Hash,
                Report = line.GetValue(s_out)
            });
        }
        else
        {
            Print(context, report);
        }

        // A signal that came when all was done changes nothing of it.
        return findings.Exists(f => f.What == BringupFinding.AllStages) ? ExitCode.Cancelled
            : report.Passed ? ExitCode.Ok
            : findings.Count(f => !f.Passed) == losses.Causes.Count ? ExitCode.Incomplete
            : ExitCode.ChannelsFailed;
    }

    // A board of wires has no neurons, and not every neuron is one to calibrate.
    private static Task<IReadOnlyList<BringupFinding>> LookAsync(BoardSession session, IBringupGuide guide, Action<string, double> progress,
        CancellationToken cancellation) =>
        WireBringup.Fits(session.Bench.Channels)
            ? new WireBringup(session.Bench, guide, progress).RunAsync(cancellation)
            : CalibrationScope.WhyNot(session.Board) is not null
                ? new FiringBringup(session.Bench, guide, progress).RunAsync(cancellation)
            : new BoardBringup(session.Bench, CalibrationOptions.For(session.Board), guide, progress).RunAsync(session.Board.Profile.Name,
                session.DeviceId, cancellation);

    private static void Print(VerbContext context, BringupReport report)
    {
        foreach (BringupFinding finding in report.Findings)
        {
            context.WriteLine(
                $"{finding.Verdict}  {finding.What}{(finding.Channel.Length > 0 ? " " + finding.Channel : string.Empty)}: "
                + $"{finding.Reading}");
            if (!finding.Passed)
            {
                context.WriteLine("        check: " + finding.Advice);
            }
        }

        int failed = report.Findings.Count(f => !f.Passed);
        context.WriteLine(report.SignedOff ? $"passed, signed off by {report.Name}, SHA-256 {report.Hash[..16]}"
            : failed == 0 ? $"passed, not signed off: {report.WhyUnsigned}"
            : $"{Figures.Count(failed, "finding")} to correct; outputs are safe");
    }
}
