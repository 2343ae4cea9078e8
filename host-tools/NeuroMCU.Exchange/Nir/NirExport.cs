// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Networks;
using PureHDF;

namespace NeuroMCU.Exchange.Nir;

/// <summary>A network file as a NIR file.</summary>
public sealed class NirExport
{
    /// <summary>Version of NIR that the file is written in.</summary>
    public const string Version = "1.0.7";

    /// <summary>What the metadata of a graph name as its writer.</summary>
    internal const string Writer = "NeuroMCU";

    private const int MostDelays = 64;
    private const string ExactEnd = "-exact";

    private readonly Network _network;
    private readonly H5Group _nodes = [];
    private readonly List<string> _edges = [];
    private readonly List<ExchangeFinding> _findings = [];
    private readonly Dictionary<Population, double[]> _biases = [];
    private readonly NirDecay _decay;

    private NirExport(Network network)
    {
        _network = network;
        _decay = network.Populations.Any(p => IsImported(p) && !p.ModelName!.EndsWith(ExactEnd, StringComparison.Ordinal))
            ? NirDecay.Euler : NirDecay.Exact;
    }

    /// <summary>What became of each population and projection.</summary>
    public IReadOnlyList<ExchangeFinding> Findings => _findings;

    /// <summary>Writes a network.</summary>
    /// <param name="network">The network.</param>
    /// <param name="stream">Where to.</param>
    /// <returns>The report.</returns>
    /// <exception cref="ExchangeException">It holds what NIR has no node for; nothing was written.</exception>
    public static IReadOnlyList<ExchangeFinding> Write(Network network, Stream stream)
    {
        NirExport export = new(network);
        H5File file = export.Build();
        using MemoryStream whole = new();
        file.Write(whole);
        whole.Position = 0;
        whole.CopyTo(stream);
        return export.Findings;
    }

    private H5File Build()
    {
        foreach (Population population in _network.Populations)
        {
            Add(population);
        }

        foreach (Projection projection in _network.Projections)
        {
            Add(projection);
        }

        foreach ((Population population, double[] bias) in _biases)
        {
            AddBiasAlone(population, bias);
        }

        foreach (Population last in _network.Populations.Where(p => !p.IsSource
            && _network.Projections.All(q => q.Source != p || q.Target == p)))
        {
            string output = "output" + (_nodes.ContainsKey("output") ? "_" + last.Name : string.Empty);
            Put(output, "Output", ("shape", new long[] { last.Size }));
            Edge(last.Name, output);
        }

        if (_network.StoredSpikes.Count > 0 || _network.PoissonInputs.Count > 0 || _network.Drives.Count > 0 || _network.Sound is not null)
        {
            _findings.Add(new ExchangeFinding("inputs", "inputs", Fidelity.Approximated, "are no part of a NIR graph: left out"));
        }

        H5Group graph = new()
        {
            ["type"] = "NIRGraph",
            ["nodes"] = _nodes,
            ["edges"] = new H5Dataset(_edges.ToArray(), fileDims: [(ulong)_edges.Count / 2, 2]),
            ["metadata"] = new H5Group
            {
                ["name"] = _network.Name,
                ["dt"] = _network.Step / 1e6,
                ["decay"] = _decay == NirDecay.Exact ? "exact" : "euler",
                ["writer"] = Writer,
            },
        };
        return new H5File { ["version"] = Version, ["node"] = graph };
    }

    private void Add(Population population)
    {
        double dt = _network.Step / 1e6;
        if (population.IsSource)
        {
            Put(population.Name, "Input", ("shape", new long[] { population.Size }));
            _findings.Add(new ExchangeFinding(population.Name, "Input", Fidelity.Exact, $"{population.Size} inputs"));
        }
        else if (population.Lif is { } lif)
        {
            AddLif(population, lif, dt);
        }
        else if (IsImported(population))
        {
            AddImported(population, population.ModelName!, dt);
        }
        else
        {
            throw Refused(population.Name, $"has the model {population.ModelName ?? (population.IsCircuit ? "of a circuit" : "unknown")},"
                + " for which NIR has no node",
                "NIR knows leaky integrate-and-fire neurons: 'model: lif', or what 'neuromcu import' writes");
        }
    }

    private static bool IsImported(Population population) =>
        population.ModelName is { } model && model.StartsWith(NirNetworkText.ModelPrefix, StringComparison.Ordinal);

