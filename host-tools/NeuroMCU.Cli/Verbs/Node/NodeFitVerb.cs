// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.CommandLine;
using System.Globalization;
using NeuroMCU.Cli.Errors;
using NeuroMCU.Cli.Results;
using NeuroMCU.Cli.Terminal;
using NeuroMCU.Files;
using NeuroMCU.Files.Tables;
using NeuroMCU.Laboratory.Models;
using NeuroMCU.Recordings.Report;
using Spectre.Console;

namespace NeuroMCU.Cli.Verbs.Node;

/// <summary><c>node fit</c>: fits a memory law to what was measured on a device, and makes a virtual array of such devices.</summary>
internal static class NodeFitVerb
{
    // Below it the law is not the device's.
    private const double Good = 0.9;

    private static readonly Argument<string> s_file = new("FILE")
    {
        Description = "Table of time, voltage and current, each with its unit, such as time_s,voltage_V,current_uA",
        HelpName = "FILE.csv",
    };

    private static readonly Option<string> s_law = new("--law")
    {
        Description = "Law of models/memory: " + string.Join(", ", MemoryFit.Laws),
        HelpName = "LAW",
        DefaultValueFactory = _ => "lithium-tiox",
    };

    private static readonly Option<string?> s_board = new("--array")
    {
        Description = "Write the profile of an array of such devices for the virtual bench",
        HelpName = "FILE.yaml",
    };

    public static Command Create(VerbRunner runner)
    {
        s_law.AcceptOnlyFromAmong([.. MemoryFit.Laws]);
        Command command = new Command("fit", "Fit a memory law to what was measured on a device")
        {
            s_file, s_law, s_board, NodeOptions.Report,
        };
        return runner.Bind(command, usesDevice: false, (context, line, cancellation) => Task.FromResult(Run(context, line, cancellation)));
    }

    private static ExitCode Run(VerbContext context, ParseResult line, CancellationToken cancellation)
    {
        string path = line.GetRequiredValue(s_file);
        MemoryTrace trace = Read(context.Read(path));
        string? board = line.GetValue(s_board);
        string? report = line.GetValue(NodeOptions.Report);
        context.ForWritingAll(board, report);
        MemoryFit fit = MemoryFit.Of(line.GetValue(s_law)!, trace, cancellation);
        if (board is not null)
        {
            OutputFile.WriteText(board, ArrayProfile.Of(fit, trace, Path.GetFileName(path)));
            context.Say($"wrote {board}: neuromcu node survey --board {board}");
        }

        if (report is not null)
        {
            Page(fit, trace, path).Save(report);
            context.Say("wrote " + report);
        }

        if (context.Json)
        {
            context.WriteJson(new
            {
                Schema = "neuromcu.node-fit/1",
                File = path,
                fit.Law,
                fit.Explained,
                fit.Settled,
                Numbers = fit.Numbers.Select(n => new
                {
                    Name = n.Key,
                    n.Value,
                    Determined = fit.Determined.Contains(n.Key),
                    AtEnd = fit.AtEnd.Contains(n.Key),
                }),
                Array = board,
            });
        }
        else
        {
            context.WriteLine($"{fit.Law} on {Figures.Count(trace.Times.Count, "line")} of {path}: explains "
                + $"{Figures.Share(fit.Explained)} of the current's variance");
            Grid grid = Tables.Plain("number", "#value", "from");
            foreach ((string name, double value) in fit.Numbers)
            {
                Tables.Add(grid, name, MemoryFit.Text(fit.Law, name, value), From(fit, name));
            }

            context.Out.Write(grid);
        }

        return fit.Explained >= Good && fit.Settled ? ExitCode.Ok : context.Complain(new CliException(
            ExitCode.CheckFailed,
            fit.Explained < Good ? $"the law explains only {Figures.Share(fit.Explained)} of the current's variance"
                : "the search ran out of steps: better numbers may exist",
            "another law may be the device's, or the table holds more than one device", "try another law: --law "
                + string.Join('|', MemoryFit.Laws.Where(l => l != fit.Law))));
    }

    private static MemoryTrace Read(string path)
    {
        try
        {
            return MemoryTrace.Read(path);
        }
        catch (CsvException problem)
        {
            throw new CliException(
                ExitCode.FileAccess,
                string.Join('\n', problem.Faults.Select(f => string.Create(CultureInfo.InvariantCulture, $"{path}({f.Line}): {f.Message}"))),
                null, problem.Faults[0].Hint);
        }
    }

    private static HtmlReport Page(MemoryFit fit, MemoryTrace trace, string path)
    {
        double[] seconds = [.. trace.Times.Select(t => t - trace.Times[0])];
        return new HtmlReport("Fit of " + fit.Law, path) { MadeWith = RunFiles.MadeWith }
            .Figure("of the current's variance", Figures.Share(fit.Explained), fit.Explained >= Good ? FigureTone.Good : FigureTone.Bad)
            .Add(new LinesSection("Current over time", "time (s)", "current (uA)",
            [
                new LineSeries("measured", seconds, [.. trace.Amperes.Select(i => i * 1e6)]),
                new LineSeries("fitted", seconds, [.. fit.Amperes.Select(i => i * 1e6)]),
            ]))
            .Add(new LinesSection("Current over voltage", "voltage (V)", "current (uA)",
            [
                new LineSeries("measured", [.. trace.Volts], [.. trace.Amperes.Select(i => i * 1e6)]),
                new LineSeries("fitted", [.. trace.Volts], [.. fit.Amperes.Select(i => i * 1e6)]),
            ]))
            .Add(new TableSection("Numbers", ["number", "#value", "from"], [.. fit.Numbers.Select(n => (IReadOnlyList<string>)
                [n.Key, MemoryFit.Text(fit.Law, n.Key, n.Value), From(fit, n.Key)])]));
    }

    private static string From(MemoryFit fit, string name) => fit.AtEnd.Contains(name) ? "the end of its range: the device may lie beyond it"
        : fit.Determined.Contains(name) ? "the measurement" : "the text: the measurement says nothing about it";
}
