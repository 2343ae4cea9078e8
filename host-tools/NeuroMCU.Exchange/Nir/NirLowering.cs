// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using System.Text;

namespace NeuroMCU.Exchange.Nir;

/// <summary>Turns a NIR graph into populations and projections: chains of linear nodes become synapses.</summary>
internal sealed class NirLowering
{
    private const int MostNeurons = 4096;
    private const int MostSynapses = 1_000_000;

    private readonly NirGraph _graph;
    private readonly NirOptions _options;
    private readonly Dictionary<string, NirPopulation> _populations = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<Course>> _courses = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int[]> _shapes = new(StringComparer.Ordinal);
    private readonly HashSet<string> _open = new(StringComparer.Ordinal);
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly List<NirProjection> _projections = [];
    private readonly List<ExchangeFinding> _findings = [];
    private double _worstDelay;

    private NirLowering(NirGraph graph, NirOptions options)
    {
        _graph = graph;
        _options = options;
        Timing = NirTiming.Of(graph, options.Step, options.Decay);
    }

    /// <summary>The graph.</summary>
    public NirGraph Graph => _graph;

    /// <summary>Step and decay.</summary>
    public NirTiming Timing { get; }

    /// <summary>Populations: inputs first.</summary>
    public IReadOnlyList<NirPopulation> Populations => [.. _populations.Values];

    /// <summary>Projections.</summary>
    public IReadOnlyList<NirProjection> Projections => _projections;

    /// <summary>What became of each node.</summary>
    public IReadOnlyList<ExchangeFinding> Findings => _findings;

    /// <summary>Reads a graph.</summary>
    /// <exception cref="ExchangeException">It holds what cannot be run; says which node.</exception>
    public static NirLowering Of(NirGraph graph, NirOptions options)
    {
        NirLowering lowering = new(graph, options);
        lowering.Run();
        return lowering;
    }

    private void Run()
    {
        // Before the populations, which would be too large as well: what a convolution would unfold to says more.
        foreach (NirNode node in _graph.Nodes.Where(n => n.Type is "Conv1d" or "Conv2d" or "SumPool2d" or "AvgPool2d"))
        {
            Convolution.Check(_graph, node, _graph.Into(node).Select(ShapeOf).FirstOrDefault(s => s.Length > 0) ?? []);
        }

        foreach (NirNode node in _graph.Nodes.Where(IsSource))
        {
            int size = node.Size;
            CheckSize(node, size);
            _populations.Add(node.Name, new NirPopulation { Node = node, Name = NameOf(node), Size = size });
            Say(node, Fidelity.Exact, string.Create(CultureInfo.InvariantCulture, $"{size} inputs: they fire as spikes of value 1"));
        }

        // Names and sizes first: loops go through neurons that are not made yet.
        foreach (NirNode node in _graph.Nodes.Where(n => n.IsNeuron))
        {
            CheckSize(node, SizeOf(node));
            _populations.Add(node.Name, new NirPopulation { Node = node, Name = NameOf(node), Size = SizeOf(node) });
        }

        foreach (NirNode node in _graph.Nodes.Where(n => n.IsNeuron))
        {
            Connect(node);
        }

        foreach (NirNode node in _graph.Nodes.Where(n => n.Type == "Output" && IsTop(n)))
        {
            ReadOut(node);
        }

        foreach (NirNode node in _graph.Nodes.Where(n => !n.IsNeuron && !IsSource(n) && n.Type is not "Output"))
        {
            Describe(node);
        }
    }

    private static bool IsTop(NirNode node) => !node.Name.Contains('/', StringComparison.Ordinal);

    private static bool IsSource(NirNode node) => node.Type == "Input" && IsTop(node);

    // A neuron node of one value may stand for as many as arrive.
    private int SizeOf(NirNode node)
    {
        if (node.Size > 1)
        {
            return node.Size;
        }

        int[] arriving = [.. _graph.Into(node).Where(n => !n.IsNeuron).Select(n => LinearMap.Size(ShapeOf(n))).Where(s => s > 1)];
        return arriving.Length > 0 ? arriving[0] : 1;
    }

