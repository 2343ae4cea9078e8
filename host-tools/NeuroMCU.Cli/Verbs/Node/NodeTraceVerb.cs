// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.CommandLine;
using NeuroMCU.Cli.Errors;
using NeuroMCU.Devices.Client;
using NeuroMCU.Cli.Results;
using NeuroMCU.Cli.Terminal;
using NeuroMCU.Nodes.Procedures;
using NeuroMCU.Protocol.Messages;
using NeuroMCU.Recordings.Report;

namespace NeuroMCU.Cli.Verbs.Node;

/// <summary><c>node trace</c>: measures one node by a procedure of a memristor laboratory.</summary>
internal static class NodeTraceVerb
{
    // Those that write a state and read it later, or move a node to and fro, show nothing where it forgets.
    private static readonly string[] s_keepers = ["convergence", "levels", "endurance", "stdp", "switching"];

    private static readonly string[] s_forgetters = ["volatility", "ppf", "ptp", "rate"];

    private static readonly Argument<string> s_procedure = new("PROCEDURE")
    {
        Description = string.Join("; ", NodeProcedures.All.Select(p => p.Key + ": " + p.Value)),
    };

    private static readonly Option<string?> s_node = NodeOptions.Nodes(required: true);

    private static readonly Option<string?> s_report = new("--out", "-o")
    {
        Description = "Write a report with the curves",
        HelpName =
        "FILE.html"
    };

    public static Command Create(VerbRunner runner)
    {
        s_procedure.AcceptOnlyFromAmong([.. NodeProcedures.All.Keys]);
        Command command = new Command("trace", "Measure one node: loop, forming, relaxation, endurance and others")
        {
            s_procedure, s_node, s_report, NodeOptions.File,
        };
        return runner.Bind(command, usesDevice: true, RunAsync);
    }

    private static async Task<ExitCode> RunAsync(VerbContext context, ParseResult line, CancellationToken cancellation)
    {
        string procedure = line.GetRequiredValue(s_procedure);
        await using NodeSession session = await NodeSession.OpenAsync(context, line, "trace " + procedure, cancellation);
        int node = NodePulseVerb.One(NodeOptions.Choose(line.GetValue(s_node), session.Array));
        int mode = session.Entries[node].Mode;
        Check(procedure, node, mode, session);
        NodeEntry known = session.Entries[node];
        NodeBench bench = new(session.Client, session.Array, node, mode, session.History, session.Id)
        {
            Low = known.Low,
            High = known.High ?? 1,
        };
        NodeTrace trace = await NodeProcedures.RunAsync(procedure, bench, cancellation);
        await session.Client.StoreNodesAsync(cancellation);
        if (line.GetValue(s_report) is { } path)
        {
            HtmlReport report = new($"Node {node}: {trace.Title}", session.Where);
            foreach ((string name, double value, string unit) in trace.Figures)
            {
                report.Figure(name, Figure(value, unit));
            }

            foreach ((string title, string x, string y, IReadOnlyList<LineSeries> series) in trace.Pictures)
            {
                report.Add(new CurvesSection(title, x, y, series));
            }

            using StringWriter writer = new();
            report.Write(writer);
            OutputFile.WriteText(context.ForWriting(path), writer.ToString());
            context.Say("wrote " + path);
        }

        if (context.Json)
        {
            context.WriteJson(new
            {
                Schema = "neuromcu.node-trace/1",
                Device = session.Client.Address,
                Node = node,
                Procedure = procedure,
                Figures = trace.Figures.Select(f => new { f.Name, f.Value, f.Unit }),
                Curves = trace.Pictures.SelectMany(p => p.Series.Select(s => new
                {
                    Picture = p.Title,
                    s.Name,
                    p.X,
                    p.Y,
                    Xs = s.X,
                    Ys =
                    s.Y
                })),
            });
            return ExitCode.Ok;
        }

        context.WriteLine($"node {node}, {trace.Title}");
        foreach ((string name, double value, string unit) in trace.Figures)
        {
            context.WriteLine($"  {name}: {Figure(value, unit)}");
        }

        return ExitCode.Ok;
    }

    private static string Figure(double value, string unit)
        => double.IsNaN(value) ? "not found within the limits of the board" : (Figures.Short(value) + " " + unit).Trim();

    private static void Check(string procedure, int node, int mode, NodeSession session)
    {
        if (session.Entries[node].Masked)
        {
            throw new CliException(ExitCode.DeviceRefused, $"node {node} is masked", "nothing was pulsed",
                $"neuromcu node mode --node {node} --unmask");
        }

        bool keeps = mode == NodeMode.Keeping;
        if (!keeps && s_keepers.Contains(procedure))
        {
            throw new CliException(ExitCode.DeviceRefused,
                $"node {node} does not keep what it is given, and '{procedure}' needs one that does",
                "nothing was pulsed", session.Array.NeedsForming ? $"neuromcu node form --node {node}" : "choose another node");
        }

        if (keeps && s_forgetters.Contains(procedure))
        {
            throw new CliException(ExitCode.DeviceRefused, $"node {node} keeps what it is given, and '{procedure}' needs one that forgets",
                "nothing was pulsed", "choose a node that was not formed: neuromcu node list");
        }
    }
}
