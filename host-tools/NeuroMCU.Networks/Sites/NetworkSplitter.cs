// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;

namespace NeuroMCU.Networks.Sites;

/// <summary>
/// Makes a network for each board out of one for all of them. A synapse lives where its target is, with its weight, its learning and what
/// the wire leaves of its delay; a neuron on another board is stood in for by an input neuron, which fires when its spike comes over the
/// wire. Input neurons that fire by themselves do so on every board that hears them.
/// </summary>
internal sealed class NetworkSplitter
{
    /// <summary>Site of source neurons that fire by themselves wherever they are heard.</summary>
    public const int Everywhere = -1;

    private readonly Network _whole;
    private readonly IReadOnlyList<NetworkSite> _sites;
    private readonly IReadOnlyList<int[]> _homes;
    private readonly int _wire;
    private readonly bool _lengthens;
    private readonly List<Diagnostic> _errors = [];
    private readonly bool[][][] _used;
    private readonly int[][] _owners;
    private int _crossing;
    private int _lengthened;
    private int _mostLengthened;

    private NetworkSplitter(Network whole, IReadOnlyList<NetworkSite> sites, IReadOnlyList<int[]> homes, int wire, bool lengthens)
    {
        _whole = whole;
        _sites = sites;
        _homes = homes;
        _wire = wire;
        _lengthens = lengthens;
        _used = [.. sites.Select(_ => whole.Populations.Select(p => new bool[p.Size]).ToArray())];
        _owners = [.. homes.Select(h => (int[])h.Clone())];
    }

    /// <summary>Splits a network.</summary>
    /// <param name="whole">The network.</param>
    /// <param name="sites">The boards.</param>
    /// <param name="homes">By population and neuron, the number of its site, or <see cref="Everywhere" />.</param>
    /// <param name="wire">Time in µs that the wire takes.</param>
    /// <param name="lengthens">Whether delays over the wire that are shorter become as long; else they are errors.</param>
    /// <returns>The parts.</returns>
    /// <exception cref="NetworkFileException">Something has to be on one board and is not, or a delay is shorter than the wire.</exception>
    public static NetworkSplit Split(Network whole, IReadOnlyList<NetworkSite> sites, IReadOnlyList<int[]> homes, int wire, bool lengthens)
        => new NetworkSplitter(whole, sites, homes, wire, lengthens).Split();

    /// <summary>Whether the neurons of a source population fire by themselves: nothing but the file tells them when.</summary>
    /// <returns>False for neurons, and for what microphones drive.</returns>
    public static bool FiresByItself(Network network, Population population) => population.IsSource && population.Site == null
        && !(network.Hearing is { } ears && (ReferenceEquals(ears.Left, population) || ReferenceEquals(ears.Right, population)));

    private NetworkSplit Split()
    {
        foreach (Projection projection in _whole.Projections)
        {
            Note(projection);
        }

        foreach (int[] owners in _owners.Where(o => o.Contains(Everywhere)))
        {
            int population = Array.IndexOf(_owners, owners);
            for (int n = 0; n < owners.Length; n++)
            {
                // Each is recorded once: on the first board that hears it.
                owners[n] = owners[n] != Everywhere ? owners[n]
                    : Math.Max(0, Array.FindIndex(_used, site => site[population][n]));
            }
        }

        CheckBeside();
        if (_errors.Count > 0)
        {
            throw new NetworkFileException(_errors) { File = _whole.File };
        }

        PartMaker[] makers = [.. _sites.Select((_, s) => new PartMaker(this, s))];
        IReadOnlyList<Crossing>?[][] crossings = [.. makers.Select(m => new IReadOnlyList<Crossing>?[m.Part.Network.NeuronCount])];
        for (int to = 0; to < makers.Length; to++)
        {
            foreach (PartPopulation remote in makers[to].Part.Populations.Where(p => p.Role == PartRole.Remote))
            {
                for (int k = 0; k < remote.Members.Length; k++)
                {
                    int neuron = makers[remote.From].NeuronOf(remote.Whole.Index, remote.Members[k]);
                    List<Crossing> ways = (List<Crossing>)(crossings[remote.From][neuron] ??= new List<Crossing>());
                    ways.Add(new Crossing(to, remote.Population.FirstNeuron + k));

                    // What the host is to forward, the device has to send.
                    makers[remote.From].Part.Network.PopulationOf(neuron)!.Recorded = true;
                }
            }
        }

        return new NetworkSplit(_whole, [.. makers.Select(m => m.Part)], _wire, crossings)
        {
            CrossingSynapses = _crossing,
            LengthenedSynapses = _lengthened,
            MostLengthened = _mostLengthened,
        };
    }

