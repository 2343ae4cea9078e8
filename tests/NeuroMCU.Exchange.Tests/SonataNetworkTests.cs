// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Exchange.Lists;
using NeuroMCU.Exchange.Sonata;
using NeuroMCU.Networks;
using NeuroMCU.Networks.Reading;
using PureHDF;

namespace NeuroMCU.Exchange.Tests;

public sealed class SonataNetworkTests : IDisposable
{
    private readonly NirFiles _files = new();

    public void Dispose() => _files.Dispose();

    // Network file -> SONATA -> network file: neurons and synapses come back.
    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    [InlineData(3, true)]
    [InlineData(4, false)]
    public void What_was_exported_imports_as_it_was(int seed, bool exponential)
    {
        Network first = Random(seed, exponential);
        string config = Write(first);
        SonataImport import = SonataImport.Read(config, "again");
        Network second = Load(import);
        Assert.Equal((first.Step, first.Duration), (second.Step, second.Duration));
        Assert.Equal(first.Populations.Select(p => (p.Name, p.Size)), second.Populations.Select(p => (p.Name, p.Size)));
        LifNeurons a = first.Populations[1].Lif!;
        LifNeurons b = second.Populations[1].Lif!;
        Assert.Equal((a.Synapse, a.TauExcitatory, a.TauInhibitory), (b.Synapse, b.TauExcitatory, b.TauInhibitory));
        for (int i = 0; i < first.Populations[1].Size; i++)
        {
            Assert.Equal(
                new[] { a.Tau.At(i), a.Threshold.At(i), a.Reset.At(i), a.Refractory.At(i), a.Bias.At(i), a.Initial.At(i), a.Rest },
                new[] { b.Tau.At(i), b.Threshold.At(i), b.Reset.At(i), b.Refractory.At(i), b.Bias.At(i), b.Initial.At(i), b.Rest },
                (x, y) => Math.Abs(x - y) < 1e-9);
        }

        (int, int, int, double)[] Synapses(Network n) => [.. n.Projections.SelectMany(p => p.Connections)
            .Select(c => (c.Pre, c.Post, c.Delay, Math.Round(c.Weight, 9))).Order()];
        Assert.Equal(Synapses(first), Synapses(second));
    }

    // As other programs write it: parameters in files, weights in the table of types, gaps in the order of groups.
    [Fact]
    public void Parameters_of_types_and_files_are_found()
    {
        File.WriteAllText(_files.Path("cell.json"), """{"tau_m": 20.0, "C_m": 100.0, "V_th": -50.0, "E_L": -65.0, "V_reset": -65.0, "t_ref": 1.0}""");
        File.WriteAllText(_files.Path("node_types.csv"), "node_type_id model_type model_template dynamics_params\n1 virtual NULL NULL\n"
            + "7 point_neuron nest:iaf_psc_exp cell.json\n");
        File.WriteAllText(_files.Path("edge_types.csv"), "edge_type_id syn_weight delay\n3 250 1.5\n");
        H5Group Nodes(params long[] types) => new() { ["node_type_id"] = types };
        new H5File { ["nodes"] = new H5Group { ["in"] = Nodes(1, 1), ["cells"] = Nodes(7, 7, 7) } }.Write(_files.Path("nodes.h5"));
        H5Dataset Ends(string of, params ulong[] ids)
        {
            H5Dataset set = new(ids);
            set.Attributes["node_population"] = of;
            return set;
        }

        H5Group edges = new()
        {
            ["source_node_id"] = Ends("in", 0, 1),
            ["target_node_id"] = Ends("cells", 2, 0),
            ["edge_type_id"] = new long[] { 3, 3 },
        };
        H5Group loops = new()
        {
            ["source_node_id"] = Ends("cells", 0, 1),
            ["target_node_id"] = Ends("cells", 1, 0),
            ["edge_type_id"] = new long[] { 3, 3 },
            ["edge_group_id"] = new[] { 0, 0 },
            ["edge_group_index"] = new ulong[] { 1, 0 },
            ["0"] = new H5Group { ["syn_weight"] = new[] { -5.0, 10 }, ["nsyns"] = new[] { 1, 2 } },
        };
        new H5File { ["edges"] = new H5Group { ["in_to_cells"] = edges, ["loops"] = loops } }.Write(_files.Path("edges.h5"));
        File.WriteAllText(_files.Path("circuit_config.json"), """
            {"manifest": {"$BASE": ".", "$NET": "$BASE"}, "components": {"point_neuron_models_dir": "$BASE"},
             "networks": {"nodes": [{"nodes_file": "$NET/nodes.h5", "node_types_file": "${NET}/node_types.csv"}],
                          "edges": [{"edges_file": "$NET/edges.h5", "edge_types_file": "$NET/edge_types.csv"}]}}
            """);
        Network network = Load(SonataImport.Read(_files.Path("circuit_config.json"), "again"));
        Assert.Equal(20_000, network.Populations[1].Lif!.Tau.At(2));

        // 250 pA through 20 ms / 100 pF = 200 MOhm.
        Assert.Equal([(0, 2, 50.0, 1500), (1, 0, 50.0, 1500)],
            network.Projections[0].Connections.Select(c => (c.Pre, c.Post, c.Weight, c.Delay)));

        // Weights of both signs feed two currents; nsyns counts synapses of one edge.
        Assert.Equal([(Receptor.Excitatory, 0, 1, 4.0), (Receptor.Inhibitory, 1, 0, -1.0)],
            network.Projections.Skip(1).Select(p => (p.Receptor, p.Connections[0].Pre, p.Connections[0].Post, p.Connections[0].Weight)));
    }

