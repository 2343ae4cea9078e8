// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.CommandLine;
using NeuroMCU.Cli.Errors;
using NeuroMCU.Cli.Terminal;
using NeuroMCU.Devices.Client;
using NeuroMCU.Nodes.History;
using NeuroMCU.Protocol.Messages;
using NeuroMCU.Recordings.Report;

namespace NeuroMCU.Cli.Verbs.Node;

/// <summary><c>node survey</c>: finds good, weak, stuck and open nodes, and the ends of their ranges.</summary>
internal static class NodeSurveyVerb
{
    private const int MostPulses = 48;

    private static readonly Option<string?> s_nodes = NodeOptions.Nodes();

    private static readonly Option<bool> s_mask = new("--mask")
    {
        Description =
        "Mask what is stuck or open, so that nothing is done to it"
    };

    public static Command Create(VerbRunner runner)
    {
        Command command = new Command("survey", "Find good, weak, stuck and open nodes, and what they reach")
        {
            s_nodes, s_mask, NodeOptions.Report, NodeOptions.File,
        };
        return runner.Bind(command, usesDevice: true, RunAsync);
    }

    private static async Task<ExitCode> RunAsync(VerbContext context, ParseResult line, CancellationToken cancellation)
    {
        await using NodeSession session = await NodeSession.OpenAsync(context, line, "survey", cancellation);
        NodeArrayInfo array = session.Array;
        IReadOnlyList<int> nodes = NodeOptions.Choose(line.GetValue(s_nodes), array);
        NodeTaskReport report = await session.WorkAsync(context, "survey",
            new NodeTaskOptions(NodeWork.Survey, nodes) { MostPulses = MostPulses }, cancellation);
        int[] useless = [.. report.Results.Where(r => r.Outcome is NodeOutcome.Stuck or NodeOutcome.Open).Select(r => r.Node)];
        if (line.GetValue(s_mask))
        {
            foreach (int node in useless)
            {
                await session.Client.SetNodeAsync(node, NodeMode.Unknown, true, cancellation);
            }

            await session.Client.StoreNodesAsync(cancellation);
        }

        if (line.GetValue(NodeOptions.Report) is { } path)
        {
            Write(context, path, session, report, useless);
        }

        if (context.Json)
        {
            context.WriteJson(new
            {
                Schema = "neuromcu.node-survey/1",
                Device = session.Client.Address,
                array.Rows,
                array.Columns,
                History = session.History.Path,
                report.Pulses,
                report.Reads,
                Nodes = report.Results.Select(r => new
                {
                    r.Node,
                    Condition = OutcomeText.Of(r.Outcome),
                    LowS = r.Low * array.FullScale,
                    HighS = r.High * array.FullScale,
                    ReadingS = r.Value * array.FullScale,
                    r.Pulses,
                }),
            });
            return ExitCode.Ok;
        }

        Dictionary<int, NodeResult> found = report.Results.ToDictionary(r => r.Node);
        context.WriteLine($"{session.Where}: {Figures.Count(report.Results.Count, "node")}, {Figures.Count(report.Pulses, "pulse")}");
        NodeMap.Print(context, array, node => found.TryGetValue(node, out NodeResult? r) ? Short(r) : ".");
        foreach (IGrouping<int, NodeResult> kind in report.Results.GroupBy(r => r.Outcome).OrderBy(g => g.Key))
        {
            string which = kind.Key == NodeOutcome.Good ? string.Empty : ": " + string.Join(' ', kind.Select(r =>
                NodeOptions.Number(r.Node)));
            context.WriteLine($"{OutcomeText.Of(kind.Key)}: {NodeOptions.Number(kind.Count())}{which}");
        }

        if (report.Results.Any(r => r.Outcome == NodeOutcome.Unformed))
        {
            context.WriteLine("nodes that were never formed keep nothing: neuromcu node form");
        }
        else if (useless.Length > 0 && !line.GetValue(s_mask))
        {
            context.WriteLine("leave stuck and open ones out for good: neuromcu node survey --mask");
        }

        return ExitCode.Ok;
    }

    private static string Short(NodeResult result) => result.Outcome switch
    {
        NodeOutcome.Good => "good",
        NodeOutcome.Weak => "weak",
        NodeOutcome.Stuck => "STUCK",
        NodeOutcome.Open => "OPEN",
        NodeOutcome.Unformed => "unformed",
        _ => OutcomeText.Of(result.Outcome),
    };

    private static void Write(VerbContext context, string path, NodeSession session, NodeTaskReport report, int[] useless)
    {
        double full = session.Array.FullScale;
        double[] values = [.. Enumerable.Repeat(double.NaN, session.Array.Count)];
        foreach (NodeResult result in report.Results)
        {
            values[result.Node] = (result.High ?? result.Value) * full;
        }

        NodeMap.Write(context, path, "Survey", session, values, useless.ToHashSet(), ["#node", "condition", "#low", "#high", "#pulses"],
            [.. report.Results.Select(r => (IReadOnlyList<string>)[NodeOptions.Number(r.Node), OutcomeText.Of(r.Outcome),
                NodeOptions.Text(r.Low * full), NodeOptions.Text((r.High ?? 0) * full), NodeOptions.Number(r.Pulses)])],
            report.Results.GroupBy(r => r.Outcome).Select(g => (OutcomeText.Of(g.Key), NodeOptions.Number(g.Count()),
                g.Key == NodeOutcome.Good ? FigureTone.Good : FigureTone.Neutral)));
    }
}
