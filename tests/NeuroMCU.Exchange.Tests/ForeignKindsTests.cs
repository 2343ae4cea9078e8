// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using System.Text;
using NeuroMCU.Exchange.Nir;
using NeuroMCU.Exchange.Recordings;
using NeuroMCU.Exchange.Sonata;
using NeuroMCU.Networks;
using NeuroMCU.Networks.Reading;
using NeuroMCU.Recordings;
using PureHDF;

namespace NeuroMCU.Exchange.Tests;

/// <summary>What other programs' own example files hold beyond what this program writes.</summary>
public sealed class ForeignKindsTests : IDisposable
{
    private readonly NirFiles _files = new();

    public void Dispose() => _files.Dispose();

    // As in the examples of SONATA: NEURON's IntFire1 with times in seconds, signs in files of their own, a configuration that names
    // circuit and simulation, spikes of an older layout.
    [Fact]
    public void IntFire1_with_signs_of_synapses_and_spikes_of_the_simulation()
    {
        Network network = Circuit("nrn:IntFire1", "point_process", """{"tau": 0.024, "refrac": 0.003}""");

        LifNeurons cells = network.Populations[1].Lif!;
        Assert.Equal((24_000.0, 1.0, 0.0, 0.0, 3000), (cells.Tau.At(0), cells.Threshold.At(0), cells.Reset.At(0), cells.Rest,
            (int)cells.Refractory.At(0)));
        Assert.Equal([(0, 0, 0.5, 2000), (1, 1, -0.5, 2000)],
            network.Projections[0].Connections.Select(c => (c.Pre, c.Post, c.Weight, c.Delay)).Order());
        Assert.Equal((700_000L, 200), (network.Duration, network.Step));
        Assert.Equal([(1500, 1), (4000, 0)], network.StoredSpikes.Select(s => (s.Time, s.Neuron)).Order());
    }

    // Voltages count from the rest: neurons that rest elsewhere fire alike when all of their voltages move with it.
    [Fact]
    public void Neurons_of_several_rests_keep_their_distances()
    {
        Network network = Circuit("nest:iaf_psc_alpha", "point_process",
            """{"tau_m": 20.0, "C_m": 100.0, "V_th": -50.0, "V_reset": -60.0, "E_L": -65.0, "t_ref": 1.0}""",
            """{"tau_m": 20.0, "C_m": 100.0, "V_th": -45.0, "V_reset": -71.0, "E_L": -75.0, "t_ref": 1.0}""");

        LifNeurons cells = network.Populations[1].Lif!;
        Assert.Equal([15.0, 30.0], Enumerable.Range(0, 2).Select(i => cells.Threshold.At(i) - cells.Rest));
        Assert.Equal([5.0, 4.0], Enumerable.Range(0, 2).Select(i => cells.Reset.At(i) - cells.Rest));
        Assert.Equal([0.0, 0.0], Enumerable.Range(0, 2).Select(i => cells.Initial.At(i) - cells.Rest));
    }

    [Fact]
    public void A_node_that_an_exporter_renamed_is_found_and_named()
    {
        H5Group lif = NirFiles.Node("LIF", ("tau", new[] { 0.01 }), ("r", new[] { 100.0 }), ("v_leak", new[] { 0.0 }),
            ("v_threshold", new[] { 1.0 }));
        H5Group In() => NirFiles.Node("Input", ("shape", new long[] { 1 }));
        H5Group Out() => NirFiles.Node("Output", ("shape", new long[] { 1 }));
        H5Group weight = NirFiles.Node("Linear", ("weight", NirFiles.Matrix([0.5f], 1, 1)));
        string Path(string inner, params (string, string)[] edges) => _files.Write("renamed.nir", NirFiles.Graph(
            [("input", In()), ("fc", weight), ("lif1", NirFiles.Graph([("input", In()), (inner, lif), ("output", Out())], edges)),
                ("output", Out())],
            ("input", "fc"), ("fc", "lif1"), ("lif1", "output")));

        NirImport import = NirImport.Read(Path("lif1", ("input", "lif"), ("lif", "output")), "again", new NirOptions());

        Assert.Contains(import.Notes, n => n.Contains("'lif1/lif'", StringComparison.Ordinal) && n.Contains("'lif1/lif1'", StringComparison.Ordinal));
        Assert.Equal(2, import.Neurons);
        Assert.Throws<ExchangeException>(() => NirImport.Read(Path("lif1", ("input", "lif"), ("rnn", "output")), "again", new NirOptions()));
        Assert.Throws<ExchangeException>(() => NirImport.Read(Path("cell", ("input", "lif"), ("lif", "output")), "again", new NirOptions()));
    }