    private void CheckSize(NirNode node, int size)
    {
        if (size > MostNeurons)
        {
            throw new ExchangeException(ExchangeProblem.TooBig, _graph.File, node.Name,
                $"{node.Type} has {LinearMap.CountText(size)} neurons, and a population at most {LinearMap.CountText(MostNeurons)}",
                "use a smaller layer, or split it before the export");
        }
    }

    private int[] ShapeOf(NirNode node)
    {
        if (_shapes.TryGetValue(node.Name, out int[]? known))
        {
            return known;
        }

        if (!_open.Add(node.Name))
        {
            return [];
        }

        int[] Arriving() => _graph.Into(node).Select(ShapeOf).FirstOrDefault(s => s.Length > 0) ?? [];
        int[] shape = node.Type switch
        {
            "Input" when IsTop(node) => Array.ConvertAll(node.Fields["shape"].Values, v => (int)v),
            "Linear" or "Affine" => [node.Fields["weight"].Shape[0]],
            "Flatten" => [LinearMap.Size(Arriving())],
            "Scale" when node.Fields["scale"].Values.Length > 1 => node.Fields["scale"].Shape,
            "Conv1d" => [.. Convolution.OutputShape(_graph, node, Arriving()).Where((_, d) => d != 1)],
            "Conv2d" or "SumPool2d" or "AvgPool2d" => Convolution.OutputShape(_graph, node, Arriving()),
            _ when node.IsNeuron && node.Size > 1 => Shaped(node),
            _ => Arriving(),
        };
        _open.Remove(node.Name);
        return _shapes[node.Name] = shape;
    }

    private static int[] Shaped(NirNode node) =>
        node.Fields.Values.Where(f => f.Values.Length == node.Size).Select(f => f.Shape).First();

    // What comes out of a node, as synapses from populations, and a constant.
    private List<Course> CoursesOf(NirNode node)
    {
        if (IsSource(node) || node.IsNeuron)
        {
            if (node.IsNeuron && !node.Fires)
            {
                throw new ExchangeException(ExchangeProblem.Network, _graph.File, node.Name,
                    $"{node.Type} does not fire, and its value goes on to {string.Join(", ", _graph.From(node).Select(n => n.Name))}:"
                    + " a value cannot travel as a spike", "let it go to the Output only, or put a LIF behind it");
            }

            NirPopulation population = _populations[node.Name];
            return [new Course(population, SynapseSet.Identity(population.Size), [], [])];
        }

        if (_courses.TryGetValue(node.Name, out List<Course>? known))
        {
            return known;
        }

        if (!_open.Add(node.Name))
        {
            throw new ExchangeException(ExchangeProblem.Network, _graph.File, node.Name,
                $"is part of a loop in which nothing takes time ({string.Join(" -> ", _open)})", "put a neuron or a Delay into the loop");
        }

        List<Course> inside = Sum(node, _graph.Into(node));
        LinearMap map = LinearMap.Of(_graph, node, ShapeOf(_graph.Into(node).FirstOrDefault() ?? node));
        List<Course> outside = [.. inside.Select(course => Apply(node, map, course))];
        if (map.Bias.Any(b => b != 0))
        {
            outside.Add(new Course(null, new SynapseSet(), map.Bias, [node.Name]));
        }

        _open.Remove(node.Name);
        return _courses[node.Name] = outside;
    }

    private List<Course> Sum(NirNode node, IEnumerable<NirNode> sources)
    {
        List<Course> all = [.. sources.SelectMany(CoursesOf)];
        return [.. all.Where(c => c.Source is not null).GroupBy(c => c.Source!.Node.Name).Select(Joined),
            .. all.Where(c => c.Source is null)];

        Course Joined(IGrouping<string, Course> group)
        {
            SynapseSet set = new();
            foreach (Course course in group)
            {
                set.AddAll(course.Synapses);
            }

            Limit(node, set.Count);
            return new Course(group.First().Source, set, [], [.. group.SelectMany(c => c.Through).Distinct()])
            {
                Outputs = group.Max(c => c.Outputs),
            };
        }
    }

