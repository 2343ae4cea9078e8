// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using System.Text;
using System.Text.Json;
using NeuroMCU.Compiler;
using NeuroMCU.Exchange.Hdf;
using NeuroMCU.Exchange.Recordings;
using NeuroMCU.Networks;
using NeuroMCU.Networks.Reading;
using NeuroMCU.Recordings;

namespace NeuroMCU.Exchange.Sonata;

/// <summary>A SONATA network as a network file: virtual nodes, and point neurons that integrate and fire.</summary>
public sealed class SonataImport
{
    private const string IntFire = "nrn:IntFire1";
    private const int MostEdges = 1_000_000;
    private const int ShortestStep = 10;

    private readonly Dictionary<string, double> _signs = new(StringComparer.Ordinal);
    private readonly SonataFiles _files;
    private readonly string _path;
    private readonly string _name;
    private readonly StringBuilder _text = new();
    private readonly StringBuilder _projections = new();
    private readonly List<KeyValuePair<string, string>> _tables = [];
    private readonly List<ExchangeFinding> _findings = [];
    private readonly Dictionary<string, (SonataNodes Nodes, string Template)> _populations = new(StringComparer.Ordinal);

    private SonataImport(string path, string name)
    {
        _path = path;
        _name = name;
        _files = new SonataFiles(path);
    }

    /// <summary>The network file.</summary>
    public string Text => _text.ToString();

    /// <summary>Tables of synapses: path relative to the network file, and content.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Tables => _tables;

    /// <summary>What became of each population of nodes and edges.</summary>
    public IReadOnlyList<ExchangeFinding> Findings => _findings;

    /// <summary>Number of neurons, inputs included.</summary>
    public int Neurons => _populations.Values.Sum(p => p.Nodes.Size);

    /// <summary>Number of synapses.</summary>
    public int Synapses { get; private set; }

    /// <summary>Reads a network.</summary>
    /// <param name="path">The configuration of the circuit, or of a simulation that names one.</param>
    /// <param name="name">Name of the network; its tables stand in the folder of this name with <c>-weights</c>.</param>
    /// <returns>The network, which compiles.</returns>
    /// <exception cref="ExchangeException">It is damaged, or holds what cannot be run; says where.</exception>
    /// <exception cref="NetworkFileException">The network does not compile.</exception>
    public static SonataImport Read(string path, string name)
    {
        SonataImport import = Lower(path, name);
        import.Check();
        return import;
    }

    /// <summary>Reads a network that is going to be compiled.</summary>
    internal static SonataImport Lower(string path, string name)
    {
        SonataImport import = new(path, name);
        import.Run();
        return import;
    }

    /// <summary>The files that the configuration names, and may have been read.</summary>
    internal IEnumerable<string> Files => _files.All;

    private void Run()
    {
        double dt = _files.Step ?? 0.1;
        double duration = _files.Duration ?? 1000;
        if (dt is not (> 0 and <= 100) || duration is not (> 0 and <= 2e6))
        {
            throw new ExchangeException(ExchangeProblem.Network, _path, "run", $"has a dt of {Number.Text(dt)} ms and a tstop of"
                + $" {Number.Text(duration)} ms", "a step is 0.01 to 100 ms, and a run up to 2000 s");
        }

        int step = Math.Max((int)Math.Round(dt * 1e3), ShortestStep);
        if (dt * 1e3 < ShortestStep)
        {
            _findings.Add(new ExchangeFinding("run", "dt", Fidelity.Approximated, $"is {Number.Text(dt)} ms: 0.01 ms is the shortest step"));
        }

        _text.Append(CultureInfo.InvariantCulture, $"# From {Path.GetFileName(_path)} (SONATA) by 'neuromcu import'.\nneuromcu: 1\n");
        _text.Append(CultureInfo.InvariantCulture, $"name: {_name}\nstep: {step} us\nduration: {duration:R} ms\npopulations:\n");
        foreach ((string file, string? types) in _files.Of("nodes"))
        {
            SonataTypes table = new(types, "node_type_id");
            HdfFile.Read(file, ExchangeProblem.Network, root =>
            {
                HdfGroup nodes = root.Group("nodes");
                foreach (string population in nodes.GroupNames)
                {
                    Add(new SonataNodes(population, nodes.Group(population), table, _files.Models));
                }

                return true;
            });
        }

        foreach ((string file, string? types) in _files.Of("edges"))
        {
            SonataTypes table = new(types, "edge_type_id");
            HdfFile.Read(file, ExchangeProblem.Network, root =>
            {
                HdfGroup edges = root.Group("edges");
                foreach (string population in edges.GroupNames)
                {
                    Connect(population, edges.Group(population), table);
                }

                return true;
            });
        }

        if (_projections.Length > 0)
        {
            _text.Append("projections:\n").Append(_projections);
        }

        AddInputs();
        if (_populations.Count == 0)
        {
            throw new ExchangeException(ExchangeProblem.Network, _path, "networks.nodes", "names no population of nodes", "name the circuit's file");
        }
    }