    [Fact]
    public void Samples_of_24_bits_have_their_sign()
    {
        int[] digital = [-8_388_608, -1, 8_388_607, 65_536];
        StringBuilder head = new();
        void Put(string text, int width) => head.Append(text.PadRight(width));
        foreach ((string text, int width) in new[] { ("", 80), ("", 80), ("01.01.26", 8), ("00.00.00", 8), ("512", 8), ("24BIT", 44), ("1", 8),
            ("1", 8), ("1", 4), ("Cz", 16), ("", 80), ("uV", 8), ("-1000", 8), ("1000", 8), ("-8388608", 8), ("8388607", 8), ("", 80),
            (digital.Length.ToString(CultureInfo.InvariantCulture), 8), ("", 32) })
        {
            Put(text, width);
        }

        byte[] bytes = [0xFF, .. Encoding.ASCII.GetBytes("BIOSEMI" + head), .. digital.SelectMany(d => new[] { (byte)d, (byte)(d >> 8),
            (byte)(d >> 16) })];
        File.WriteAllBytes(_files.Path("eeg.bdf"), bytes);

        TraceRecord trace = RecordingFile.Read(_files.Path("eeg.bdf")).Traces.Single();

        Assert.Equal("uV", trace.Unit);
        Assert.Equal(digital.Select(d => -1000 + ((d + 8_388_608.0) * 2000 / 16_777_215)), trace.Values, (a, b) => Math.Abs(a - b) < 1e-9);
        Assert.Equal([0L, 250_000, 500_000, 750_000], trace.Times);
        File.WriteAllBytes(_files.Path("eeg.bdf"), bytes[..^2]);
        Assert.Contains("cut off", Assert.Throws<ExchangeException>(() => RecordingFile.Read(_files.Path("eeg.bdf"))).Message,
            StringComparison.Ordinal);
    }

    private Network Circuit(string template, string type, params string[] cells)
    {
        string[] names = [.. cells.Select((_, i) => $"cell{i}.json")];
        for (int i = 0; i < cells.Length; i++)
        {
            File.WriteAllText(_files.Path(names[i]), cells[i]);
        }

        File.WriteAllText(_files.Path("exc.json"), """{"sign": 1}""");
        File.WriteAllText(_files.Path("inh.json"), """{"sign": -1}""");
        File.WriteAllText(_files.Path("node_types.csv"), "node_type_id model_type model_template dynamics_params\n1 virtual NULL NULL\n"
            + string.Concat(Enumerable.Range(0, 2).Select(i => $"{7 + i} {type} {template} {names[Math.Min(i, names.Length - 1)]}\n")));
        File.WriteAllText(_files.Path("edge_types.csv"),
            "edge_type_id syn_weight delay dynamics_params\n3 0.5 2.0 exc.json\n4 0.5 2.0 inh.json\n");
        H5Group Nodes(params long[] types) => new() { ["node_type_id"] = types };
        new H5File { ["nodes"] = new H5Group { ["in"] = Nodes(1, 1), ["cells"] = Nodes(7, 8), ["none"] = Nodes() } }.Write(_files.Path("nodes.h5"));
        H5Dataset Ends(string of, params ulong[] ids) => new(ids) { Attributes = new() { ["node_population"] = of } };
        H5Group edges = new()
        {
            ["source_node_id"] = Ends("in", 0, 1),
            ["target_node_id"] = Ends("cells", 0, 1),
            ["edge_type_id"] = new long[] { 3, 4 },
        };
        new H5File { ["edges"] = new H5Group { ["in_to_cells"] = edges } }.Write(_files.Path("edges.h5"));
        H5Dataset times = new(new[] { 4.0, 1.5, 2.0 }) { Attributes = new() { ["units"] = "ms" } };
        new H5File { ["spikes"] = new H5Group { ["gids"] = new ulong[] { 0, 1, 7 }, ["timestamps"] = times } }.Write(_files.Path("in.h5"));
        File.WriteAllText(_files.Path("circuit.json"), """
            {"components": {"point_neuron_models_dir": ".", "synaptic_models_dir": "."},
             "networks": {"nodes": [{"nodes_file": "nodes.h5", "node_types_file": "node_types.csv"}],
                          "edges": [{"edges_file": "edges.h5", "edge_types_file": "edge_types.csv"}]}}
            """);
        File.WriteAllText(_files.Path("simulation.json"), """
            {"run": {"tstop": 700.0, "dt": 0.2},
             "inputs": {"now": {"input_type": "spikes", "module": "h5", "input_file": "in.h5", "node_set": "in"},
                        "clamp": {"input_type": "current_clamp", "module": "IClamp"}}}
            """);
        File.WriteAllText(_files.Path("config.json"), """{"network": "./circuit.json", "simulation": "./simulation.json"}""");
        SonataImport import = SonataImport.Read(_files.Path("config.json"), "again");
        Assert.Contains(import.Findings, f => f.Node == "clamp" && f.Fidelity == Fidelity.Approximated);
        Assert.Contains(import.Findings, f => f.Node == "now" && f.Text.StartsWith("2 spikes into in; 1 are of nodes", StringComparison.Ordinal));
        foreach ((string name, string text) in import.Tables)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_files.Path(name))!);
            File.WriteAllText(_files.Path(name), text);
        }

        return NetworkFile.Parse(import.Text, _files.Path("again.yaml"));
    }
}
