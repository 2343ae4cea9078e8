// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.CommandLine;
using NeuroMCU.Cli.Errors;
using NeuroMCU.Cli.Terminal;
using NeuroMCU.Devices.Client;
using NeuroMCU.Nodes.History;
using NeuroMCU.Protocol.Messages;
using NeuroMCU.Recordings.Report;

namespace NeuroMCU.Cli.Verbs.Node;

/// <summary><c>node program</c>: brings nodes to conductances by write and verify.</summary>
internal static class NodeProgramVerb
{
    private static readonly Option<string?> s_nodes = NodeOptions.Nodes();

    private static readonly Option<string?> s_target = new("--target")
    {
        Description = "Conductance of all of them",
        HelpName =
        "CONDUCTANCE"
    };

    private static readonly Option<string?> s_targets = new("--targets")
    {
        Description = "Conductances in the shape of the array, such as '5 uS'; an empty cell leaves its node alone",
        HelpName = "FILE.csv",
    };

    private static readonly Option<string> s_rule = new("--rule")
    {
        Description = "How: proportional (width follows error and its sum) or incremental (amplitude rises)",
        HelpName = "RULE",
        DefaultValueFactory = _ => "proportional",
    };

    private static readonly Option<double> s_tolerance = new("--tolerance")
    {
        Description = "How far a node may be from its target, in percent of full scale",
        HelpName = "PERCENT",
        DefaultValueFactory = _ => 2,
    };

    public static Command Create(VerbRunner runner)
    {
        s_rule.AcceptOnlyFromAmong("proportional", "incremental");
        Command command = new Command("program", "Bring nodes to conductances by write and verify")
        {
            s_nodes, s_target, s_targets, s_rule, s_tolerance, NodeOptions.Report, NodeOptions.File,
        };
        return runner.Bind(command, usesDevice: true, RunAsync);
    }

    private static async Task<ExitCode> RunAsync(VerbContext context, ParseResult line, CancellationToken cancellation)
    {
        double tolerance = line.GetValue(s_tolerance);
        if (tolerance is not (>= 0.1 and <= 20))
        {
            throw new CliException(ExitCode.Usage, $"--tolerance is {Figures.Short(tolerance)}", "0.1 to 20 percent of full scale",
                "write --tolerance 2");
        }

        if (line.GetValue(s_target) is null == line.GetValue(s_targets) is null)
        {
            throw new CliException(ExitCode.Usage, "it is not said to what the nodes are to be programmed", "one of --target and --targets",
                "write --target \"5 uS\"");
        }

        double? siemens = line.GetValue(s_target) is { } text ? NodeOptions.Siemens(text, "--target") : null;
        await using NodeSession session = await NodeSession.OpenAsync(context, line, "program", cancellation);
        NodeArrayInfo array = session.Array;
        IReadOnlyDictionary<int, double?> targets = siemens is double one
            ? NodeOptions.Choose(line.GetValue(s_nodes), array)
                .Where(n => line.GetValue(s_nodes) is not null || array.NeedsForming || session.Entries[n].Mode == NodeMode.Keeping)
                .ToDictionary(n => n, _ => (double?)(one / array.FullScale))
            : NodeTargetFile.Read(context.Read(line.GetValue(s_targets)!), array);
        await session.Client.SetNodeTargetsAsync(targets, cancellation);
        NodeTaskReport report = await session.WorkAsync(
            context,
            "program",
            new NodeTaskOptions(NodeWork.Program, [.. targets.Keys])
            {
                Rule = line.GetValue(s_rule) == "incremental" ? NodeRule.Incremental : NodeRule.Proportional,
                Tolerance = tolerance / 100,
            },
            cancellation);
        NodeResult[] bad = [.. report.Results.Where(r => r.Outcome != NodeOutcome.Reached)];
        int[] pulses = [.. report.Results.Select(r => r.Pulses).Order()];
        double rms = Math.Sqrt(report.Results.Average(r => Math.Pow(r.Value - targets[r.Node]!.Value, 2)));
        if (line.GetValue(NodeOptions.Report) is { } path)
        {
            double[] values = [.. Enumerable.Repeat(double.NaN, array.Count)];
            foreach (NodeResult r in report.Results)
            {
                values[r.Node] = r.Value * array.FullScale;
            }

            NodeMap.Write(context, path, "Programming", session, values, bad.Select(r => r.Node).ToHashSet(),
                ["#node", "outcome", "#target", "#reading", "#pulses"],
                [.. report.Results.Select(r => (IReadOnlyList<string>)[NodeOptions.Number(r.Node), OutcomeText.Of(r.Outcome),
                    NodeOptions.Text(targets[r.Node]!.Value * array.FullScale), NodeOptions.Text(r.Value * array.FullScale),
                        NodeOptions.Number(r.Pulses)])],
                [("reached", $"{report.Results.Count - bad.Length} of {report.Results.Count}", bad.Length == 0 ? FigureTone.Good
                    : FigureTone.Bad),
                    ("RMS error", Figures.Short(100 * rms) + " %", FigureTone.Neutral),
                    ("median pulses", NodeOptions.Number(pulses[pulses.Length / 2]), FigureTone.Neutral)]);
        }

        if (context.Json)
        {
            context.WriteJson(new
            {
                Schema = "neuromcu.node-program/1",
                Device = session.Client.Address,
                report.Pulses,
                report.Reads,
                RmsErrorPercent = 100 * rms,
                Nodes = report.Results.Select(r => new
                {
                    r.Node,
                    Outcome = OutcomeText.Of(r.Outcome),
                    TargetS = targets[r.Node] * array.FullScale,
                    ReadingS = r.Value * array.FullScale,
                    r.Pulses,
                }),
            });
        }
        else
        {
            Dictionary<int, NodeResult> found = report.Results.ToDictionary(r => r.Node);
            context.WriteLine($"{session.Where}: {NodeOptions.Number(report.Results.Count - bad.Length)} of "
                + $"{Figures.Count(report.Results.Count, "node")} within {Figures.Short(tolerance)} %, "
                + $"RMS error {Figures.Short(100 * rms)} % of full "
                + $"scale, median {Figures.Count(pulses[pulses.Length / 2], "pulse")}, most {NodeOptions.Number(pulses[^1])}");
            NodeMap.Print(context, array, n => found.TryGetValue(n, out NodeResult? r)
                ? r.Outcome == NodeOutcome.Reached ? NodeOptions.Text(r.Value * array.FullScale)
                : OutcomeText.Of(r.Outcome).ToUpperInvariant() : ".");
        }

        return bad.Length == 0 ? ExitCode.Ok : context.Complain(new CliException(
            ExitCode.ChannelsFailed,
            "not all nodes reached their targets: " + string.Join(", ", bad.Select(r => $"{r.Node} {OutcomeText.Of(r.Outcome)}")),
            null,
            "'neuromcu node survey' says what each reaches; --mask leaves bad ones out"));
    }
}
