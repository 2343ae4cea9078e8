// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.CommandLine;
using NeuroMCU.Cli.Errors;
using NeuroMCU.Protocol.Messages;

namespace NeuroMCU.Cli.Verbs.Node;

/// <summary><c>node mode</c>: sets the mode of nodes, or masks them, also while a network runs.</summary>
internal static class NodeModeVerb
{
    private static readonly Option<string?> s_nodes = NodeOptions.Nodes();
    private static readonly Option<bool> s_volatile = new("--volatile") { Description = "They forget by themselves" };
    private static readonly Option<bool> s_keeping = new("--keeping") { Description = "They keep what they are given" };
    private static readonly Option<bool> s_mask = new("--mask") { Description = "Nothing may be done to them" };
    private static readonly Option<bool> s_unmask = new("--unmask") { Description = "Work on them again" };

    public static Command Create(VerbRunner runner)
    {
        Command command = new Command("mode", "Set what nodes do with what they are given, or mask them")
        {
            s_nodes, s_volatile, s_keeping, s_mask, s_unmask, NodeOptions.File,
        };
        return runner.Bind(command, usesDevice: true, async (context, line, cancellation) =>
        {
            bool volatileMode = line.GetValue(s_volatile);
            bool keeping = line.GetValue(s_keeping);
            bool mask = line.GetValue(s_mask);
            bool unmask = line.GetValue(s_unmask);
            if ((volatileMode && keeping) || (mask && unmask) || !(volatileMode || keeping || mask || unmask))
            {
                throw new CliException(ExitCode.Usage, "it is not said what the nodes are to be", "one mode, or one of --mask and --unmask",
                    "write --volatile, --keeping, --mask or --unmask");
            }

            await using NodeSession session = await NodeSession.OpenAsync(context, line, "mode", cancellation);
            IReadOnlyList<int> nodes = NodeOptions.Choose(line.GetValue(s_nodes), session.Array);
            foreach (int node in nodes)
            {
                await session.Client.SetNodeAsync(node, volatileMode ? NodeMode.Volatile : keeping ? NodeMode.Keeping : NodeMode.Unknown,
                    mask ? true : unmask ? false : null, cancellation);
            }

            await session.Client.StoreNodesAsync(cancellation);
            bool runs = await session.SayOfRunAsync(context, cancellation);
            if (context.Json)
            {
                context.WriteJson(new
                {
                    Schema = "neuromcu.node-mode/1",
                    Device = session.Client.Address,
                    Nodes = nodes,
                    NetworkRuns = runs,
                });
            }
            else
            {
                context.WriteLine($"set for {Terminal.Figures.Count(nodes.Count, "node")}");
            }

            return ExitCode.Ok;
        });
    }
}