    // Which source neurons each board hears, and whether the wire is fast enough for it.
    private void Note(Projection projection)
    {
        int[] sources = _homes[projection.Source.Index];
        int[] targets = _homes[projection.Target.Index];
        int shortest = int.MaxValue;
        (int From, int To) where = default;
        foreach (Connection c in projection.Connections)
        {
            int to = targets[c.Post];
            _used[to][projection.Source.Index][c.Pre] = true;
            int from = sources[c.Pre];
            if (from == Everywhere || from == to)
            {
                continue;
            }

            _crossing++;
            if (c.Delay < _wire)
            {
                _lengthened++;
                _mostLengthened = Math.Max(_mostLengthened, _wire - c.Delay);
            }

            if (c.Delay < shortest)
            {
                shortest = c.Delay;
                where = (from, to);
            }
        }

        if (shortest < _wire && !_lengthens)
        {
            _errors.Add(Diagnostic.At(
                projection.Location,
                string.Create(CultureInfo.InvariantCulture,
                    $"`{projection.Name}` has a delay of {shortest / 1e3:0.###} ms from `{_sites[where.From].Name}` to `{_sites[where.To].Name}`, and the wire takes {_wire / 1e3:0.###} ms"),
                "put both populations on one site, write longer delays, a shorter `wire: {delay: ...}` if the boards keep it, or `wire: {short: lengthen}`",
                DiagnosticKind.Delay));
        }

        if (projection.Learning?.Modulator is { } modulator)
        {
            int[] sites = [.. projection.Connections.Select(c => targets[c.Post]).Distinct()];
            foreach (int site in sites)
            {
                if (_homes[modulator.Index].Any(h => h != Everywhere && h != site))
                {
                    _errors.Add(Diagnostic.At(
                        projection.Learning.Location,
                        $"`{projection.Name}` learns on `{_sites[site].Name}`, and its modulator `{modulator.Name}` is on another site",
                        "a modulator acts at the moment that it fires: put it on the site of the projection's target"));
                    break;
                }

                Array.Fill(_used[site][modulator.Index], true);
            }
        }
    }

    // What reads or drives several populations at once has them on one board.
    private void CheckBeside()
    {
        foreach ((SourceLocation location, string what, IReadOnlyList<Population> populations) in Together.Of(_whole))
        {
            int[] sites = [.. populations.SelectMany(p => _owners[p.Index]).Distinct()];
            if (sites.Length > 1)
            {
                _errors.Add(Diagnostic.At(location, $"{what} needs neurons of `{_sites[sites[0]].Name}` and of `{_sites[sites[1]].Name}`",
                    "put them on one site: " + string.Join(", ", populations.Select(p => p.Name))));
            }
        }
    }

    // Makes the network of one board.
    private sealed class PartMaker
    {
        private readonly NetworkSplitter _of;
        private readonly Network _whole;
        private readonly int _site;
        private readonly List<PartPopulation> _populations = [];
        private readonly List<Projection> _projections = [];
        private readonly (int Part, int Index)[][] _places;
        private int _neurons;