    private Course Apply(NirNode node, LinearMap map, Course course)
    {
        int width = course.Width;
        if (map.Inputs > 0 && width > map.Inputs)
        {
            throw new ExchangeException(ExchangeProblem.Network, _graph.File, node.Name,
                $"{node.Type} is made for {map.Inputs} values, and {width} arrive"
                + (course.Source is null ? string.Empty : $" from {course.Source.Node.Name}"), "check the shapes where it was exported");
        }

        if (course.Source is not null && map.Inputs > 0 && course.Exact && width != map.Inputs)
        {
            throw new ExchangeException(ExchangeProblem.Network, _graph.File, node.Name,
                $"{node.Type} is made for {map.Inputs} values, and {width} arrive from {course.Source.Node.Name}",
                "check the shapes where it was exported");
        }

        if (map.Entries is null)
        {
            SynapseSet moved = new();
            foreach ((int post, int pre, int delay, double weight) in course.Synapses.Entries)
            {
                moved.Add(post, pre, delay + Micros(map, post), weight);
            }

            return course with { Synapses = moved, Through = [.. course.Through, node.Name] };
        }

        if (course.Source is null)
        {
            double[] constant = new double[map.Outputs == 0 ? width : map.Outputs];
            foreach ((int post, int pre, double weight) in map.Entries)
            {
                constant[post] += pre < course.Constant.Length ? weight * course.Constant[pre] : 0;
            }

            return course with { Constant = constant };
        }

        ILookup<int, (int Pre, int Delay, double Weight)> byPost =
            course.Synapses.Entries.ToLookup(e => e.Post, e => (e.Pre, e.Delay, e.Weight));
        SynapseSet product = new();
        foreach ((int post, int middle, double weight) in map.Entries)
        {
            if (weight == 0)
            {
                continue;
            }

            foreach ((int pre, int delay, double first) in byPost[middle])
            {
                product.Add(post, pre, delay, weight * first);
            }

            Limit(node, product.Count);
        }

        return new Course(course.Source, product, [], [.. course.Through, node.Name]) { Outputs = map.Outputs };
    }

    private int Micros(LinearMap map, int value)
    {
        double delay = map.Delays.Length == 0 ? 0 : map.Delays.Length == 1 ? map.Delays[0] : map.Delays[value];
        int micros = (int)Math.Round(delay * 1e6);
        _worstDelay = Math.Max(_worstDelay, Math.Abs(delay - micros / 1e6));
        return micros;
    }

    private void Limit(NirNode node, int count)
    {
        if (count > MostSynapses)
        {
            throw new ExchangeException(ExchangeProblem.TooBig, _graph.File, node.Name,
                $"{node.Type} brings the network to more than {LinearMap.CountText(MostSynapses)} synapses in one projection",
                "a microcontroller holds about 20 000: use smaller layers");
        }
    }

    private void Connect(NirNode node)
    {
        NirPopulation bare = _populations[node.Name];
        List<Course> arriving = Sum(node, _graph.Into(node));
        double[] bias = new double[bare.Size];
        List<(NirPopulation Source, Course Course)> synapses = [];
        foreach (Course course in arriving)
        {
            if (course.Width > bare.Size || (course.Exact && course.Source is not null && course.Width != bare.Size))
            {
                throw new ExchangeException(ExchangeProblem.Network, _graph.File, node.Name,
                    $"{node.Type} has {bare.Size} neurons, and {course.Width} values arrive"
                    + (course.Source is null ? string.Empty : $" from {course.Source.Node.Name}"),
                    "check the shapes where it was exported");
            }

            for (int i = 0; i < course.Constant.Length; i++)
            {
                bias[i] += course.Constant[i];
            }

            if (course.Source is { } source)
            {
                synapses.Add((source, course));
            }
        }

        NirPopulation made = Make(bare, bias);
        _populations[node.Name] = made;
        double[] volley = new double[made.Size];
        foreach ((NirPopulation source, Course course) in synapses)
        {
            (int Post, int Pre, int Delay, double Weight)[] list = [.. course.Synapses.Entries.Where(e => e.Weight != 0)
                .OrderBy(e => e.Pre).ThenBy(e => e.Post).ThenBy(e => e.Delay)];
            foreach ((int post, int _, int _, double weight) in list)
            {
                volley[post] += Math.Abs(weight);
            }

            if (list.Length > 0)
            {
                _projections.Add(new NirProjection(source, made, course.Through, list));
            }
        }

        made.LargestVolley = volley.Length == 0 ? 0 : volley.Max();
        for (int p = 0; p < _projections.Count; p++)
        {
            _projections[p] = _projections[p] with
            {
                Source = _populations[_projections[p].Source.Node.Name],
                Target = _populations[_projections[p].Target.Node.Name],
            };
        }

        DescribeNeurons(made, bias);
    }

