// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.CommandLine;
using NeuroMCU.Cli.Errors;
using NeuroMCU.Cli.Terminal;
using NeuroMCU.Devices.Client;
using NeuroMCU.Nodes.History;
using NeuroMCU.Protocol.Messages;

namespace NeuroMCU.Cli.Verbs.Node;

/// <summary><c>node form</c> and <c>node erase</c>.</summary>
internal static class NodeWorkVerb
{
    private static readonly Option<string?> s_nodes = NodeOptions.Nodes();

    public static Command Form(VerbRunner runner) => Create(
        runner, "form", "Form nodes for good, so that they keep what they are given", NodeWork.Form, (array, entry) =>
            array.NeedsForming && entry.Mode != NodeMode.Keeping);

    public static Command Erase(VerbRunner runner) => Create(
        runner, "erase", "Bring nodes to their low end", NodeWork.Erase, (array, entry) => entry.Mode == NodeMode.Keeping);

    // Without --node the verb is about all nodes to which it can be done; with it, about those that are named, or it is refused.
    private static Command Create(VerbRunner runner, string name, string about, int work, Func<NodeArrayInfo, NodeEntry, bool> can)
    {
        Command command = new Command(name, about) { s_nodes, NodeOptions.File };
        return runner.Bind(command, usesDevice: true, async (context, line, cancellation) =>
        {
            await using NodeSession session = await NodeSession.OpenAsync(context, line, name, cancellation);
            string? asked = line.GetValue(s_nodes);
            int[] nodes = [.. NodeOptions.Choose(asked, session.Array)
                .Where(n => asked is not null || (!session.Entries[n].Masked && can(session.Array, session.Entries[n])))];
            if (nodes.Length == 0)
            {
                context.WriteLine($"nothing to {name}: neuromcu node list shows the modes");
                return ExitCode.Ok;
            }

            NodeTaskReport report = await session.WorkAsync(context, name, new NodeTaskOptions(work, nodes), cancellation);
            bool runs = await session.SayOfRunAsync(context, cancellation);
            NodeResult[] bad = [.. report.Results.Where(r => !OutcomeText.IsGood(r.Outcome))];
            if (context.Json)
            {
                context.WriteJson(new
                {
                    Schema = "neuromcu.node-" + name + "/1",
                    Device = session.Client.Address,
                    report.Pulses,
                    NetworkRuns = runs,
                    Nodes = report.Results.Select(r => new
                    {
                        r.Node,
                        Outcome = OutcomeText.Of(r.Outcome),
                        r.Pulses,
                        ReadingS = r.Value * session.Array.FullScale,
                    }),
                });
            }
            else
            {
                context.WriteLine($"{session.Where}: {NodeOptions.Number(report.Results.Count - bad.Length)} of "
                    + $"{Figures.Count(report.Results.Count, "node")} {(work == NodeWork.Form ? "formed" : "erased")}, "
                    + $"{Figures.Count(report.Pulses, "pulse")}");
            }

            if (bad.Length == 0)
            {
                return ExitCode.Ok;
            }

            return context.Complain(new CliException(
                ExitCode.ChannelsFailed,
                "not all nodes: " + string.Join(", ", bad.Select(r => $"{r.Node} {OutcomeText.Of(r.Outcome)}")),
                work == NodeWork.Form ? "the last step of the staircase did not form them" : "full pulses do not move them",
                "find out what they reach: neuromcu node survey"));
        });
    }
}
