// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.CommandLine;
using NeuroMCU.Cli.Errors;
using NeuroMCU.Cli.Terminal;
using NeuroMCU.Devices.Client;
using NeuroMCU.Nodes.History;
using NeuroMCU.Protocol.Messages;

namespace NeuroMCU.Cli.Verbs.Node;

/// <summary><c>node verify</c>: compares nodes with their stored targets, and brings them back when asked to.</summary>
internal static class NodeVerifyVerb
{
    private static readonly Option<bool> s_repair = new("--repair") { Description = "Bring nodes that have drifted back to their targets" };

    public static Command Create(VerbRunner runner)
    {
        Command command = new Command("verify", "Compare nodes with their stored targets") { s_repair, NodeOptions.File };
        return runner.Bind(command, usesDevice: true, RunAsync);
    }

    private static async Task<ExitCode> RunAsync(VerbContext context, ParseResult line, CancellationToken cancellation)
    {
        await using NodeSession session = await NodeSession.OpenAsync(context, line, "verify", cancellation);
        Dictionary<int, double> targets = session.Entries.Where(e => e.Target is not null && !e.Masked).ToDictionary(e => e.Node, e =>
            e.Target!.Value);
        if (targets.Count == 0)
        {
            throw new CliException(ExitCode.Usage, "no node has a target", "none was programmed, or all were forgotten",
                "neuromcu node program --target \"5 uS\"");
        }

        NodeTaskReport report = await session.WorkAsync(context, "verify", new NodeTaskOptions(NodeWork.Verify, targets.Keys),
            cancellation);
        int[] drifted = [.. report.Results.Where(r => r.Outcome == NodeOutcome.Drifted).Select(r => r.Node)];
        int repaired = 0;
        if (drifted.Length > 0 && line.GetValue(s_repair))
        {
            NodeTaskReport repair = await session.WorkAsync(context, "repair", new NodeTaskOptions(NodeWork.Program, drifted),
                cancellation);
            repaired = repair.Results.Count(r => r.Outcome == NodeOutcome.Reached);
        }

        double largest = report.Results.Max(r => Math.Abs(r.Value - targets[r.Node]));
        if (context.Json)
        {
            context.WriteJson(new
            {
                Schema = "neuromcu.node-verify/1",
                Device = session.Client.Address,
                Compared = report.Results.Count,
                Drifted = drifted,
                Repaired = repaired,
                LargestDriftPercent = 100 * largest,
            });
        }
        else
        {
            context.WriteLine($"{session.Where}: {NodeOptions.Number(drifted.Length)} of "
                + $"{Figures.Count(report.Results.Count, "node")} drifted, "
                + $"largest {Figures.Short(100 * largest)} % of full scale" + (repaired > 0
                ? $"; {NodeOptions.Number(repaired)} brought back" : string.Empty));
        }

        return drifted.Length == repaired ? ExitCode.Ok : context.Complain(new CliException(
            ExitCode.CheckFailed, "nodes are no longer at their targets: " + string.Join(' ', drifted.Select(n => NodeOptions.Number(n))),
                null,
            line.GetValue(s_repair) ? "neuromcu node survey" : "neuromcu node verify --repair"));
    }
}
