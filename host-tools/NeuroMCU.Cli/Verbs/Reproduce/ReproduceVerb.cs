// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.CommandLine;
using System.CommandLine.Completions;
using NeuroMCU.Cli.Errors;
using NeuroMCU.Cli.Pictures;
using NeuroMCU.Cli.Results;
using NeuroMCU.Cli.Terminal;
using NeuroMCU.Internet.Rows;
using NeuroMCU.Laboratory.Reproductions;
using NeuroMCU.Laboratory.Reproductions.Rows;
using NeuroMCU.Recordings;
using Spectre.Console;

namespace NeuroMCU.Cli.Verbs.Reproduce;

/// <summary><c>reproduce</c>: published numbers, measured again on every engine.</summary>
internal static class ReproduceVerb
{
    // Made when they are asked for: every other verb starts without them.
    private static readonly Lazy<IReadOnlyList<ReproductionRow>> s_made = new(() => [.. RowList.All, .. InternetRows.All()]);

    private static readonly Argument<string?> s_name = new("name")
    {
        Description = "Row, the beginning of its name such as \"bump\", or \"all\"; without it the rows are listed",
        HelpName = "name",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<string?> s_on = new("--on")
    {
        Description =
        "Only on these engines, such as \"engine,board\" (engine, reference, board, spice)",
        HelpName = "LIST"
    };

    private static readonly Option<string?> s_out = new Option<string?>("--out",
        "-o")
    { Description = "Write the table with figures to this file, or the figure alone if it ends in .svg", HelpName = "FILE.html" }
        .EndingIn("a page, or a figure", ".html", ".htm", ".svg");

    private static readonly Option<string?> s_figure = PictureFiles.Option();

    private static IReadOnlyList<ReproductionRow> Rows => s_made.Value;

    public static Command Create(VerbRunner runner)
    {
        s_name.CompletionSources.Add(_ => Rows.Select(r => new CompletionItem(r.Name)));
        Command command = new Command("reproduce",
            "Measure published numbers again, on engine, reference, virtual board and SPICE") { s_name, s_on, s_out, s_figure };
        return runner.Bind(command, usesDevice: false, RunAsync);
    }

    private static Task<ExitCode> RunAsync(VerbContext context, ParseResult line, CancellationToken cancellation)
        => Task.FromResult(line.GetValue(s_name) is { } name ? Run(context, line, name, cancellation) : List(context));

    private static ExitCode Run(VerbContext context, ParseResult line, string name, CancellationToken cancellation)
    {
        IReadOnlyList<ReproductionRow> rows = RowList.Find(name, Rows);
        if (rows.Count == 0)
        {
            throw new CliException(ExitCode.Usage, $"there is no row '{name}'", null,
                Suggestion.Hint(name, Rows.Select(r => r.Name), '\'') ?? "neuromcu reproduce lists them");
        }

        Column[] columns = Columns(line.GetValue(s_on));
        Column[] apply = rows.SelectMany(r => r.Columns).Distinct().Order().ToArray();
        if (!apply.Intersect(columns).Any())
        {
            throw new CliException(
                ExitCode.CheckFailed,
                $"nothing was measured: no row of '{name}' is measured on {List(columns)}",
                null,
                "use --on " + string.Join(',', apply.Select(ReproductionReport.Name)));
        }

        CircuitLaboratory laboratory = new CircuitLaboratory { Cancellation = cancellation };
        using ProgressLine progress = new ProgressLine(context, "reproducing");
        int begun = 0;
        IReadOnlyList<RowResult> results = Reproduction.Run(laboratory, rows, columns, row =>
        {
            progress.Report((double)begun++ / rows.Count, row.Name);
        });
        progress.Dispose();
        int planned = rows.Sum(r => r.Columns.Count(columns.Contains));
        string? missing = results.Count < planned ? $"{results.Count} of {planned} measurements were made" : null;
        if (line.GetValue(s_out) is { } path && (missing is null || results.Count > 0))
        {
            Write(context, laboratory, results, path, missing);
        }

        PictureFiles.Save(context, line.GetValue(s_figure), () => ReproductionReport.Make(laboratory, results, RunFiles.MadeWith, missing));
        LossAccount losses = laboratory.Losses;
        if (context.Json)
        {
            context.WriteJson(Document(results, losses, missing));
        }
        else
        {
            Print(context, results);
            LossText.Say(context, losses);
        }

        if (missing is not null)
        {
            context.Say("incomplete: " + missing);
            return ExitCode.Cancelled;
        }

        return !losses.IsComplete ? ExitCode.Incomplete : Reproduction.Succeeded(results) ? ExitCode.Ok : ExitCode.CheckFailed;
    }

    private static string List(Column[] columns) => string.Join(" or ", columns.Select(ReproductionReport.Name));

    private static Column[] Columns(string? list)
    {
        Column[] all = Enum.GetValues<Column>();
        if (list is null)
        {
            return all;
        }

        return list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(word =>
        {
            int index = Array.FindIndex(all, c => string.Equals(ReproductionReport.Name(c), word, StringComparison.OrdinalIgnoreCase));
            return index >= 0 ? all[index] : throw new CliException(ExitCode.Usage, $"--on: there is no engine '{word}'", null,
                "use engine, reference, board or spice");
        }).ToArray();
    }

    private static void Write(VerbContext context, CircuitLaboratory laboratory, IReadOnlyList<RowResult> results, string path,
        string? missing)
    {
        if (!path.EndsWith(".svg", StringComparison.OrdinalIgnoreCase))
        {
            ReproductionReport.Make(laboratory, results, RunFiles.MadeWith, missing).Save(path);
        }
        else
        {
            RowFigure figure = results.Select(r => r.Row.Figure).OfType<RowFigure>().FirstOrDefault()
                ?? throw new CliException(ExitCode.Usage, "these rows have no figure", null, "write the table: --out FILE.html");
            if (figure.TryDraw(laboratory) is not { } drawn)
            {
                context.Say($"{path} was not written: the figure needs measurements that were not made");
                return;
            }

            OutputFile.WriteText(path, drawn);
        }

        context.Say("wrote " + path);
    }

    private static object Document(IReadOnlyList<RowResult> results, LossAccount losses, string? missing) => new
    {
        Schema = "neuromcu.reproduce/1",
        Complete = missing is null,
        Incomplete = missing,
        LostSpikes = losses.Spikes,
        Losses = losses.ByName,
        Rows = results.Where(r => r.LeftOut is null).Select(r => new
        {
            r.Row.Name,
            r.Row.System,
            r.Row.Quantity,
            r.Row.Expected,
            r.Row.Tolerance,
            Obtained = double.IsFinite(r.Obtained) ? r.Obtained : (double?)null,
            r.Row.Unit,
            Engine = ReproductionReport.Name(r.Column),
            r.Pass,
            Verdict = ReproductionReport.Verdict(r),
            r.Row.Given,
            Known = r.Row.KnownFailing.Contains(r.Column) ? r.Row.KnownReason : null,
            r.Row.Remark,
            r.Row.Source,
            Provenance = ReproductionReport.Name(r.Row.Provenance),
        }),
        LeftOut = results.Where(r => r.LeftOut is not null)
        .Select(r => new { r.Row.Name, Engine = ReproductionReport.Name(r.Column), Reason = r.LeftOut }),
    };

    private static ExitCode List(VerbContext context)
    {
        if (context.Json)
        {
            context.WriteJson(new
            {
                Schema = "neuromcu.reproduce-list/1",
                Rows = Rows.Select(r => new
                {
                    r.Name,
                    r.System,
                    r.Quantity,
                    r.Expected,
                    r.Tolerance,
                    r.Unit,
                    Engines = r.Columns.Select(ReproductionReport.Name),
                    r.Source,
                    Provenance = ReproductionReport.Name(r.Provenance),
                }),
            });
            return ExitCode.Ok;
        }

        foreach (ReproductionRow r in Rows)
        {
            context.WriteLine($"{r.Name,-26} {r.Quantity}: {Range(r)}; {r.Source} ({ReproductionReport.Name(r.Provenance)})");
        }

        return ExitCode.Ok;
    }

    private static string Range(ReproductionRow row)
    {
        string unit = row.Unit.Length == 0 ? string.Empty : " " + row.Unit;
        return row.Tolerance == 0 ? ReproductionReport.Figure(row.Expected) + unit
            : ReproductionReport.Figure(row.Expected) + " ± " + ReproductionReport.Figure(row.Tolerance) + unit;
    }

    private static void Print(VerbContext context, IReadOnlyList<RowResult> results)
    {
        Grid table = Tables.Plain("row", "expected", "engine", "#obtained", "verdict");
        foreach (RowResult r in results)
        {
            Tables.Add(table, r.Row.Name, Range(r.Row), ReproductionReport.Name(r.Column), ReproductionReport.Figure(r.Obtained),
                ReproductionReport.Verdict(r));
        }

        context.Out.Write(table);
        foreach (string note in results.Select(Note).OfType<string>().Distinct(StringComparer.Ordinal))
        {
            context.WriteLine(note);
        }

        int run = results.Count(r => r.Counts);
        int given = results.Count(r => r.LeftOut is null && r.Row.Given is not null);
        context.WriteLine($"{results.Count(r => r.Pass)} of {run} pass, {given} given, {results.Count - run - given} left out");
        if (run == 0)
        {
            context.WriteLine("nothing was measured");
        }
    }

    private static string? Note(RowResult result)
    {
        string? reason = ReproductionReport.Reason(result);
        return reason is null || result.LeftOut is not null ? reason : result.Row.Name + ": " + reason;
    }
}
