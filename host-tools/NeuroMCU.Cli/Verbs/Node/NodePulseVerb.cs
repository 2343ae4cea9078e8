// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.CommandLine;
using NeuroMCU.Cli.Errors;
using NeuroMCU.Cli.Inputs;
using NeuroMCU.Cli.Terminal;
using NeuroMCU.Devices.Client;
using NeuroMCU.Files.Units;

namespace NeuroMCU.Cli.Verbs.Node;

/// <summary><c>node pulse</c>: gives a node pulses within the limits of its board.</summary>
internal static class NodePulseVerb
{
    private static readonly Option<string?> s_node = NodeOptions.Nodes(required: true);

    private static readonly Option<string> s_volts = new("--volts")
    {
        Description = "Amplitude; a negative one lowers the conductance",
        HelpName = "VOLTAGE",
        Required = true,
    };

    private static readonly Option<string> s_width = new("--width")
    {
        Description = "Width of a pulse",
        HelpName = "TIME",
        Required = true
    };

    private static readonly Option<string?> s_current = new("--current")
    {
        Description = "Largest current (default: what the board allows)",
        HelpName = "CURRENT",
    };

    private static readonly Option<int> s_count = new("--count")
    {
        Description = "Number of pulses, 1 to 64",
        HelpName = "NUMBER",
        DefaultValueFactory = _ => 1,
    };

    public static Command Create(VerbRunner runner)
    {
        Command command = new Command("pulse", "Give a node pulses, within the limits of its board")
        {
            s_node, s_volts, s_width, s_count, s_current, NodeOptions.File,
        };
        return runner.Bind(command, usesDevice: true, RunAsync);
    }

    private static async Task<ExitCode> RunAsync(VerbContext context, ParseResult line, CancellationToken cancellation)
    {
        double volts = NodeOptions.Volts(line.GetRequiredValue(s_volts), "--volts");
        double width = Quantities.Duration(line.GetRequiredValue(s_width), "--width") / 1e6;
        double current = line.GetValue(s_current) is { } text ? Quantities.Positive(text, Dimension.Current, "--current", "100 uA") / 1e6
            : 0;
        int count = line.GetValue(s_count);
        if (count is < 1 or > 64)
        {
            throw new CliException(ExitCode.Usage, $"--count is {count}", "1 to 64 pulses are given at a time", "write --count 8");
        }

        await using NodeSession session = await NodeSession.OpenAsync(context, line, "pulse", cancellation);
        int node = One(NodeOptions.Choose(line.GetValue(s_node), session.Array));
        NodeReading before = (await session.Client.ReadNodesAsync(node, 1, 16, cancellation))[0];
        session.History.Add(session.Id, before);
        NodeStep step = await session.Client.PulseNodeAsync(node, volts, width, current, count, cancellation);
        session.History.Add(session.Id, step);
        bool runs = await session.SayOfRunAsync(context, cancellation);
        double full = session.Array.FullScale;
        if (context.Json)
        {
            context.WriteJson(new
            {
                Schema = "neuromcu.node-pulse/1",
                Device = session.Client.Address,
                Node = node,
                Volts = volts,
                Seconds = width,
                Count = count,
                BeforeS = before.Value * full,
                AfterS = step.Value * full,
                NetworkRuns = runs,
            });
            return ExitCode.Ok;
        }

        context.WriteLine($"node {node}: {NodeOptions.Text(before.Value * full)} -> {NodeOptions.Text(step.Value * full)} after "
            + $"{Figures.Count(count, "pulse")}");
        return ExitCode.Ok;
    }

    /// <summary>Takes the one node that a verb is about.</summary>
    public static int One(IReadOnlyList<int> nodes) => nodes.Count == 1 ? nodes[0]
        : throw new CliException(ExitCode.Usage, $"--node names {nodes.Count} nodes", "this is about one", "write --node 5, or --node 1,2");
}
