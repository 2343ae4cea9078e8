// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using System.Text;
using System.Text.Json;
using NeuroMCU.Networks;
using PureHDF;

namespace NeuroMCU.Exchange.Sonata;

/// <summary>A network as SONATA has it: nodes and edges in HDF5, their types in tables, and a configuration that names them.</summary>
public static class SonataExport
{
    /// <summary>The files of a network.</summary>
    /// <param name="network">The network.</param>
    /// <param name="name">Name of the configuration without its ending; the other files stand in the folder of that name.</param>
    /// <returns>Paths relative to the configuration with their content, the configuration last; and the report.</returns>
    /// <exception cref="ExchangeException">It holds what SONATA has no model for.</exception>
    public static (IReadOnlyList<KeyValuePair<string, byte[]>> Files, IReadOnlyList<ExchangeFinding> Findings) Of(
        Network network, string name)
    {
        ArgumentNullException.ThrowIfNull(network);
        List<ExchangeFinding> findings = [];
        H5Group nodes = [];
        StringBuilder nodeTypes = new("node_type_id model_type model_template\n");
        foreach (Population population in network.Populations)
        {
            nodes[population.Name] = Nodes(network, population, findings, nodeTypes);
        }

        H5Group edges = [];
        StringBuilder edgeTypes = new("edge_type_id model_template\n");
        foreach (Projection projection in network.Projections)
        {
            if (projection.Connections.Count == 0)
            {
                findings.Add(new ExchangeFinding(projection.Name, "edges", Fidelity.Approximated, "has no synapses: left out"));
                continue;
            }

            edgeTypes.Append(CultureInfo.InvariantCulture, $"{projection.Index} static_synapse\n");
            edges[EdgeName(projection.Name)] = Edges(projection);
            bool turned = projection.Target.HasExponentialSynapses
                && projection.Connections.Any(c => c.Weight < 0 == (projection.Receptor == Receptor.Excitatory) && c.Weight != 0);
            findings.Add(new ExchangeFinding(projection.Name, "edges",
                projection.Learning is null && !turned ? Fidelity.Exact : Fidelity.Approximated,
                $"{projection.Connections.Count} synapses" + (projection.Learning is null ? string.Empty : "; learning is left out")
                + (turned ? "; the sign of a weight says which current it feeds: some go to the other one" : string.Empty)));
        }

        if (network.StoredSpikes.Count > 0 || network.PoissonInputs.Count > 0 || network.Drives.Count > 0 || network.Sound is not null)
        {
            findings.Add(new ExchangeFinding("inputs", "inputs", Fidelity.Approximated,
                "are left out: 'neuromcu run --out spikes.h5' writes the spikes that they make"));
        }

        List<KeyValuePair<string, byte[]>> files =
        [
            new($"{name}/nodes.h5", Hdf("nodes", nodes)),
            new($"{name}/node_types.csv", Encoding.UTF8.GetBytes(nodeTypes.ToString())),
        ];
        bool any = edges.Count > 0;
        if (any)
        {
            files.Add(new($"{name}/edges.h5", Hdf("edges", edges)));
            files.Add(new($"{name}/edge_types.csv", Encoding.UTF8.GetBytes(edgeTypes.ToString())));
        }

        files.Add(new(name + ".json", JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, object>
        {
            ["manifest"] = new Dictionary<string, string> { ["$NETWORK_DIR"] = "./" + name },
            ["target_simulator"] = "NEST",
            ["run"] = new { tstop = network.Duration / 1e3, dt = network.Step / 1e3 },
            ["networks"] = new
            {
                nodes = new[] { new { nodes_file = "$NETWORK_DIR/nodes.h5", node_types_file = "$NETWORK_DIR/node_types.csv" } },
                edges = any ? new[] { new { edges_file = "$NETWORK_DIR/edges.h5", edge_types_file = "$NETWORK_DIR/edge_types.csv" } } : [],
            },
            ["metadata"] = new { title = network.Name, writer = "NeuroMCU" },
        }, s_json)));
        return (files, findings);
    }

    private static readonly JsonSerializerOptions s_json = new() { WriteIndented = true };

    private static string EdgeName(string name) => name.Replace("->", "_to_", StringComparison.Ordinal).Replace('#', '_');

    private static H5Group Nodes(Network network, Population population, List<ExchangeFinding> findings, StringBuilder types)
    {
        int size = population.Size;
        H5Group group = [];
        string template = "NULL";
        if (population.Lif is { } lif)
        {
            template = lif.Synapse == SynapseShape.Delta ? "nest:iaf_psc_delta" : "nest:iaf_psc_exp";
            group["dynamics_params"] = Parameters(population, lif);
            List<string> words = [$"{size} neurons as {template}"];
            bool exact = true;
            void Lost(bool lost, string what)
            {
                exact &= !lost;
                words.AddRange(lost ? [what] : []);
            }

            Lost(lif.ResetBy == ResetRule.Subtraction, "the reset by subtraction is left out: a spike sets to V_reset");
            Lost(population.MembraneUnit != "mV", "pure numbers are written as mV");
            findings.Add(new ExchangeFinding(population.Name, "nodes", exact ? Fidelity.Exact : Fidelity.Approximated,
                string.Join("; ", words)));
        }
        else if (population.IsSource)
        {
            findings.Add(new ExchangeFinding(population.Name, "nodes", Fidelity.Exact, $"{size} virtual nodes"));
        }
        else
        {
            throw new ExchangeException(ExchangeProblem.Network, network.File, population.Name,
                $"has the model {population.ModelName ?? "of a circuit"}, for which this program knows no SONATA template",
                "SONATA gets 'model: lif' and 'model: input'; NIR takes what was imported from NIR");
        }

        types.Append(CultureInfo.InvariantCulture,
            $"{population.Index} {(population.IsSource ? "virtual" : "point_neuron")} {template}\n");
        return new H5Group
        {
            ["node_id"] = Enumerable.Range(0, size).Select(i => (ulong)i).ToArray(),
            ["node_type_id"] = Enumerable.Repeat((long)population.Index, size).ToArray(),
            ["node_group_id"] = new int[size],
            ["node_group_index"] = Enumerable.Range(0, size).Select(i => (ulong)i).ToArray(),
            ["0"] = group,
        };
    }

    // In the units of NEST: ms, mV, pF, pA. A capacitance of tau makes 1 pA shift the equilibrium by 1 mV, as weights are meant here.
    private static H5Group Parameters(Population population, LifNeurons lif)
    {
        double[] Each(Func<int, double> value) => [.. Enumerable.Range(0, population.Size).Select(value)];
        H5Group values = new()
        {
            ["tau_m"] = Each(i => lif.Tau.At(i) / 1e3),
            ["C_m"] = Each(i => lif.Tau.At(i) / 1e3),
            ["E_L"] = Each(_ => lif.Rest),
            ["V_th"] = Each(lif.Threshold.At),
            ["V_reset"] = Each(lif.Reset.At),
            ["V_m"] = Each(lif.Initial.At),
            ["t_ref"] = Each(i => lif.Refractory.At(i) / 1e3),
            ["I_e"] = Each(lif.Bias.At),
        };
        if (Each(lif.Floor.At).All(double.IsFinite))
        {
            values["V_min"] = Each(lif.Floor.At);
        }

        if (lif.Synapse == SynapseShape.Exponential)
        {
            values["tau_syn_ex"] = Each(_ => lif.TauExcitatory / 1e3);
            values["tau_syn_in"] = Each(_ => lif.TauInhibitory / 1e3);
        }

        return values;
    }

    private static H5Group Edges(Projection projection)
    {
        IReadOnlyList<Connection> all = projection.Connections;
        H5Dataset Ends(IEnumerable<int> ids, string population)
        {
            H5Dataset set = new(ids.Select(i => (ulong)i).ToArray());
            set.Attributes["node_population"] = population;
            return set;
        }

        return new H5Group
        {
            ["source_node_id"] = Ends(all.Select(c => c.Pre), projection.Source.Name),
            ["target_node_id"] = Ends(all.Select(c => c.Post), projection.Target.Name),
            ["edge_type_id"] = Enumerable.Repeat((long)projection.Index, all.Count).ToArray(),
            ["edge_group_id"] = new int[all.Count],
            ["edge_group_index"] = Enumerable.Range(0, all.Count).Select(i => (ulong)i).ToArray(),
            ["0"] = new H5Group
            {
                ["syn_weight"] = all.Select(c => c.Weight).ToArray(),
                ["delay"] = all.Select(c => c.Delay / 1e3).ToArray(),
            },
        };
    }

    private static byte[] Hdf(string name, H5Group group)
    {
        H5File file = new() { [name] = group };
        file.Attributes["magic"] = 0x0A7AU;
        file.Attributes["version"] = new uint[] { 0, 1 };
        using MemoryStream whole = new();
        file.Write(whole);
        return whole.ToArray();
    }
}