    // Spikes of a simulation become tables; other inputs are named and left out.
    private void AddInputs()
    {
        StringBuilder inputs = new();
        foreach ((string name, string file, string population) in _files.Spikes)
        {
            if (!_populations.TryGetValue(population, out (SonataNodes Nodes, string Template) target) || target.Template != "virtual")
            {
                throw new ExchangeException(ExchangeProblem.Name, _path, $"inputs.{name}.node_set",
                    $"'{population}' is no population of virtual nodes", "name a population whose nodes are virtual");
            }

            RunRecording spikes = SonataSpikes.Read(file);
            RecordedPopulation of = spikes.Populations.FirstOrDefault(p => p.Name == population)
                ?? (spikes.Populations.Count == 1 ? spikes.Populations[0] : throw new ExchangeException(ExchangeProblem.Name, file, "/spikes",
                    $"holds no spikes of '{population}' (it has {string.Join(", ", spikes.Populations.Select(p => p.Name))})",
                    "name the file with these spikes"));
            StringBuilder table = new("index,time_us\n");
            int count = 0;
            int beyond = 0;
            for (int i = 0; i < spikes.Spikes.Count; i++)
            {
                int node = spikes.Spikes.Neurons[i] - of.First;
                if (of.Contains(spikes.Spikes.Neurons[i]) && node >= target.Nodes.Size)
                {
                    beyond++;
                }
                else if (of.Contains(spikes.Spikes.Neurons[i]))
                {
                    table.Append(CultureInfo.InvariantCulture, $"{node},{spikes.Spikes.Times[i]}\n");
                    count++;
                }
            }

            string path = $"{_name}-weights/{population}-spikes.csv";
            _tables.Add(new(path, table.ToString()));
            inputs.Append(CultureInfo.InvariantCulture, $"  - {{to: {population}, csv: \"{path}\"}}\n");
            _findings.Add(new ExchangeFinding(name, "spikes", beyond > 0 ? Fidelity.Approximated : Fidelity.Exact, $"{count} spikes into {population}"
                + (beyond > 0 ? $"; {beyond} are of nodes that it does not have (it has {target.Nodes.Size}): left out" : string.Empty)));
        }

        foreach (string other in _files.OtherInputs)
        {
            _findings.Add(new ExchangeFinding(other, "input", Fidelity.Approximated, "is no file of spikes: left out"));
        }

        if (inputs.Length > 0)
        {
            _text.Append("inputs:\n").Append(inputs);
        }
    }

