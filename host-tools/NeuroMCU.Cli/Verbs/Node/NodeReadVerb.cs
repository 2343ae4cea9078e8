// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.CommandLine;
using NeuroMCU.Cli.Errors;
using NeuroMCU.Devices.Client;
using NeuroMCU.Cli.Terminal;

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

    public static Command Create(VerbRunner runner)
    {
        Command command = new Command("read", "Read conductances without moving them") { s_nodes, s_samples, NodeOptions.Report,
            NodeOptions.File };
        return runner.Bind(command, usesDevice: true, RunAsync);
    }

    private static async Task<ExitCode> RunAsync(VerbContext context, ParseResult line, CancellationToken cancellation)
    {
        int samples = line.GetValue(s_samples);
        if (samples is < 1 or > Protocol.Messages.NodeReadRequest.MaxSamples)
        {
            throw new CliException(ExitCode.Usage, $"--samples is {samples}", "a node is read 1 to 64 times", "write --samples 16");
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

        if (line.GetValue(NodeOptions.Report) is { } path)
        {
            NodeMap.Write(context, path, "Readings", session,
                [.. Enumerable.Range(0, array.Count).Select(n => readings.TryGetValue(n, out NodeReading? r) ? r.Value * array.FullScale
                    : double.NaN)],
                session.Entries.Where(e => e.Masked).Select(e => e.Node).ToHashSet(),
                ["#node", "#mean", "#lowest", "#highest"],
                [.. readings.Values.Select(r => (IReadOnlyList<string>)[NodeOptions.Number(r.Node),
                    NodeOptions.Text(r.Value * array.FullScale),
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
                }),
            });
            return ExitCode.Ok;
        }

        NodeMap.Print(context, array, node => readings.TryGetValue(node, out NodeReading? r) ? NodeOptions.Text(r.Value * array.FullScale)
            : ".");
        return ExitCode.Ok;
    }
}