    private NirPopulation Make(NirPopulation bare, double[] bias)
    {
        NirNode node = bare.Node;
        double dt = Timing.Step / 1e6;
        double[] Each(Func<int, double> value) => [.. Enumerable.Range(0, bare.Size).Select(value)];
        double Share(double tau) => Timing.Decay == NirDecay.Euler ? dt / tau : 1 - Math.Exp(-dt / tau);
        double Gain(double tau) => Timing.Decay == NirDecay.Exact && !Timing.InsideGain ? Share(tau) : dt / tau;
        string membrane = bare.HasCurrent ? "tau_mem" : "tau";
        bool leaks = node.Type is "LIF" or "LI" or "CubaLIF" or "CubaLI";
        double[] k = Each(i => leaks ? Share(node.At(membrane, i)) : node.Type == "Threshold" ? 1 : 0);
        double[] g = Each(i => leaks ? node.At("r", i) * Gain(node.At(membrane, i))
            : node.Type == "Threshold" ? 1 : CountsWhole(node) ? node.At("r", i) : node.At("r", i) * dt);
        double[] gs = bare.HasCurrent ? Each(i => node.At("w_in", i, 1) * Gain(node.At("tau_syn", i))) : [];
        string threshold = node.Type == "Threshold" ? "threshold" : "v_threshold";
        return new NirPopulation
        {
            Node = node,
            Name = bare.Name,
            Size = bare.Size,
            K = k,
            G = g,
            C = Each(i => k[i] * (leaks ? node.At("v_leak", i) : 0) + (bare.HasCurrent ? 0 : g[i] * bias[i])),
            Ks = bare.HasCurrent ? Each(i => Share(node.At("tau_syn", i))) : [],
            Gs = gs,
            Cs = bare.HasCurrent ? Each(i => gs[i] * bias[i]) : [],
            Threshold = node.Fires ? Each(i => node.At(threshold, i)) : [],
            Reset = node.Fires ? Each(i => node.At("v_reset", i)) : [],
            Start = Each(i => StartOf(node, i)),
        };
    }

    // NIR does not say where a membrane starts: at rest, unless it would fire there.
    private static double StartOf(NirNode node, int i) =>
        node.Type == "Threshold" || node.At("v_leak", i) < node.At("v_threshold", i, double.PositiveInfinity)
            ? node.At("v_leak", i) : node.At("v_reset", i);

    // Programs without time in their neurons, such as Sinabs, write r = 1 and mean that a spike adds its weight.
    private static bool CountsWhole(NirNode node) => node.Type is "IF" or "I" && node.Fields["r"].Values.All(r => r == 1);