    // Compiles what is about to be written, in a folder that nobody sees: an import either runs or is refused.
    private void Check()
    {
        string folder = Directory.CreateTempSubdirectory("neuromcu-import-").FullName;
        try
        {
            foreach ((string table, string content) in _tables)
            {
                string file = Path.Combine(folder, table);
                Directory.CreateDirectory(Path.GetDirectoryName(file)!);
                File.WriteAllText(file, content);
            }

            Network network = NetworkFile.Parse(Text, Path.Combine(folder, "import.yaml"));
            NetworkCompiler.Compile(network, new CompilerOptions { Unlimited = true });
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private void Add(SonataNodes nodes)
    {
        if (nodes.Size == 0)
        {
            _findings.Add(new ExchangeFinding(nodes.Name, "nodes", Fidelity.Exact, "no nodes: left out"));
            return;
        }

        string type = nodes.Common("model_type") ?? "virtual";
        if (type is not ("virtual" or "point_neuron" or "point_process"))
        {
            throw Refused($"is of the type {type}");
        }

        string template = type == "virtual" ? "virtual" : nodes.Common("model_template") ?? "NULL";
        if (!_populations.TryAdd(nodes.Name, (nodes, template)))
        {
            throw new ExchangeException(ExchangeProblem.Name, _path, nodes.Place, "is there twice", "give each population a name of its own");
        }

        void Line(FormattableString line) => _text.Append(FormattableString.Invariant(line)).Append('\n');
        Line($"  {nodes.Name}:");
        Line($"    size: {nodes.Size}");
        if (template == "virtual")
        {
            Line($"    model: input");
            _findings.Add(new ExchangeFinding(nodes.Name, "nodes", Fidelity.Exact, $"{nodes.Size} virtual nodes: inputs"));
            return;
        }

        string model = template[(template.IndexOf(':', StringComparison.Ordinal) + 1)..];
        if (template == IntFire)
        {
            AddIntFire(nodes, Line);
            return;
        }

        if (model is not ("iaf_psc_delta" or "iaf_psc_exp" or "iaf_psc_alpha"))
        {
            throw Refused($"is of the type {type} with the template {template}");
        }

        ExchangeException Refused(string what) => new(ExchangeProblem.Network, _path, nodes.Place, what,
            "virtual nodes and the point neurons nest:iaf_psc_delta, nest:iaf_psc_exp, nest:iaf_psc_alpha and nrn:IntFire1 are read");

        double[] Each(string name, double otherwise) =>
            [.. Enumerable.Range(0, nodes.Size).Select(i => nodes.Parameter(i, name) ?? otherwise)];
        double[] rest = Each("E_L", -70);

        // A population has one rest. Where nodes differ, all voltages of a node move with its E_L: it fires at the same times.
        double[] Moved(double[] voltages) => [.. voltages.Select((v, i) => v - rest[i] + rest[0])];
        string shift = rest.Distinct().Count() == 1 ? string.Empty
            : $"; several E_L: membranes are shown as if all rested at {Number.Text(rest[0])} mV";
        double[] tau = Each("tau_m", 10);
        double[] capacity = Each("C_m", 250);
        double[] reset = Each("V_reset", -70);
        double[] start = [.. Enumerable.Range(0, nodes.Size).Select(i => nodes.Parameter(i, "V_m") ?? rest[i])];
        Line($"    model: lif");
        Line($"    tau: {List(tau, "ms")}");
        Line($"    rest: {Number.Text(rest[0])} mV");
        Line($"    threshold: {List(Moved(Each("V_th", -55)), "mV")}");
        Line($"    reset: {List(Moved(reset), "mV")}");
        Line($"    initial: {List(Moved(start), "mV")}");
        Line($"    refractory: {List(Each("t_ref", 2), "ms")}");
        Line($"    bias: {List([.. Each("I_e", 0).Select((current, i) => current * tau[i] / capacity[i])], "mV")}");
        double[] floor = Each("V_min", double.NegativeInfinity);
        if (floor.All(double.IsFinite))
        {
            Line($"    floor: {List(Moved(floor), "mV")}");
        }

        if (model == "iaf_psc_delta")
        {
            _findings.Add(new ExchangeFinding(nodes.Name, "nodes", Fidelity.Exact, $"{nodes.Size} neurons, a spike steps the membrane{shift}"));
            return;
        }

        double[] excitatory = Each("tau_syn_ex", 2);
        double[] inhibitory = Each("tau_syn_in", 2);
        if (excitatory.Distinct().Count() > 1 || inhibitory.Distinct().Count() > 1)
        {
            throw new ExchangeException(ExchangeProblem.Network, _path, nodes.Place, "has several time constants of its currents",
                "part it into populations");
        }

        Line($"    synapse: exponential");
        Line($"    tau_excitatory: {Number.Text(excitatory[0])} ms");
        Line($"    tau_inhibitory: {Number.Text(inhibitory[0])} ms");
        _findings.Add(model == "iaf_psc_exp"
            ? new ExchangeFinding(nodes.Name, "nodes", Fidelity.Exact, $"{nodes.Size} neurons, currents that decay; pA by tau_m/C_m as mV{shift}")
            : new ExchangeFinding(nodes.Name, "nodes", Fidelity.Approximated,
                $"{nodes.Size} neurons; alpha-shaped currents become exponential ones of the same charge, which begin at once{shift}"));
    }

    // NEURON's IntFire1: a number that decays to 0 and fires above 1; the files say its times in seconds.
    private void AddIntFire(SonataNodes nodes, Action<FormattableString> line)
    {
        double[] Milliseconds(string name, double otherwise) =>
            [.. Enumerable.Range(0, nodes.Size).Select(i => (nodes.Parameter(i, name) ?? otherwise) * 1e3)];
        line($"    model: lif");
        line($"    tau: {List(Milliseconds("tau", 0.010), "ms")}");
        line($"    rest: 0");
        line($"    threshold: 1");
        line($"    reset: 0");
        line($"    refractory: {List(Milliseconds("refrac", 0.005), "ms")}");
        _findings.Add(new ExchangeFinding(nodes.Name, "nodes", Fidelity.Exact,
            $"{nodes.Size} neurons of IntFire1, a spike steps the membrane"));
    }

    // +1 or -1, as the parameters of a type of synapses say.
    private double SignOf(string? parameters)
    {
        if (parameters is null || _signs.TryGetValue(parameters, out double sign))
        {
            return parameters is null ? 1 : _signs[parameters];
        }

        string file = Path.Combine(_files.Synapses, parameters);
        return _signs[parameters] = File.Exists(file) && SonataFiles.Json(file).TryGetProperty("sign", out JsonElement said)
            && said.ValueKind == JsonValueKind.Number && said.GetDouble() < 0 ? -1 : 1;
    }

    private void Connect(string name, HdfGroup edges, SonataTypes types)
    {
        double count = edges.ShapeOf("source_node_id") is [var declared] ? declared : 0;
        if (count > MostEdges)
        {
            throw new ExchangeException(ExchangeProblem.TooBig, edges.File, edges.Place,
                $"has {count.ToString("N0", CultureInfo.InvariantCulture).Replace(',', ' ')} edges", "a microcontroller holds about 20 000 synapses");
        }

        double[] sources = edges.Numbers("source_node_id").Values;
        double[] targets = edges.Numbers("target_node_id").Values;
        if (sources.Length != targets.Length)
        {
            throw edges.Wrong("target_node_id", $"has {targets.Length} values, and source_node_id {sources.Length}");
        }

        (SonataNodes Nodes, string Template) End(string field) => edges.Attribute(field, "node_population") is not { } of
            ? throw edges.Wrong(field, "has no attribute node_population")
            : _populations.TryGetValue(of, out (SonataNodes, string) found) ? found
            : throw edges.Wrong(ExchangeProblem.Name, field, $"names the population '{of}', which is not there"
                + $" (there are {string.Join(", ", _populations.Keys)})", "name its file under networks.nodes");
        SonataNodes source = End("source_node_id").Nodes;
        (SonataNodes target, string template) = End("target_node_id");
        if (template == "virtual")
        {
            throw edges.Wrong("target_node_id", $"is the virtual population {target.Name}: nothing can arrive there");
        }

        long[] type = Array.ConvertAll(edges.NumbersOrNull("edge_type_id")?.Values ?? new double[sources.Length], v => (long)v);
        double[]? groups = edges.NumbersOrNull("edge_group_id")?.Values;
        double[]? places = edges.NumbersOrNull("edge_group_index")?.Values;
        Dictionary<(int, string), double[]?> sets = [];
        double? Value(int edge, string field)
        {
            int group = groups is null || edge >= groups.Length ? 0 : (int)groups[edge];
            if (!sets.TryGetValue((group, field), out double[]? own))
            {
                own = sets[(group, field)] = edges.GroupOrNull(group.ToString(CultureInfo.InvariantCulture))?.NumbersOrNull(field)?.Values;
            }

            int place = places is null || edge >= places.Length ? edge : (int)places[edge];
            return own is not null ? place >= 0 && place < own.Length ? own[place]
                    : throw edges.Wrong("edge_group_index", $"edge {edge} stands at {place}, and {field} has {own.Length} values")
                : double.TryParse(types.Text(type[edge], field), NumberStyles.Float, CultureInfo.InvariantCulture, out double cell) ? cell
                : null;
        }

        // The sign of a weight says which current it feeds, where there are two.
        bool currents = !template.EndsWith("iaf_psc_delta", StringComparison.Ordinal) && template != IntFire;
        string header = template == IntFire ? "pre,post,weight,delay_us\n" : "pre,post,weight_mV,delay_us\n";
        Dictionary<string, StringBuilder> tables = new(StringComparer.Ordinal);
        double worst = 0;
        for (int i = 0; i < sources.Length; i++)
        {
            if (!(sources[i] >= 0 && sources[i] < source.Size && targets[i] >= 0 && targets[i] < target.Size))
            {
                throw edges.Wrong("source_node_id", $"edge {i} leads from {Number.Text(sources[i])} to {Number.Text(targets[i])}, and"
                    + $" {source.Name} has {source.Size} nodes, {target.Name} {target.Size}");
            }

            double weight = (Value(i, "syn_weight") ?? 1) * SignOf(types.Text(type[i], "dynamics_params"));
            double delay = (Value(i, "delay") ?? 1) * 1e3;
            if (!double.IsFinite(weight) || delay is not (>= 0 and <= 1e6))
            {
                throw edges.Wrong(double.IsFinite(weight) ? ExchangeProblem.Delay : ExchangeProblem.Weight,
                    double.IsFinite(weight) ? "delay" : "syn_weight",
                    $"edge {i} has the weight {Number.Text(weight)} and the delay {Number.Text(delay / 1e3)} ms", "a delay is 0 to 1000 ms");
            }

            int post = (int)targets[i];
            double scale = !currents ? 1
                : (target.Parameter(post, "tau_m") ?? 10) / (target.Parameter(post, "C_m") ?? 250)
                    * (template.EndsWith("iaf_psc_alpha", StringComparison.Ordinal) ? Math.E : 1);
            long micros = (long)Math.Round(delay);
            worst = Math.Max(worst, Math.Abs(delay - micros));
            string receptor = !currents ? string.Empty : weight < 0 ? "inhibitory" : "excitatory";
            if (!tables.TryGetValue(receptor, out StringBuilder? table))
            {
                table = tables[receptor] = new StringBuilder(header);
            }

            table.Append(CultureInfo.InvariantCulture,
                $"{sources[i]},{post},{weight * scale * (Value(i, "nsyns") ?? 1):R},{micros}\n");
        }

        foreach ((string receptor, StringBuilder table) in tables)
        {
            string file = $"{_name}-weights/{name}{(tables.Count > 1 ? "-" + receptor : string.Empty)}.csv";
            _tables.Add(new(file, table.ToString()));
            _projections.Append(CultureInfo.InvariantCulture, $"  - {{from: {source.Name}, to: {target.Name}, "
                + $"{(receptor.Length == 0 ? string.Empty : $"receptor: {receptor}, ")}connect: {{csv: \"{file}\"}}}}\n");
        }

        Synapses += sources.Length;
        _findings.Add(new ExchangeFinding(name, "edges", worst > 1e-3 ? Fidelity.Rounded : Fidelity.Exact, $"{sources.Length} synapses"
            + (worst > 1e-3 ? $"; delays in whole us, off by at most {Number.Time(worst / 1e6)}" : string.Empty)));
    }

    private static string List(double[] values, string unit) => values.Distinct().Count() == 1 ? $"{Number.Text(values[0])} {unit}"
        : "[" + string.Join(", ", values.Select(v => $"{Number.Text(v)} {unit}")) + "]";
}
