// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.CommandLine;
using System.Globalization;
using NeuroMCU.Cli.Errors;
using NeuroMCU.Cli.Inputs;
using NeuroMCU.Cli.Pictures;
using NeuroMCU.Cli.Terminal;
using NeuroMCU.Files.Units;
using NeuroMCU.Laboratory.Calibration.Measure;
using NeuroMCU.Laboratory.Calibration.Phase;
using NeuroMCU.Parts;
using NeuroMCU.Recordings;

namespace NeuroMCU.Cli.Verbs.Sweep;

/// <summary><c>sweep</c>: the phase diagram of a board's bursting neurons.</summary>
internal static class SweepVerb
{
    private static readonly Option<string> s_currents = new("--currents")
    {
        Description = "Drives: a range FIRST..LAST:STEP or a list, with its unit",
        HelpName = "RANGE",
        DefaultValueFactory = _ => "30..100:5 uA",
    };

    private static readonly Option<string> s_resistances = new("--resistances")
    {
        Description = "Resistors of the soma, likewise",
        HelpName = "RANGE",
        DefaultValueFactory = _ => "100..6100:500 Ohm",
    };

    private static readonly Option<bool> s_published = new("--published")
    {
        Description =
        "Measure the published points only, without the grid"
    };

    private static readonly Option<string> s_settle = new("--settle")
    {
        Description = "Time at each point before spikes count",
        HelpName = "TIME",
        DefaultValueFactory = _ => "400 ms"
    };

    private static readonly Option<string> s_window = new("--window")
    {
        Description =
        "Time at each point over which intervals are measured",
        HelpName = "TIME",
        DefaultValueFactory = _ => "400 ms"
    };

    private static readonly Option<string?> s_profile = BoardSession.Profile();

    private static readonly Option<string?> s_csv = new Option<string?>("--csv")
    {
        Description = "Write all points to this table",
        HelpName = "FILE.csv"
    }
        .EndingIn("a table", ".csv");

    private static readonly Option<string?> s_out = new Option<string?>("--out",
        "-o")
    { Description = "Write the diagram to this page, or the figure alone if it ends in .svg", HelpName = "FILE.html" }
        .EndingIn("a page, or a figure", ".html", ".htm", ".svg");

    private static readonly Option<string?> s_figure = PictureFiles.Option();

    public static Command Create(VerbRunner runner)
    {
        Command command = new Command("sweep", "Sweep the phase diagram of bursting neurons: current and soma resistor")
        {
            s_currents, s_resistances, s_published, s_settle, s_window, s_profile, s_csv, s_out, s_figure,
        };
        return runner.Bind(command, usesDevice: true, RunAsync);
    }

    private static async Task<ExitCode> RunAsync(VerbContext context, ParseResult line, CancellationToken cancellation)
    {
        bool only = line.GetValue(s_published);
        double[] currents = only ? [] : SweepRange.Read(line.GetRequiredValue(s_currents), Dimension.Current, "--currents", "30..100:5 uA");
        double[] somas = only ? []
            : [.. SweepRange.Read(line.GetRequiredValue(s_resistances), Dimension.Resistance, "--resistances", "100..6100:500 Ohm")
                .Select(r => r * 1e3)];
        MeasureTiming timing = new(Milliseconds(line.GetRequiredValue(s_settle), "--settle", 0),
            Milliseconds(line.GetRequiredValue(s_window), "--window", 1));
        context.UseBoard("msbn");
        await using BoardSession session = await BoardSession.OpenAsync(context, line.GetValue(s_profile), cancellation);
        context.ForWritingAll(line.GetValue(s_csv), line.GetValue(s_out), line.GetValue(s_figure));
        (currents, somas) = WithinReach(context, session, currents, somas);
        PhaseSweep sweep;
        Exception? broken = null;
        using (ProgressLine progress = new ProgressLine(context, "sweeping"))
        {
            sweep = new PhaseSweep(session.Bench, session.Board, (what, part) => progress.Report(part, what)) { Timing = timing };
            context.Say(
                $"sweeping {Figures.Count(sweep.Channels.Count, "bursting neuron")} of {session.Board.Profile.Name} on {session.Where}");
            try
            {
                await sweep.RunAsync(currents, somas, PublishedBurstModes.All, cancellation);
            }
            catch (Exception e) when (sweep.Found.Count > 0
                && (e is DeviceException || (e is OperationCanceledException && cancellation.IsCancellationRequested)))
            {
                broken = e;
            }
        }

        IReadOnlyList<PhasePoint> points = sweep.Found;
        string? missing = broken is null ? null
            : $"the sweep was broken off after {Figures.Count(points.Count, "point")} of {sweep.Planned} settings";
        Write(context, line, session, points, missing);
        if (context.Json)
        {
            context.WriteJson(SweepText.Document(session, points, missing));
        }
        else
        {
            SweepText.Write(context, points);
        }

        if (missing is not null)
        {
            context.Say("incomplete: " + missing);
        }

        if (broken is DeviceException link)
        {
            return context.Complain(Problems.Explain(link, cancelled: false));
        }

        if (broken is not null)
        {
            return ExitCode.Cancelled;
        }

        LossAccount losses = SweepText.Losses(points);
        if (!context.Json)
        {
            LossText.Say(context, losses);
        }

        return losses.IsComplete ? ExitCode.Ok : ExitCode.Incomplete;
    }

