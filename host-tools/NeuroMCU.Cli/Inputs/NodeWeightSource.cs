// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Cli.Terminal;
using NeuroMCU.Compiler;
using NeuroMCU.Devices.Client;
using NeuroMCU.Networks;
using NeuroMCU.Nodes.Mapping;
using NeuroMCU.VirtualDevice;

namespace NeuroMCU.Cli.Inputs;

/// <summary>Gives a network whose weights are on nodes the weights that the nodes of the connected array are measured to have.</summary>
internal static class NodeWeightSource
{
    private const int Samples = 16;

    /// <summary>Gets the synapses that are on nodes, in the order in which they are mapped.</summary>
    public static IReadOnlyList<(Projection Projection, int Connection)> SynapsesOf(Network network)
        => [.. network.Projections.Where(p => p.OnNodes).SelectMany(p => Enumerable.Range(0, p.Connections.Count).Select(i => (p, i)))];

    /// <summary>Plans which node holds which synapse. Neurons of different populations are different rows and columns.</summary>
    /// <exception cref="ArgumentException">The array has too few usable nodes, or the weights are all 0.</exception>
    public static WeightMapping Plan(NodeArrayInfo array, IReadOnlyList<NodeEntry> entries,
        IReadOnlyList<(Projection Projection, int Connection)> synapses, bool pairs)
        => WeightMapping.Plan(array, entries, [.. synapses.Select(s =>
        {
            Connection c = s.Projection.Connections[s.Connection];
            return ((s.Projection.Source.Index << 16) + c.Pre, (s.Projection.Target.Index << 16) + c.Post, c.Weight);
        })], pairs);

    /// <summary>Reads the nodes and compiles the network with what they show; where the array does not hold these weights, the network
    /// stays as it is and that is said.</summary>
    /// <param name="path">The network file, for the command that mends it.</param>
    /// <param name="twin">True when channels of a board are to run as software.</param>
    /// <returns>The network to upload.</returns>
    public static async Task<NodeWeights> OfAsync(
        VerbContext context, DeviceConnection connection, CompiledNetwork compiled, string path,
        CancellationToken cancellation, bool twin = false)
    {
        IReadOnlyList<(Projection Projection, int Connection)> synapses = SynapsesOf(compiled.Network);
        if (synapses.Count == 0)
        {
            return new NodeWeights(compiled, null);
        }

        DeviceClient client = connection.Client;
        NodeArrayInfo array = await client.ReadNodeArrayAsync(cancellation);
        if (array.Count == 0)
        {
            return NodeWeights.OfFile(compiled, synapses.Count, $"the board '{client.Info.BoardName}' has no nodes",
                "run it on an array: --board virtual-array");
        }

        IReadOnlyList<NodeEntry> entries = await client.ListNodesAsync(array.Count, cancellation);
        if (Programmed(array, entries, synapses) is not { } mapping)
        {
            return NodeWeights.OfFile(compiled, synapses.Count, "the array is not programmed for them", $"neuromcu node map {path}");
        }

        IReadOnlyDictionary<int, NodeReading> readings = await ReadAsync(client, mapping.Targets(), cancellation);
        double[] realised = [.. mapping.Placed.Select(p => mapping.Realised(p, n => readings[n].Value))];
        double drift = mapping.Targets().Max(t => Math.Abs(readings[t.Key].Value - t.Value!.Value));
        (Network network, int cut) = With(compiled, synapses, realised);
        return new NodeWeights(NetworkSource.CompileAgain(context, network, twin), new NodeWeightFigures(
            synapses.Count, readings.Count, mapping.Code, mapping.ErrorOf(realised), drift, cut));
    }

    // The mapping that the array was programmed by: it follows from the weights and from what the device knows of its nodes.
    private static WeightMapping? Programmed(
        NodeArrayInfo array, IReadOnlyList<NodeEntry> entries, IReadOnlyList<(Projection Projection, int Connection)> synapses)
    {
        foreach (bool pairs in (bool[])[false, true])
        {
            try
            {
                WeightMapping mapping = Plan(array, entries, synapses, pairs);
                if (mapping.IsProgrammed(entries))
                {
                    return mapping;
                }
            }
            catch (ArgumentException)
            {
                // Pairs take twice as many nodes: one way may fit and the other not.
            }
        }

        return null;
    }

    private static async Task<IReadOnlyDictionary<int, NodeReading>> ReadAsync(
        DeviceClient client, IReadOnlyDictionary<int, double?> targets, CancellationToken cancellation)
    {
        Dictionary<int, NodeReading> readings = [];
        foreach (int node in targets.Keys.Order())
        {
            readings[node] = (await client.ReadNodesAsync(node, 1, Samples, cancellation))[0];
        }

        return readings;
    }

    private static (Network Network, int Cut) With(
        CompiledNetwork compiled, IReadOnlyList<(Projection Projection, int Connection)> synapses, double[] realised)
    {
        HeldNetwork held = new(compiled.Tables);
        Dictionary<int, Connection[]> changed = synapses.Select(s => s.Projection).DistinctBy(p => p.Index)
            .ToDictionary(p => p.Index, p => p.Connections.ToArray());
        int cut = 0;
        for (int k = 0; k < synapses.Count; k++)
        {
            (Projection projection, int connection) = synapses[k];

            // What a synapse cannot have is cut off at the limit that the compiler has drawn for the weights of the file.
            double limit = held.Synapses.LimitOf(held.Projection(projection.Name));
            double weight = Math.Clamp(realised[k], -limit, limit);
            cut += weight.Equals(realised[k]) ? 0 : 1;
            Connection[] own = changed[projection.Index];
            own[connection] = own[connection] with { Weight = weight };
        }

        Network network = compiled.Network with
        {
            Projections = [.. compiled.Network.Projections.Select(p => changed.TryGetValue(p.Index, out Connection[]? own)
                ? p with { Connections = own, WeightLimit = held.Synapses.LimitOf(held.Projection(p.Name)) } : p)],
        };
        return (network, cut);
    }
}
