// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Compiler;
using NeuroMCU.Devices.Client;
using NeuroMCU.Networks;
using NeuroMCU.Nodes.Mapping;
using NeuroMCU.Protocol.Messages;
using NeuroMCU.Recordings;

namespace NeuroMCU.Nodes.Synapses;

/// <summary>Gives a network whose weights are on nodes what the nodes of the connected array are measured to have and to do.</summary>
public static class NodeWeightSource
{
    private const int Samples = 16;

    /// <summary>Gets the synapses that are on nodes which keep them, in the order in which they are mapped.</summary>
    /// <param name="network">The network.</param>
    /// <returns>Projection and place in its connections.</returns>
    public static IReadOnlyList<(Projection Projection, int Connection)> SynapsesOf(Network network)
    {
        ArgumentNullException.ThrowIfNull(network);
        return [.. network.Projections.Where(p => p.OnNodes && !p.OnVolatileNodes)
            .SelectMany(p => Enumerable.Range(0, p.Connections.Count).Select(i => (p, i)))];
    }

    /// <summary>Plans which node holds which synapse. Neurons of different populations are different rows and columns.</summary>
    /// <param name="array">The array.</param>
    /// <param name="entries">What the device knows of its nodes.</param>
    /// <param name="synapses">What <see cref="SynapsesOf" /> gave.</param>
    /// <param name="pairs">True to hold weights of both signs in pairs of nodes.</param>
    /// <returns>The plan.</returns>
    /// <exception cref="ArgumentException">The array has too few usable nodes, or the weights are all 0.</exception>
    public static WeightMapping Plan(NodeArrayInfo array, IReadOnlyList<NodeEntry> entries,
        IReadOnlyList<(Projection Projection, int Connection)> synapses, bool pairs)
    {
        ArgumentNullException.ThrowIfNull(synapses);
        return WeightMapping.Plan(array, entries, [.. synapses.Select(s =>
        {
            Connection c = s.Projection.Connections[s.Connection];
            return ((s.Projection.Source.Index << 16) + c.Pre, (s.Projection.Target.Index << 16) + c.Post, c.Weight);
        })], pairs);
    }

    /// <summary>Reads the nodes and compiles the network with what they show; where the array does not hold these weights, or has no
    /// nodes that do this, the network stays as it is and that is said.</summary>
    /// <param name="client">The device.</param>
    /// <param name="compiled">The network as its file says.</param>
    /// <param name="path">The network file, for the command that mends it; null for a text that is no file.</param>
    /// <param name="compile">Compiles it again with other weights.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <returns>The network to upload.</returns>
    /// <exception cref="DeviceException">The device refuses, or the link broke.</exception>
    public static async Task<NodeWeights> OfAsync(
        DeviceClient client, CompiledNetwork compiled, string? path, Func<Network, CompiledNetwork> compile,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(compiled);
        ArgumentNullException.ThrowIfNull(compile);
        int count = compiled.Network.Projections.Where(p => p.OnNodes).Sum(p => p.Connections.Count);
        if (count == 0)
        {
            return new NodeWeights(compiled, null);
        }

        NodeArrayInfo array = await client.ReadNodeArrayAsync(cancellation).ConfigureAwait(false);
        if (array.Count == 0)
        {
            return new NodeWeights(compiled, null)
            {
                NotMeasured = [NodeWeights.OfFile(count, $"the board '{client.Info.BoardName}' has no nodes",
                    "run it on an array: --board virtual-array")],
            };
        }

        IReadOnlyList<NodeEntry> entries = await client.ListNodesAsync(array.Count, cancellation).ConfigureAwait(false);
        List<RunTrouble> missing = [];
        Network network = compiled.Network;
        NodeWeightFigures? figures = null;
        if (SynapsesOf(network) is { Count: > 0 } synapses)
        {
            if (Programmed(array, entries, synapses) is { } mapping)
            {
                (network, figures) = await KeptAsync(client, compiled, synapses, mapping, cancellation).ConfigureAwait(false);
            }
            else
            {
                missing.Add(NodeWeights.OfFile(synapses.Count, "the array is not programmed for them", MapCommand(path)));
            }
        }

        (network, IReadOnlyList<VolatileFigures> forgetting) =
            await VolatileAsync(client, array, entries, network, missing, cancellation).ConfigureAwait(false);
        return new NodeWeights(network == compiled.Network ? compiled : compile(network), figures)
        {
            Volatile = forgetting,
            NotMeasured = missing,
        };
    }

    /// <summary>What brings the weights of a network onto the array.</summary>
    /// <param name="path">Its file; null for a text that is no file.</param>
    /// <returns>What to type.</returns>
    public static string MapCommand(string? path) => path is null
        ? "save the network as a file and bring its weights onto the array: neuromcu node map FILE.yaml" : $"neuromcu node map {path}";