    // What drive and potentiometer do not reach is left out, and named; a sweep of which nothing would be left is refused.
    private static (double[] Currents, double[] Somas) WithinReach(VerbContext context, BoardSession session, double[] currents,
        double[] somas)
    {
        if (SomaPot.Of(session.Board) is not { } pot)
        {
            return (currents, somas);   // the sweep itself refuses such a board
        }

        double most = session.Bench.Channels.Max(c => c.CurrentOf(c.MaxCode + 0.5)) * 1e6;
        double[] ends = [Potentiometer.Resistance(pot.CodeOf(0)), Potentiometer.Resistance(pot.CodeOf(1e9))];
        return (
            Reached(context, currents, i => i <= most, "--currents",
                string.Create(CultureInfo.InvariantCulture, $"the drive reaches {most:0.#} uA"), "30..100:5 uA"),
            Reached(
                context, somas, pot.Reaches, "--resistances",
                string.Create(CultureInfo.InvariantCulture, $"the potentiometer reaches from {ends[0]:0} to {ends[1]:0} Ohm"),
                "100..6100:500 Ohm"));
    }

    private static double[] Reached(VerbContext context, double[] values, Func<double, bool> reaches, string option, string reach,
        string example)
    {
        double[] reached = [.. values.Where(reaches)];
        if (values.Length > 0 && reached.Length == 0)
        {
            throw new CliException(ExitCode.Usage, $"no value of {option} is in range", reach, $"{option} \"{example}\"");
        }

        if (reached.Length < values.Length)
        {
            context.Say($"note: {Figures.Count(values.Length - reached.Length, "value")} of {option} left out: {reach}");
        }

        return reached;
    }

    private static void Write(VerbContext context, ParseResult line, BoardSession session, IReadOnlyList<PhasePoint> points,
        string? missing)
    {
        if (line.GetValue(s_csv) is { } table)
        {
            OutputFile.WriteText(table,
                text => text.Write(PhaseReport.Csv(points) + (missing is null ? string.Empty : "# incomplete: " + missing + "\n")));
            context.Say("wrote " + table);
        }

        PictureFiles.Save(context, line.GetValue(s_figure), () => PhaseReport.Make(session.Board.Profile.Name, session.DeviceId, points));
        if (line.GetValue(s_out) is not { } path)
        {
            return;
        }

        if (path.EndsWith(".svg", StringComparison.OrdinalIgnoreCase))
        {
            OutputFile.WriteText(path, text => text.Write(PhasePlot.Draw(points)));
        }
        else
        {
            PhaseReport.Make(session.Board.Profile.Name, session.DeviceId, points).Incomplete(missing).Save(path);
        }

        context.Say("wrote " + path);
    }

    private static int Milliseconds(string text, string what, int least)
    {
        long time = Quantities.Time(text, what) / 1000;
        return time >= least && time <= 65535 ? (int)time : throw new CliException(ExitCode.Usage, $"{what} is '{text}'",
            $"it must lie between {least} and 65535 ms", $"write it such as {what} \"400 ms\"");
    }
}