    private void DescribeNeurons(NirPopulation p, double[] bias)
    {
        NirNode node = p.Node;
        List<string> words = [];
        Fidelity fidelity = Fidelity.Exact;
        if (node.Type is "LIF" or "LI" or "CubaLIF" or "CubaLI")
        {
            words.Add($"{(Timing.Decay == NirDecay.Euler ? "Euler" : "exact")} decay, {Number.Short(p.K.Min())}"
                + (p.K.Max() > p.K.Min() ? $" to {Number.Short(p.K.Max())}" : string.Empty) + " of the distance to rest per step");
        }

        if (CountsWhole(node))
        {
            fidelity = Fidelity.Approximated;
            words.Add("r = 1 is taken as programs without time mean it: a spike adds its weight (not weight times dt)");
        }

        if (node.Fires)
        {
            words.Add(node.Type == "Threshold" ? "fires in each step in which its input is above the threshold"
                : _options.SubtractReset ? "a spike takes threshold − v_reset off the membrane"
                : "a spike sets the membrane to v_reset"
                + (node.Fields.ContainsKey("v_reset") ? string.Empty
                    : ", which the file does not have: 0 (--reset subtract for the other)"));
        }
        else
        {
            words.Add("does not fire: its membrane is recorded");
        }

        if (bias.Any(b => b != 0))
        {
            words.Add("bias as a constant current");
        }

        if (node.Fields.TryGetValue("v_leak", out Hdf.HdfArray? leak) && leak.Values.Any(v => v != 0))
        {
            words.Add("the membrane starts at v_leak" + (p.Start.SequenceEqual(p.Reset) ? ", or at v_reset where it would fire there"
                : string.Empty));
        }

        Say(node, fidelity, string.Create(CultureInfo.InvariantCulture, $"{p.Size} neurons, {string.Join("; ", words)}"));
    }

    private void ReadOut(NirNode node)
    {
        NirNode[] sources = [.. Unwrapped(node)];
        foreach (NirNode bare in sources.Where(n => !n.IsNeuron))
        {
            throw new ExchangeException(ExchangeProblem.Network, _graph.File, node.Name,
                $"{bare.Type} '{bare.Name}' goes to the Output without a neuron: there is no membrane to record",
                "put a LI or LIF in front of the Output before the export");
        }

        Say(node, Fidelity.Exact, "shows " + string.Join(", ", sources.Select(s => _populations[s.Name].Name)));
    }

    // What goes into a node, through the ends of sub-graphs.
    private IEnumerable<NirNode> Unwrapped(NirNode node) =>
        _graph.Into(node).SelectMany(n => n.Type is "Output" or "Input" && !IsTop(n) ? Unwrapped(n) : [n]);

    private void Describe(NirNode node)
    {
        if (node.Type == "Delay")
        {
            Say(node, _worstDelay > 0 ? Fidelity.Rounded : Fidelity.Exact,
                $"delay of the synapses in whole us, off by at most {Number.Time(_worstDelay)}");
            return;
        }

        Say(node, Fidelity.Exact, node.Type switch
        {
            "Flatten" => "numbers its inputs row by row",
            "Input" or "Output" => "end of a sub-graph",
            "Conv1d" or "Conv2d" or "SumPool2d" or "AvgPool2d" => "unfolded into single synapses",
            _ => "part of the synapses below",
        });
    }

    private void Say(NirNode node, Fidelity fidelity, string text)
        => _findings.Add(new ExchangeFinding(node.Name, node.Type, fidelity, text));

    private string NameOf(NirNode node)
    {
        StringBuilder name = new();
        foreach (char c in node.Name)
        {
            name.Append(char.IsAsciiLetterOrDigit(c) || c is '_' or '-' ? c : '_');
        }

        if (name.Length == 0 || !(char.IsAsciiLetter(name[0]) || name[0] == '_'))
        {
            name.Insert(0, 'n');
        }

        string bare = name.ToString()[..Math.Min(40, name.Length)];
        string unique = bare;
        for (int i = 2; !_names.Add(unique); i++)
        {
            unique = bare + "_" + i.ToString(CultureInfo.InvariantCulture);
        }

        return unique;
    }

    // Synapses from one population, or a constant where there is none.
    private sealed record Course(NirPopulation? Source, SynapseSet Synapses, double[] Constant, IReadOnlyList<string> Through)
    {
        // Number of values that come out, where a node with a number of its own has made them.
        public int Outputs { get; init; }

        public bool Exact => Outputs > 0 || Through.Count == 0;

        public int Width => Source is null ? Constant.Length
            : Outputs > 0 ? Outputs : Synapses.Count == 0 ? 0 : Synapses.Entries.Max(e => e.Post) + 1;
    }
}