    private void AddLif(Population population, LifNeurons lif, double dt)
    {
        double[] Each(Func<int, double> value) => [.. Enumerable.Range(0, population.Size).Select(value)];
        List<string> words = [];
        Fidelity fidelity = Fidelity.Exact;
        void Lost(bool is_, string what)
        {
            if (is_)
            {
                fidelity = Fidelity.Approximated;
                words.Add(what);
            }
        }

        Lost(Each(lif.Refractory.At).Any(r => r > 0), "NIR has no refractory period: left out");
        Lost(Each(lif.Floor.At).Any(double.IsFinite), "NIR has no floor: left out");
        Lost(lif.ResetBy == ResetRule.Subtraction, "NIR does not say how a spike resets: written as a reset to v_reset");
        Lost(population.Update != UpdateScheme.Clocked && lif.Synapse == SynapseShape.Delta,
            "NIR has steps, this population fires between them");
        Lost(Enumerable.Range(0, population.Size).Any(i => lif.Initial.At(i) != lif.Rest + lif.Bias.At(i)),
            "NIR does not say where a membrane starts: it will start at its rest, bias included");
        Lost(lif.Synapse != SynapseShape.Delta, "NIR steps current and membrane one after the other, here they are solved together");
        Lost(_decay == NirDecay.Euler, "the network has layers with Euler steps, and a file one kind of decay: Euler here too");
        double[] threshold = Each(lif.Threshold.At);
        double[] reset = Each(lif.Reset.At);
        double[] leak = Each(i => lif.Rest + lif.Bias.At(i));
        if (lif.Synapse == SynapseShape.Delta)
        {
            Put(population.Name, "LIF", ("tau", Each(i => lif.Tau.At(i) / 1e6)), ("r", Each(i => lif.Tau.At(i) / 1e6 / dt)),
                ("v_leak", leak), ("v_threshold", threshold), ("v_reset", reset));
        }
        else
        {
            if (lif.TauExcitatory != lif.TauInhibitory)
            {
                throw Refused(population.Name,
                    $"has currents of {Number.Time(lif.TauExcitatory / 1e6)} and {Number.Time(lif.TauInhibitory / 1e6)},"
                    + " and CubaLIF has one", "make tau_excitatory and tau_inhibitory the same");
            }

            double tau = lif.TauExcitatory / 1e6;
            Put(population.Name, "CubaLIF", ("tau_syn", Each(_ => tau)), ("tau_mem", Each(i => lif.Tau.At(i) / 1e6)), ("r", Each(_ => 1)),
                ("v_leak", leak), ("v_threshold", threshold), ("v_reset", reset), ("w_in", Each(_ => tau / dt)));
        }

        words.Insert(0,
            $"{population.Size} neurons, in {(population.MembraneUnit == "1" ? "units of the file" : population.MembraneUnit)}");
        _findings.Add(new ExchangeFinding(population.Name, lif.Synapse == SynapseShape.Delta ? "LIF" : "CubaLIF", fidelity,
            string.Join("; ", words)));
    }

    private void AddImported(Population population, string model, double dt)
    {
        double[] Values(string name)
        {
            double[] values = population.Equations!.Values(name);
            return values.Length == 1 && population.Size > 1 ? [.. Enumerable.Repeat(values[0], population.Size)] : values;
        }

        string type = model[NirNetworkText.ModelPrefix.Length..].Replace(ExactEnd, string.Empty, StringComparison.Ordinal);
        double[] Taus(string name) => Array.ConvertAll(Values(name), k => _decay == NirDecay.Exact ? -dt / Math.Log(1 - k) : dt / k);
        double[] Gains(string gain, string share) => [.. Values(gain).Zip(Taus(share), (g, tau) => g * tau / dt)];
        double[] Over(double[] a, double[] b) => [.. a.Zip(b, (x, y) => y == 0 ? 0 : x / y)];
        switch (type)
        {
            case "lif":
                Put(population.Name, "LIF", ("tau", Taus("k")), ("r", Gains("g", "k")), ("v_leak", Leaks(population, Values)),
                    ("v_threshold", Values("v_threshold")), ("v_reset", Values("v_reset")));
                break;
            case "li":
                Put(population.Name, "LI", ("tau", Taus("k")), ("r", Gains("g", "k")), ("v_leak", Leaks(population, Values)));
                break;
            case "if":
                Put(population.Name, "IF", ("r", IfResistance(Values("g"), dt)), ("v_threshold", Values("v_threshold")),
                    ("v_reset", Values("v_reset")));
                Bias(population, Over(Values("c"), Values("g")));
                break;
            case "i":
                Put(population.Name, "I", ("r", IfResistance(Values("g"), dt)));
                Bias(population, Over(Values("c"), Values("g")));
                break;
            case "threshold":
                Put(population.Name, "Threshold", ("threshold", Values("v_threshold")));
                Bias(population, Values("c"));
                break;
            case "cubalif" or "cubali":
                (string, Array)[] fields = [("tau_syn", Taus("ks")), ("tau_mem", Taus("k")), ("r", Gains("g", "k")),
                    ("v_leak", Over(Values("c"), Values("k"))), ("w_in", Gains("gs", "ks"))];
                Put(population.Name, type == "cubalif" ? "CubaLIF" : "CubaLI", type == "cubalif"
                    ? [.. fields, ("v_threshold", Values("v_threshold")), ("v_reset", Values("v_reset"))] : fields);
                Bias(population, Over(Values("cs"), Values("gs")));
                break;
            default:
                throw Refused(population.Name, $"has the model {model}, for which NIR has no node", "import it again");
        }

        _findings.Add(new ExchangeFinding(population.Name, type, Fidelity.Exact, $"{population.Size} neurons"));
    }