    [Fact]
    public void What_cannot_be_run_is_refused_with_its_place()
    {
        Network network = Random(1, false);
        string config = Write(network);
        void Refused(string file, string from, string to, string expected)
        {
            string before = File.ReadAllText(_files.Path(file));
            File.WriteAllText(_files.Path(file), before.Replace(from, to, StringComparison.Ordinal));
            ExchangeException problem = Assert.Throws<ExchangeException>(() => SonataImport.Read(config, "again"));
            Assert.Contains(expected, problem.Message, StringComparison.Ordinal);
            File.WriteAllText(_files.Path(file), before);
        }

        Refused("net/node_types.csv", "nest:iaf_psc_delta", "ctdb:Biophys1.hoc", "is of the type point_neuron with the template ctdb:Biophys1.hoc");
        Refused("net/node_types.csv", "node_type_id", "number", "line 1: has no column 'node_type_id'");
        Refused("net.json", "\"networks\"", "\"networx\"", "networks: is missing");
        Refused("net.json", "{", "[", "is no JSON");
        byte[] whole = File.ReadAllBytes(_files.Path("net/edges.h5"));
        File.WriteAllBytes(_files.Path("net/edges.h5"), whole[..(whole.Length / 2)]);
        Assert.Contains("cut off", Assert.Throws<ExchangeException>(() => SonataImport.Read(config, "again")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Lists_hold_each_synapse()
    {
        Network network = Random(5, false);
        (string name, string text) = ConnectionLists.Pynn(network).First();
        Projection projection = network.Projections[0];
        Assert.Equal("in_cells", name);
        File.WriteAllText(_files.Path("list.txt"), text);
        string yaml = "neuromcu: 1\npopulations:\n  in: {model: input, size: 3}\n  cells: {model: lif, size: 4, tau: 10 ms, threshold: 5 mV}\n"
            + "projections:\n  - {from: in, to: cells, connect: {csv: list.txt}}\n";
        Network read = NetworkFile.Parse(yaml, _files.Path("list.yaml"));
        Assert.Equal(projection.Connections, read.Projections[0].Connections);

        using (FileStream stream = File.Create(_files.Path("arrays.npz")))
        {
            ConnectionLists.WriteArrays(network, stream);
        }

        (string array, int count, string table) = ConnectionLists.ReadArrays(_files.Path("arrays.npz"))[0];
        File.WriteAllText(_files.Path("list.txt"), table);
        Assert.Equal(("in_cells", projection.Connections.Count), (array, count));
        Assert.Equal(projection.Connections, NetworkFile.Parse(yaml, _files.Path("list.yaml")).Projections[0].Connections);
    }

    private static Network Random(int seed, bool exponential)
    {
        Random random = new(seed);
        string Each(double low, double high, string unit) => "[" + string.Join(", ", Enumerable.Range(0, 4).Select(_ =>
            (low + (high - low) * random.NextDouble()).ToString("R", CultureInfo.InvariantCulture) + " " + unit)) + "]";
        string List(int sources, int targets, double low, double high) => "{list: [" + string.Join(", ", Enumerable.Range(0, 12)
            .Select(_ => (random.Next(sources), random.Next(targets))).Distinct().Select(p => string.Create(CultureInfo.InvariantCulture,
                $"[{p.Item1}, {p.Item2}, {low + (high - low) * random.NextDouble():R} mV, {random.Next(1, 5000)} us]"))) + "]}";
        string text = $$"""
            neuromcu: 1
            name: net
            step: 0.2 ms
            duration: 300 ms
            populations:
              in: {model: input, size: 3}
              cells:
                model: lif
                size: 4
                tau: {{Each(5, 20, "ms")}}
                rest: -65 mV
                threshold: {{Each(-50, -45, "mV")}}
                reset: {{Each(-70, -60, "mV")}}
                initial: {{Each(-70, -60, "mV")}}
                bias: {{Each(0, 3, "mV")}}
                refractory: [1 ms, 2 ms, 0.5 ms, 3 ms]
            {{(exponential ? "    synapse: exponential\n    tau_excitatory: 3 ms\n    tau_inhibitory: 7 ms" : "    floor: -80 mV")}}
            projections:
              - {from: in, to: cells, connect: {{List(3, 4, exponential ? 0.1 : -2, 2)}} }
              - {from: cells, to: cells, connect: {{List(4, 4, -2, exponential ? -0.1 : 2)}} }
            """;
        return NetworkFile.Parse(text, "net.yaml");
    }

    private string Write(Network network)
    {
        foreach ((string path, byte[] content) in SonataExport.Of(network, "net").Files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_files.Path(path))!);
            File.WriteAllBytes(_files.Path(path), content);
        }

        return _files.Path("net.json");
    }

    private Network Load(SonataImport import)
    {
        foreach ((string name, string text) in import.Tables)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_files.Path(name))!);
            File.WriteAllText(_files.Path(name), text);
        }

        return NetworkFile.Parse(import.Text, _files.Path("again.yaml"));
    }
}