    /// <summary>Whether two projections on nodes differ in numbers that measurements take the place of.</summary>
    /// <param name="one">One.</param>
    /// <param name="other">The same projection of another text.</param>
    /// <returns>True when weights differ, or the course of a rule on volatile nodes.</returns>
    public static bool Differ(Projection one, Projection other)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        return !one.Connections.Select(c => c.Weight).SequenceEqual(other.Connections.Select(c => c.Weight))
            || (other.OnVolatileNodes && VolatileSynapses.Measured.Any(name => one.Learning?.Value(name) != other.Learning?.Value(name)));
    }

    /// <summary>Keeps what was measured on nodes while other values of a network change.</summary>
    /// <param name="measured">The network with what was measured; null for none.</param>
    /// <param name="network">The same with other values, as its file says.</param>
    /// <returns>The network with other values and the weights of the nodes.</returns>
    public static Network Carry(Network? measured, Network network)
    {
        ArgumentNullException.ThrowIfNull(network);
        Dictionary<string, Projection> known = (measured?.Projections ?? []).Where(p => p.OnNodes)
            .ToDictionary(p => p.Name, StringComparer.Ordinal);
        return known.Count == 0 ? network : network with
        {
            Projections = [.. network.Projections.Select(p => p.OnNodes && known.TryGetValue(p.Name, out Projection? own)
                && own.Connections.Count == p.Connections.Count
                ? p with
                {
                    Connections = own.Connections,
                    WeightLimit = own.WeightLimit,
                    Learning = own.Learning,
                    IsMeasured = own.IsMeasured,
                } : p)],
        };
    }

    /// <summary>Measures the projections of a network that are on volatile nodes.</summary>
    /// <param name="missing">Gets what is not measured.</param>
    /// <returns>The network with what the nodes do.</returns>
    private static async Task<(Network Network, IReadOnlyList<VolatileFigures> Figures)> VolatileAsync(
        DeviceClient client, NodeArrayInfo array, IReadOnlyList<NodeEntry> entries, Network network, List<RunTrouble> missing,
        CancellationToken cancellation)
    {
        HashSet<int> free = [.. entries.Where(e => e.Mode != NodeMode.Keeping && !e.Masked).Select(e => e.Node)];
        List<VolatileFigures> figures = [];
        foreach (Projection projection in network.Projections.Where(p => p.OnVolatileNodes))
        {
            int had = free.Count;
            if (await VolatileSynapses.MeasureAsync(client, array, free, projection, cancellation).ConfigureAwait(false) is { } found)
            {
                network = network with
                {
                    Projections = [.. network.Projections.Select(p => p.Index == projection.Index ? found.Projection : p)],
                };
                figures.Add(found.Figures);
            }
            else
            {
                missing.Add(NodeWeights.OfFile(projection.Connections.Count,
                    $"the array has {Math.Min(had, free.Count)} volatile nodes for them that answer ({projection.Name})",
                    "make the projection smaller, or run it on an array with nodes that were not formed: neuromcu node list"));
            }
        }

        return (network, figures);
    }

    private static async Task<(Network Network, NodeWeightFigures Figures)> KeptAsync(
        DeviceClient client, CompiledNetwork compiled, IReadOnlyList<(Projection Projection, int Connection)> synapses,
        WeightMapping mapping, CancellationToken cancellation)
    {
        IReadOnlyDictionary<int, NodeReading> readings = await ReadAsync(client, mapping.Targets(), cancellation).ConfigureAwait(false);
        double[] realised = [.. mapping.Placed.Select(p => mapping.Realised(p, n => readings[n].Value))];
        double drift = mapping.Targets().Max(t => Math.Abs(readings[t.Key].Value - t.Value!.Value));
        (Network network, int cut) = With(compiled, synapses, realised);
        return (network, new NodeWeightFigures(
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
            readings[node] = (await client.ReadNodesAsync(node, 1, Samples, cancellation).ConfigureAwait(false))[0];
        }

        return readings;
    }

    private static (Network Network, int Cut) With(
        CompiledNetwork compiled, IReadOnlyList<(Projection Projection, int Connection)> synapses, double[] realised)
    {
        SynapseMap map = new(compiled.Tables, compiled.Symbols);
        Dictionary<int, Connection[]> changed = synapses.Select(s => s.Projection).DistinctBy(p => p.Index)
            .ToDictionary(p => p.Index, p => p.Connections.ToArray());
        int cut = 0;
        for (int k = 0; k < synapses.Count; k++)
        {
            (Projection projection, int connection) = synapses[k];

            // What a synapse cannot have is cut off at the limit that the compiler has drawn for the weights of the file.
            double limit = map.LimitOf(map.ProjectionIndex(projection.Name));
            double weight = Math.Clamp(realised[k], -limit, limit);
            cut += weight.Equals(realised[k]) ? 0 : 1;
            Connection[] own = changed[projection.Index];
            own[connection] = own[connection] with { Weight = weight };
        }

        Network network = compiled.Network with
        {
            Projections = [.. compiled.Network.Projections.Select(p => changed.TryGetValue(p.Index, out Connection[]? own)
                ? p with { Connections = own, WeightLimit = map.LimitOf(map.ProjectionIndex(p.Name)), IsMeasured = true } : p)],
        };
        return (network, cut);
    }
}
