// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.CommandLine;
using NeuroMCU.Cli.Errors;
using NeuroMCU.Cli.Inputs;
using NeuroMCU.Cli.Terminal;
using NeuroMCU.Devices.Client;
using NeuroMCU.Files.Units;
using NeuroMCU.Parts;

namespace NeuroMCU.Cli.Verbs.Node;

/// <summary><c>node read</c>: reads nodes below the voltage that could move them.</summary>
internal static class NodeReadVerb
{
    private static readonly Option<string?> s_nodes = NodeOptions.Nodes();

    private static readonly Option<int> s_samples = new("--samples")
    {
        Description = "Readings of each node that are averaged, 1 to 64",
        HelpName = "NUMBER",
        DefaultValueFactory = _ => 16,
    };

    private static readonly Option<string?> s_segment = new("--segment")
    {
        Description = "Resistance of a crossbar's wire from one node to the next: all nodes are read and solved for it",
        HelpName = "RESISTANCE",
    };

    private static readonly Option<string?> s_switch = new("--switch")
    {
        Description = "Resistance of the switch at the end of each wire, with --segment (default: none)",
        HelpName = "RESISTANCE",
    };

    public static Command Create(VerbRunner runner)
    {
        Command command = new Command("read", "Read conductances without moving them") { s_nodes, s_samples, s_segment, s_switch,
            NodeOptions.Report, NodeOptions.File };
        return runner.Bind(command, usesDevice: true, RunAsync);
    }

    private static async Task<ExitCode> RunAsync(VerbContext context, ParseResult line, CancellationToken cancellation)
    {
        int samples = line.GetValue(s_samples);
        if (samples is < 1 or > Protocol.Messages.NodeReadRequest.MaxSamples)
        {
            throw new CliException(ExitCode.Usage, $"--samples is {samples}", "a node is read 1 to 64 times", "write --samples 16");
        }

        double? segment = line.GetValue(s_segment) is { } ohms ? Ohms(ohms, "--segment") : null;
        double ends = line.GetValue(s_switch) is { } end ? Ohms(end, "--switch") : 0;
        if (segment is null ? line.GetValue(s_switch) is not null : line.GetValue(s_nodes) is not null)
        {
            throw new CliException(ExitCode.Usage, "--segment is about all nodes, and --switch belongs to it",
                "wires are shared: one node cannot be solved without the others", "neuromcu node read --segment \"2 Ohm\"");
        }

        await using NodeSession session = await NodeSession.OpenAsync(context, line, "read", cancellation);
        NodeArrayInfo array = session.Array;
        Dictionary<int, NodeReading> readings = [];
        foreach (int node in NodeOptions.Choose(line.GetValue(s_nodes), array))
        {
            NodeReading reading = (await session.Client.ReadNodesAsync(node, 1, samples, cancellation))[0];
            session.History.Add(session.Id, reading);
            readings[node] = reading;
        }

        double[]? solved = segment is { } wire ? Solve(array, readings, wire, ends) : null;
        double Siemens(NodeReading r) => solved?[r.Node] ?? r.Value * array.FullScale;
        if (line.GetValue(NodeOptions.Report) is { } path)
        {
            NodeMap.Write(context, path, "Readings", session,
                [.. Enumerable.Range(0, array.Count).Select(n => readings.TryGetValue(n, out NodeReading? r) ? Siemens(r) : double.NaN)],
                session.Entries.Where(e => e.Masked).Select(e => e.Node).ToHashSet(),
                ["#node", "#mean", "#lowest", "#highest"],
                [.. readings.Values.Select(r => (IReadOnlyList<string>)[NodeOptions.Number(r.Node),
                    NodeOptions.Text(Siemens(r)),
                    NodeOptions.Text(r.Lowest * array.FullScale), NodeOptions.Text(r.Highest * array.FullScale)])],
                []);
        }

        if (context.Json)
        {
            context.WriteJson(new
            {
                Schema = "neuromcu.node-read/1",
                Device = session.Client.Address,
                Samples = samples,
                Nodes = readings.Values.Select(r => new
                {
                    r.Node,
                    MeanS = r.Value * array.FullScale,
                    LowestS = r.Lowest * array.FullScale,
                    HighestS = r.Highest * array.FullScale,
                    SolvedS = solved?[r.Node],
                }),
            });
            return ExitCode.Ok;
        }

        NodeMap.Print(context, array, node => readings.TryGetValue(node, out NodeReading? r) ? NodeOptions.Text(Siemens(r)) : ".");
        return ExitCode.Ok;
    }

    private static double Ohms(string text, string option) => 1000 * Quantities.Positive(text, Dimension.Resistance, option, "2 Ohm");

    private static double[] Solve(NodeArrayInfo array, Dictionary<int, NodeReading> readings, double segment, double ends)
    {
        try
        {
            return new CrossbarCircuit(array.Rows, array.Columns, segment, ends)
                .Recover([.. Enumerable.Range(0, array.Count).Select(n => readings[n].Value * array.FullScale)]);
        }
        catch (ArgumentException)
        {
            throw new CliException(ExitCode.Usage, "no conductances give these readings through such wires",
                "the wires alone would let less current through",
                "write the resistance of one wire from node to node, as --segment \"2 Ohm\"");
        }
    }
}