        public PartMaker(NetworkSplitter of, int site)
        {
            _of = of;
            _whole = of._whole;
            _site = site;
            _places = [.. _whole.Populations.Select(p => Enumerable.Repeat((-1, 0), p.Size).ToArray())];
            foreach (Population population in _whole.Populations)
            {
                AddPopulations(population);
            }

            foreach (Projection projection in _whole.Projections)
            {
                AddProjections(projection);
            }

            (int Number, TraceRequest Trace)[] traces = [.. _whole.Traces.Select((t, k) => (k, t))
                .Where(t => IsHome(t.t.Population, t.t.Neuron)).Select(t => (t.k, Trace(t.t)))];
            (int Number, Readout Readout)[] readouts = [.. _whole.Readouts.Select((r, k) => (k, r)).Where(r => IsHome(r.r.Population, 0))
                .Select(r => (r.k, r.r.On(Home)))];
            bool hears = _whole.Hearing is { } ears && IsHome(ears.Left, 0);
            Network network = _whole with
            {
                Name = _whole.Name + "@" + of._sites[site].Name,
                Populations = [.. _populations.Select(p => p.Population)],
                Projections = _projections,
                StoredSpikes = [.. Stored()],
                SpikeInputs = [],
                PoissonInputs = [.. _whole.PoissonInputs.SelectMany(Poisson)],
                Drives = [.. _whole.Drives.SelectMany(Drive)],
                Sound = hears ? _whole.Sound : null,
                Hearing = hears ? _whole.Hearing!.On(Home) : null,
                Traces = [.. traces.Select(t => t.Trace)],
                Readouts = [.. readouts.Select(r => r.Readout)],
                Outputs = [.. _whole.Outputs.Where(o => IsHome((o.Population ?? o.Readout?.Population)!, o.Neuron)).Select(o =>
                    Output(o, readouts))],
                Sites = null,
                Warnings = [],
            };
            Part = new NetworkPart(of._sites[site], network, _populations, [.. traces.Select(t => t.Number)],
                [.. readouts.Select(r => r.Number)]);
        }

        public NetworkPart Part { get; }

        public int NeuronOf(int population, int member)
        {
            (int part, int index) = _places[population][member];
            return _populations[part].Population.FirstNeuron + index;
        }

        private void AddPopulations(Population whole)
        {
            int[] homes = _of._homes[whole.Index];
            int[] owners = _of._owners[whole.Index];
            bool[] used = _of._used[_site][whole.Index];
            Add(whole, whole.Name, PartRole.Home, _site, n => owners[n] == _site);
            Add(whole, whole.Name + "@copy", PartRole.Copy, _site, n => used[n] && owners[n] != _site && homes[n] == Everywhere);
            for (int from = 0; from < _of._sites.Count; from++)
            {
                if (from != _site)
                {
                    Add(whole, whole.Name + "@" + _of._sites[from].Name, PartRole.Remote, from, n => used[n] && homes[n] == from);
                }
            }
        }

        private void Add(Population whole, string name, PartRole role, int from, Predicate<int> belongs)
        {
            int[] members = [.. Enumerable.Range(0, whole.Size).Where(n => belongs(n))];
            if (members.Length == 0)
            {
                return;
            }

            for (int k = 0; k < members.Length; k++)
            {
                _places[whole.Index][members[k]] = (_populations.Count, k);
            }

            _populations.Add(PartPopulation.Of(whole, name, _populations.Count, _neurons, members, role, from));
            _neurons += members.Length;
        }

        private void AddProjections(Projection whole)
        {
            int[] targets = _of._homes[whole.Target.Index];
            foreach (IGrouping<int, int> group in Enumerable.Range(0, whole.Connections.Count)
                .Where(k => targets[whole.Connections[k].Post] == _site)
                .GroupBy(k => _places[whole.Source.Index][whole.Connections[k].Pre].Part).OrderBy(g => g.Key))
            {
                PartPopulation source = _populations[group.Key];
                int wire = source.Role == PartRole.Remote ? _of._wire : 0;
                _projections.Add(whole with
                {
                    Name = source.Role == PartRole.Home ? whole.Name : whole.Name + source.Population.Name[source.Whole.Name.Length..],
                    Index = _projections.Count,
                    Source = source.Population,
                    Target = Home(whole.Target),
                    Learning = whole.Learning is { Modulator: { } modulator } learning ? learning with { Modulator = Any(modulator) }
                        : whole.Learning,
                    Connections = [.. group.Select(k => whole.Connections[k]).Select(c => new Connection(
                        _places[whole.Source.Index][c.Pre].Index, _places[whole.Target.Index][c.Post].Index, c.Weight,
                        Math.Max(0, c.Delay - wire)))],
                    Whole = whole,
                    Places = [.. group],
                });
            }
        }