    // What a step adds by itself is rest and bias together. The membrane starts at rest, unless it would fire there: that parts them.
    private double[] Leaks(Population population, Func<string, double[]> values)
    {
        double[] k = values("k");
        double[] c = values("c");
        double[] g = values("g");
        double[] start = values("v_start");
        bool fires = population.Equations!.Model.Parameters.Any(p => p.Name == "v_threshold");
        double[] leaks = new double[population.Size];
        double[] bias = new double[population.Size];
        for (int i = 0; i < leaks.Length; i++)
        {
            double sum = c[i] / k[i];
            double expected = fires && sum >= values("v_threshold")[i] ? values("v_reset")[i] : sum;
            bool same = Math.Abs(expected - start[i]) <= 1e-9 * Math.Max(1, Math.Abs(expected));
            leaks[i] = same || g[i] == 0 ? sum : start[i];
            bias[i] = same || g[i] == 0 ? 0 : (c[i] - k[i] * start[i]) / g[i];
        }

        Bias(population, bias);
        return leaks;
    }

    // r = 1 means whole weights, as the import reads it; anything else is per second.
    private static double[] IfResistance(double[] gains, double dt) => gains.All(g => g == 1) ? gains
        : Array.ConvertAll(gains, g => g / dt);

    private void Bias(Population population, double[] bias)
    {
        if (bias.Any(b => b != 0))
        {
            _biases[population] = bias;
        }
    }

    // A bias stands in an Affine node: one whose weights are zero, where no synapses come.
    private void AddBiasAlone(Population population, double[] bias)
    {
        string source = _network.Populations.FirstOrDefault(p => p.IsSource)?.Name ?? population.Name + "_input";
        int width = _network.Populations.FirstOrDefault(p => p.IsSource)?.Size ?? 1;
        if (!_nodes.ContainsKey(source))
        {
            Put(source, "Input", ("shape", new long[] { width }));
        }

        string name = population.Name + "_bias";
        H5Dataset zeros = new(new double[population.Size * width], fileDims: [(ulong)population.Size, (ulong)width]);
        Put(name, "Affine", ("weight", zeros), ("bias", bias));
        Edge(source, name);
        Edge(name, population.Name);
    }

    private void Add(Projection projection)
    {
        if (projection.Learning is not null)
        {
            _findings.Add(new ExchangeFinding(projection.Name, "learning", Fidelity.Approximated,
                "NIR has no learning: the weights are written"));
        }

        Population source = projection.Source;
        Population target = projection.Target;
        IGrouping<int, Connection>[] delays = [.. projection.Connections.GroupBy(c => c.Delay).OrderBy(g => g.Key)];
        if (delays.Length > MostDelays)
        {
            throw Refused(projection.Name, $"has {delays.Length} different delays, and a NIR Delay has one for each neuron",
                $"use at most {MostDelays} different delays, or one for each source");
        }

        foreach (IGrouping<int, Connection> group in delays)
        {
            double[] weights = new double[source.Size * target.Size];
            foreach (Connection c in group)
            {
                weights[c.Post * source.Size + c.Pre] += c.Weight;
            }

            string bare = $"{source.Name}_{target.Name}";
            string name = bare;
            for (int i = 2; _nodes.ContainsKey(name); i++)
            {
                name = $"{bare}_{i}";
            }

            H5Dataset matrix = new(weights, fileDims: [(ulong)target.Size, (ulong)source.Size]);
            if (_biases.Remove(target, out double[]? bias))
            {
                Put(name, "Affine", ("weight", matrix), ("bias", bias));
            }
            else
            {
                Put(name, "Linear", ("weight", matrix));
            }

            string from = source.Name;
            if (group.Key > 0)
            {
                string delay = name + "_delay";
                Put(delay, "Delay", ("delay", Enumerable.Repeat(group.Key / 1e6, source.Size).ToArray()));
                Edge(from, delay);
                from = delay;
                _findings.Add(new ExchangeFinding(delay, "Delay", Fidelity.Exact,
                    $"{Number.Time(group.Key / 1e6)}; most programs refuse Delay nodes"));
            }

            Edge(from, name);
            Edge(name, target.Name);
        }

        _findings.Add(new ExchangeFinding(projection.Name, "weights", Fidelity.Exact,
            LinearMap.CountText(projection.Connections.Count) + " synapses as a full matrix, the file's weights in 64 bits"));
    }

    private void Edge(string source, string target) => _edges.AddRange([source, target]);

    private void Put(string name, string type, params (string Name, object Value)[] fields)
    {
        H5Group node = new() { ["type"] = type };
        foreach ((string field, object value) in fields)
        {
            node[field] = value;
        }

        _nodes[name] = node;
    }

    private void Put(string name, string type, params (string Name, Array Value)[] fields) =>
        Put(name, type, [.. fields.Select(f => (f.Name, (object)f.Value))]);

    private ExchangeException Refused(string place, string what, string next) =>
        new(ExchangeProblem.Network, _network.File, place, what, next);
}
