// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.CommandLine;
using System.Globalization;
using NeuroMCU.Cli.Errors;
using NeuroMCU.Cli.Pictures;
using NeuroMCU.Cli.Terminal;
using NeuroMCU.Laboratory.Logic;
using NeuroMCU.Recordings.Report;
using Spectre.Console;

namespace NeuroMCU.Cli.Verbs.Logic;

/// <summary><c>logic</c>: gates of two-state nodes: truth table, margin, and how many specimens compute right.</summary>
internal static class LogicVerb
{
    private const int MostSpecimens = 100_000;

    private static readonly Argument<string> s_gate = new("gate")
    {
        Description = "imp, not, or, and, half-adder",
        HelpName = "gate",
    };

    private static readonly Option<double> s_spread = Share("--spread", "Spread from node to node, in percent", 10);
    private static readonly Option<double> s_cycle = Share("--cycle", "Spread of a pulse from one time to the next, in percent", 5);
    private static readonly Option<double> s_ratio = Number("--ratio", "How many times more a node conducts when on, 9 to 60", 30);
    private static readonly Option<double> s_condition = Number("--condition", "Voltage on the condition over that on the target", 0.5);
    private static readonly Option<double> s_load = Number("--load", "Common resistor over the resistance of a node that is on", 2);
    private static readonly Option<double> s_pulse = Number("--pulse", "Pulse over the time in which the target alone switches", 1.2);
    private static readonly Option<int> s_specimens = new("--specimens")
    {
        Description = "Number of specimens",
        HelpName = "N",
        DefaultValueFactory = _ => 1000,
    };

    private static readonly Option<long> s_seed = new("--seed")
    {
        Description = "Seed of the first specimen",
        HelpName = "N",
        DefaultValueFactory = _ => 1,
    };

    private static readonly Option<string?> s_out = new Option<string?>("--out", "-o")
    {
        Description = "Write a page, or a picture of the sequence",
        HelpName = "FILE.html|png|svg|pdf",
    }
        .EndingIn("a page, or a picture", ".html", ".htm", ".png", ".svg", ".pdf");

    public static Command Create(VerbRunner runner)
    {
        s_gate.CompletionSources.Add([.. LogicGate.All.Select(g => g.Name)]);
        Command command = new Command("logic", "Compute with two-state nodes: truth table, margin, yield over specimens")
        {
            s_gate, s_spread, s_cycle, s_ratio, s_condition, s_load, s_pulse, s_specimens, s_seed, s_out,
        };
        return runner.Bind(command, usesDevice: false, RunAsync);
    }

    private static Task<ExitCode> RunAsync(VerbContext context, ParseResult line, CancellationToken cancellation)
    {
        string name = line.GetRequiredValue(s_gate);
        string[] known = [.. LogicGate.All.Select(g => g.Name)];
        LogicGate gate = LogicGate.Find(name)
            ?? throw new CliException(ExitCode.Usage, $"there is no gate '{name}'", null, Suggestion.Hint(name, known, '\'')
                ?? "gates: " + string.Join(", ", known));
        LogicSettings settings = new()
        {
            DeviceSpread = Within(line, s_spread, 0, 50) / 100,
            CycleSpread = Within(line, s_cycle, 0, 50) / 100,
            Ratio = Within(line, s_ratio, 9, 60),
            Condition = Within(line, s_condition, 0.05, 0.95),
            Load = Within(line, s_load, 0.05, 50),
            Pulse = Within(line, s_pulse, 0.5, 3),
        };
        int specimens = line.GetValue(s_specimens);
        if (specimens is < 1 or > MostSpecimens)
        {
            throw new CliException(ExitCode.Usage, FormattableString.Invariant($"--specimens {specimens} is out of range"), null,
                FormattableString.Invariant($"give 1 to {MostSpecimens}"));
        }

        string? file = line.GetValue(s_out);
        context.ForWritingAll(file);
        LogicTrial trial = LogicTrial.Run(gate, settings, specimens, line.GetValue(s_seed), cancellation);
        string? missing = trial.Specimens < specimens
            ? FormattableString.Invariant($"{trial.Specimens} of {specimens} specimens were tried") : null;
        if (context.Json)
        {
            context.WriteJson(LogicText.Document(trial, missing));
        }
        else
        {
            Print(context, trial);
        }

        if (file is not null)
        {
            HtmlReport report = LogicText.Report(trial, missing);
            if (file.EndsWith(".html", StringComparison.OrdinalIgnoreCase) || file.EndsWith(".htm", StringComparison.OrdinalIgnoreCase))
            {
                report.Save(file);
            }
            else
            {
                PictureFiles.Write(file, Picture.Panels(report.Sections.OfType<LinesSection>()));
            }

            context.Say("wrote " + file);
        }

        if (missing is not null)
        {
            context.Say("incomplete: " + missing);
            return Task.FromResult(ExitCode.Cancelled);
        }

        return Task.FromResult(ExitCode.Ok);
    }

    private static void Print(VerbContext context, LogicTrial trial)
    {
        context.WriteLine(LogicText.Sequence(trial.Gate));
        Grid grid = Tables.Plain([.. LogicText.Columns(trial.Gate)]);
        for (int k = 0; k < trial.Table.Count; k++)
        {
            Tables.Add(grid, [.. LogicText.Cells(trial, k)]);
        }

        context.Out.Write(grid);
        context.WriteLine(LogicText.Summary(trial));
    }

    private static double Within(ParseResult line, Option<double> option, double least, double most)
    {
        double value = line.GetValue(option);
        return value >= least && value <= most ? value : throw new CliException(
            ExitCode.Usage,
            string.Create(CultureInfo.InvariantCulture, $"{option.Name} {value} is out of range"),
            null,
            string.Create(CultureInfo.InvariantCulture, $"give {least} to {most}"));
    }

    private static Option<double> Share(string name, string description, double value) => new(name)
    {
        Description = description,
        HelpName = "PERCENT",
        DefaultValueFactory = _ => value,
    };

    private static Option<double> Number(string name, string description, double value) => new(name)
    {
        Description = description,
        HelpName = "NUMBER",
        DefaultValueFactory = _ => value,
    };
}