        private bool IsHome(Population whole, int neuron) => _of._owners[whole.Index][neuron] == _site;

        private Population Home(Population whole)
            => _populations.First(p => ReferenceEquals(p.Whole, whole) && p.Role == PartRole.Home).Population;

        private Population Any(Population whole) => _populations.First(p => ReferenceEquals(p.Whole, whole)).Population;

        // The place of a neuron that lives here, or that fires here by itself.
        private (Population Population, int Index)? Own(Population whole, int neuron)
        {
            (int part, int index) = _places[whole.Index][neuron];
            return part < 0 || _populations[part].Role == PartRole.Remote ? null : (_populations[part].Population, index);
        }

        private IEnumerable<StoredSpike> Stored()
        {
            foreach (StoredSpike spike in _whole.StoredSpikes)
            {
                Population population = _whole.PopulationOf(spike.Neuron)!;
                if (Own(population, spike.Neuron - population.FirstNeuron) is { } place)
                {
                    yield return spike with { Neuron = place.Population.FirstNeuron + place.Index };
                }
            }
        }

        // Neurons that lie side by side in the whole and in the part stay one input.
        private IEnumerable<(Population Population, int First, int Offset, int Count)> Runs(Population whole, int first, int count)
        {
            (Population Population, int First, int Offset, int Count)? run = null;
            for (int k = 0; k < count; k++)
            {
                if (Own(whole, first + k) is not { } place)
                {
                    continue;
                }

                if (run is { } r && ReferenceEquals(r.Population, place.Population) && r.First + r.Count == place.Index
                    && r.Offset + r.Count == k)
                {
                    run = r with { Count = r.Count + 1 };
                    continue;
                }

                if (run is { } done)
                {
                    yield return done;
                }

                run = (place.Population, place.Index, k, 1);
            }

            if (run is { } last)
            {
                yield return last;
            }
        }

        private IEnumerable<PoissonInput> Poisson(PoissonInput whole) => Runs(whole.Population, whole.First, whole.Count).Select(r =>
            new PoissonInput
            {
                Population = r.Population,
                First = r.First,
                Count = r.Count,
                Rate = whole.Rate,
                MeanInterval = whole.MeanInterval,
                Seed = unchecked(whole.Seed + (uint)r.Offset),
                Start = whole.Start,
                Stop = whole.Stop,
                Location = whole.Location,
            });

        private IEnumerable<DriveInput> Drive(DriveInput whole) => Runs(whole.Population, whole.First, whole.Count).Select(r =>
            new DriveInput
            {
                Population = r.Population,
                First = r.First,
                Count = r.Count,
                Amplitude = whole.Amplitude,
                Start = whole.Start,
                Stop = whole.Stop,
                Location = whole.Location,
            });

        private TraceRequest Trace(TraceRequest whole)
        {
            Population population = Home(whole.Population);
            TraceRequest trace = whole with { Population = population, Neuron = _places[whole.Population.Index][whole.Neuron].Index };
            if (whole.Projection == null)
            {
                return trace;
            }

            (int part, int pre) = _places[whole.Projection.Source.Index][whole.Pre];
            return trace with
            {
                Pre = pre,
                Projection = _projections.First(p => ReferenceEquals(p.Whole, whole.Projection)
                    && ReferenceEquals(p.Source, _populations[part].Population)),
            };
        }

        private OutputBinding Output(OutputBinding whole, (int Number, Readout Readout)[] readouts) => new()
        {
            Readout = whole.Readout == null ? null : readouts.First(r => ReferenceEquals(_whole.Readouts[r.Number], whole.Readout)).Readout,
            Population = whole.Population == null ? null : Home(whole.Population),
            Neuron = whole.Population == null ? 0 : _places[whole.Population.Index][whole.Neuron].Index,
            Output = whole.Output,
            From = whole.From,
            To = whole.To,
            PulseWidth = whole.PulseWidth,
            Location = whole.Location,
        };
    }
}
