// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.CommandLine;
using System.Globalization;
using NeuroMCU.Cli.Errors;
using NeuroMCU.Cli.Results;
using NeuroMCU.Cli.Terminal;
using NeuroMCU.Exchange.Hdf;
using NeuroMCU.Nodes.History;
using Spectre.Console;

namespace NeuroMCU.Cli.Verbs.Node;

/// <summary><c>node history</c>: shows what was done to an array, and writes it for other programs.</summary>
internal static class NodeHistoryVerb
{
    private static readonly Option<int?> s_node = new("--node", "-n") { Description = "One node by its number", HelpName = "NODE" };

    private static readonly Option<int> s_last = new("--last")
    {
        Description = "How many of the newest steps are shown",
        HelpName = "NUMBER",
        DefaultValueFactory = _ => 20,
    };

    private static readonly Option<string?> s_csv = new("--csv") { Description = "Write all of it as a table", HelpName = "FILE.csv" };

    private static readonly Option<string?> s_hdf = new("--hdf") { Description = "Write all of it as an HDF5 file", HelpName = "FILE.h5" };

    private static readonly Option<bool> s_check = new("--check") { Description = "Look whether the file is whole" };

    public static Command Create(VerbRunner runner)
    {
        Command command = new Command("history", "Show pulses and readings of an array, or write them as a table")
        {
            s_node, s_last, s_csv, s_hdf, s_check, NodeOptions.File,
        };
        return runner.Bind(command, usesDevice: true, RunAsync);
    }

    private static async Task<ExitCode> RunAsync(VerbContext context, ParseResult line, CancellationToken cancellation)
    {
        // A file that is named can be looked at without its device.
        if (line.GetValue(NodeOptions.File) is { } path)
        {
            using NodeHistory file = NodeHistory.OpenExisting(path);
            return Show(context, line, file);
        }

        await using NodeSession session = await NodeSession.OpenAsync(context, line, "history", cancellation);
        return Show(context, line, session.History);
    }

    private static ExitCode Show(VerbContext context, ParseResult line, NodeHistory history)
    {
        if (line.GetValue(s_check) && history.Check() is var check && check != "ok")
        {
            throw new CliException(ExitCode.FileAccess, $"{history.Path} is damaged", check, "go on with a new file: --file other.db");
        }

        int? node = line.GetValue(s_node);
        if (line.GetValue(s_csv) is { } csv)
        {
            IReadOnlyList<HistoryRow> all = history.Rows(node);
            OutputFile.WriteText(context.ForWriting(csv), "id,session,started,verb,node,volts,seconds,siemens,time\n"
                + string.Concat(all.Select(r =>
                string.Create(CultureInfo.InvariantCulture,
                    $"{r.Id},{r.Session},{r.Started},{r.Verb},{r.Node},{r.Volts:R},{r.Seconds:R},{r.Siemens:R},{r.Time:R}\n"))));
            context.Say($"wrote {csv}: {Figures.Count(all.Count, "row")}");
        }

        if (line.GetValue(s_hdf) is { } hdf)
        {
            WriteHdf(context.ForWriting(hdf), history, history.Rows(node));
            context.Say($"wrote {hdf}");
        }

        if (line.GetValue(s_csv) is not null || line.GetValue(s_hdf) is not null)
        {
            return ExitCode.Ok;
        }

        IReadOnlyList<HistoryRow> rows = history.Rows(node, Math.Max(1, line.GetValue(s_last)));
        if (context.Json)
        {
            context.WriteJson(new { Schema = "neuromcu.node-history/1", File = history.Path, Steps = rows });
            return ExitCode.Ok;
        }

        context.WriteLine(history.Path);
        Grid grid = Tables.Plain("#step", "verb", "#node", "#pulse", "#width", "#after");
        foreach (HistoryRow row in rows)
        {
            Tables.Add(grid, row.Id.ToString(CultureInfo.InvariantCulture), row.Verb, NodeOptions.Number(row.Node),
                row.Volts == 0 ? "-" : Figures.Short(row.Volts) + " V", row.Volts == 0 ? "-"
                    : Figures.Time((long)Math.Round(row.Seconds * 1e6)),
                NodeOptions.Text(row.Siemens));
        }

        context.Out.Write(grid);
        return ExitCode.Ok;
    }

    private static void WriteHdf(string path, NodeHistory history, IReadOnlyList<HistoryRow> rows) => HdfTable.Write(
        path,
        "steps",
        [
            new("id", rows.Select(r => r.Id).ToArray()),
            new("session", rows.Select(r => r.Session).ToArray()),
            new("started", rows.Select(r => r.Started).ToArray()),
            new("verb", rows.Select(r => r.Verb).ToArray()),
            new("node", rows.Select(r => r.Node).ToArray()),
            new("volts", rows.Select(r => r.Volts).ToArray()),
            new("seconds", rows.Select(r => r.Seconds).ToArray()),
            new("siemens", rows.Select(r => r.Siemens).ToArray()),
            new("time", rows.Select(r => r.Time).ToArray()),
        ],
        [
            new("schema", NodeHistory.Schema.ToString(CultureInfo.InvariantCulture)),
            new("device", history.Array.DeviceId),
            new("board", history.Array.Board),
            new("rows", history.Array.Rows.ToString(CultureInfo.InvariantCulture)),
            new("columns", history.Array.Columns.ToString(CultureInfo.InvariantCulture)),
            new("full_scale_s", history.Array.FullScale.ToString("R", CultureInfo.InvariantCulture)),
        ]);
}
