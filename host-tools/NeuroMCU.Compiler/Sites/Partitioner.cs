// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Networks;
using NeuroMCU.Networks.Sites;

namespace NeuroMCU.Compiler.Sites;

/// <summary>
/// Spreads neurons over boards so that few spikes go over the wire: pieces of populations are laid beside what they talk to most, heaviest
/// first, then moved and exchanged as long as that makes less traffic (Kernighan and Lin, Bell Syst. Tech. J. 49, 291 (1970)). No board
/// gets more than a little above its share of work. Draws nothing: a network is always cut in the same way.
/// </summary>
internal sealed class Partitioner
{
    // Pieces per board: enough to fill boards evenly, few enough to look at all pairs.
    private const int PiecesPerBoard = 12;
    private const double MostAboveShare = 1.15;
    private const int MostRounds = 24;

    // Bytes that a neuron and a synapse take on a device, and what a spike on the way takes: what boards are filled with.
    private const double NeuronWork = 40;
    private const double SynapseWork = 8;

    private readonly Network _network;
    private readonly Activity _activity;
    private readonly int _sites;
    private readonly int _wire;
    private readonly bool _lengthens;
    private readonly List<Piece> _pieces = [];
    private readonly int[][] _pieceOf;
    private double[,] _traffic = new double[0, 0];
    private double[] _load = [];
    private double _most;

    private Partitioner(Network network, Activity activity, int sites, int wire, bool lengthens)
    {
        _network = network;
        _activity = activity;
        _sites = sites;
        _wire = wire;
        _lengthens = lengthens;
        _pieceOf = [.. network.Populations.Select(p => Enumerable.Repeat(NetworkSplitter.Everywhere, p.Size).ToArray())];
    }

    /// <summary>Places a network.</summary>
    /// <param name="network">The network; the sites that it names for populations are kept.</param>
    /// <param name="names">Names of the sites.</param>
    /// <param name="wire">Time in µs that the wire takes.</param>
    /// <param name="lengthens">Whether shorter delays may go over it.</param>
    /// <returns>The placement.</returns>
    public static Placement Place(Network network, Activity activity, IReadOnlyList<string> names, int wire, bool lengthens)
        => new Partitioner(network, activity, names.Count, wire, lengthens).Place([.. names]);

    private Placement Place(string[] names)
    {
        Cut(names);
        Join();
        _traffic = Traffic();
        _load = new double[_sites];
        double share = _pieces.Sum(p => p.Work) / _sites;
        _most = Math.Max(share * MostAboveShare, _pieces.Select(p => p.Work).DefaultIfEmpty(0).Max());
        foreach (Piece piece in _pieces.Where(p => p.Fixed))
        {
            _load[piece.Site] += piece.Work;
        }

        Grow();
        Refine();
        int[][] homes = Homes(piece => piece.Site);
        int turn = 0;
        int[] inTurn = new int[_pieces.Count];
        for (int k = 0; k < inTurn.Length; k++)
        {
            inTurn[k] = _pieces[k].Fixed ? _pieces[k].Site : turn++ % _sites;
        }

        double spikes = _network.Populations.Sum(p => homes[p.Index].Count(h => h >= 0) * _activity.Rates[p.Index]);
        (double traffic, double crossing) = Measure(homes);
        return new Placement(homes, traffic, spikes, _pieces.Where(p => !p.Fixed).Sum(p => p.Neurons))
        {
            Local = spikes > 0 ? 1 - (crossing / spikes) : 1,
            TrafficInTurn = Measure(Homes(piece => inTurn[_pieces.IndexOf(piece)])).Traffic,
        };
    }

    // Populations in pieces of neighbouring neurons: files put side by side what belongs together.
    private void Cut(string[] names)
    {
        HashSet<Population> whole = [.. Together.Of(_network).SelectMany(t => t.Populations), .. _network.Readouts.Select(r => r.Population)];
        double[][] work = Work();
        double most = work.Sum(w => w.Sum()) / (_sites * PiecesPerBoard);
        foreach (Population population in _network.Populations)
        {
            if (NetworkSplitter.FiresByItself(_network, population) && !whole.Contains(population))
            {
                continue;
            }

            int site = population.Site == null ? -1 : Array.IndexOf(names, population.Site);
            bool one = site >= 0 || whole.Contains(population) || population.Channels.Count > 0;
            Piece? piece = null;
            for (int n = 0; n < population.Size; n++)
            {
                double own = work[population.Index][n];
                if (piece == null || (!one && piece.Work + (own / 2) > most))
                {
                    piece = new Piece { Site = site, Fixed = site >= 0 };
                    _pieces.Add(piece);
                }

                piece.Work += own;
                piece.Neurons++;
                _pieceOf[population.Index][n] = _pieces.Count - 1;
            }
        }
    }

    private double[][] Work()
    {
        double[][] work = [.. _network.Populations.Select(p => Enumerable.Repeat(NeuronWork, p.Size).ToArray())];
        foreach (Projection projection in _network.Projections)
        {
            foreach (Connection c in projection.Connections)
            {
                work[projection.Target.Index][c.Post] += SynapseWork;
            }
        }

        return work;
    }

    // Pieces that cannot be parted become one: what a read-out spans, and what talks faster than the wire.
    private void Join()
    {
        int[] leader = [.. Enumerable.Range(0, _pieces.Count)];
        int Find(int k) => leader[k] == k ? k : leader[k] = Find(leader[k]);
        void Unite(int a, int b)
        {
            (a, b) = (Find(a), Find(b));
            if (a != b && !(_pieces[a].Fixed && _pieces[b].Fixed))
            {
                (int keep, int give) = _pieces[b].Fixed || (b < a && !_pieces[a].Fixed) ? (b, a) : (a, b);
                leader[give] = keep;
            }
        }

        foreach ((_, _, IReadOnlyList<Population> populations) in Together.Of(_network))
        {
            int[] all = [.. populations.SelectMany(p => _pieceOf[p.Index]).Where(k => k >= 0).Distinct()];
            Array.ForEach(all, k => Unite(all[0], k));
        }

        foreach (Projection projection in _network.Projections.Where(_ => !_lengthens))
        {
            foreach (Connection c in projection.Connections.Where(c => c.Delay < _wire))
            {
                int source = _pieceOf[projection.Source.Index][c.Pre];
                if (source >= 0)
                {
                    Unite(source, _pieceOf[projection.Target.Index][c.Post]);
                }
            }
        }

        foreach (Projection projection in _network.Projections.Where(p => p.Learning?.Modulator != null))
        {
            int[] all = [.. _pieceOf[projection.Learning!.Modulator!.Index].Concat(_pieceOf[projection.Target.Index]).Where(k => k >= 0)
                .Distinct()];
            Array.ForEach(all, k => Unite(all[0], k));
        }

        List<Piece> joined = [];
        Dictionary<int, int> number = [];
        for (int k = 0; k < _pieces.Count; k++)
        {
            int at = Find(k);
            if (!number.TryGetValue(at, out int place))
            {
                number.Add(at, place = joined.Count);
                joined.Add(new Piece { Site = _pieces[at].Site, Fixed = _pieces[at].Fixed });
            }

            joined[place].Work += _pieces[k].Work;
            joined[place].Neurons += _pieces[k].Neurons;
        }

        foreach (int[] pieces in _pieceOf)
        {
            for (int n = 0; n < pieces.Length; n++)
            {
                pieces[n] = pieces[n] < 0 ? pieces[n] : number[Find(pieces[n])];
            }
        }

        _pieces.Clear();
        _pieces.AddRange(joined);
    }

    // Spikes per second from piece to piece, both ways together: a neuron counts once for each piece that it talks to. A little for each
    // synapse, so that a network that the pilot run left silent is still cut where it is thin.
    private double[,] Traffic()
    {
        double[,] traffic = new double[_pieces.Count, _pieces.Count];
        HashSet<(int, int, int)> seen = [];
        foreach (Projection projection in _network.Projections)
        {
            double rate = _activity.Rates[projection.Source.Index];
            foreach (Connection c in projection.Connections)
            {
                int from = _pieceOf[projection.Source.Index][c.Pre];
                int to = _pieceOf[projection.Target.Index][c.Post];
                if (from < 0 || from == to)
                {
                    continue;
                }

                double weight = 1e-3 + (seen.Add((projection.Source.FirstNeuron + c.Pre, from, to)) ? rate : 0);
                weight *= c.Delay < _wire ? 4 : 1;
                traffic[from, to] += weight;
                traffic[to, from] += weight;
            }
        }

        return traffic;
    }

    private void Grow()
    {
        List<int> open = [.. Enumerable.Range(0, _pieces.Count).Where(k => !_pieces[k].Fixed)];
        while (open.Count > 0)
        {
            // The piece that is drawn most to a board with room; where nothing draws, the largest goes to the emptiest board.
            (int Piece, int Site, double Pull) best = (-1, -1, -1);
            foreach (int k in open)
            {
                double[] pull = Pull(k);
                for (int s = 0; s < _sites; s++)
                {
                    if (_load[s] + _pieces[k].Work <= _most && pull[s] > best.Pull && pull[s] > 0)
                    {
                        best = (k, s, pull[s]);
                    }
                }
            }

            int empty = Array.IndexOf(_load, _load.Min());
            bool seed = best.Piece < 0 || (_load[empty] <= 0 && open.Count > 1);
            int piece = seed ? open.MaxBy(k => _pieces[k].Work * 1e6 / (1 + Pull(k).Sum())) : best.Piece;
            int site = seed ? empty : best.Site;
            _pieces[piece].Site = site;
            _load[site] += _pieces[piece].Work;
            open.Remove(piece);
        }
    }

    private double[] Pull(int piece)
    {
        double[] pull = new double[_sites];
        for (int k = 0; k < _pieces.Count; k++)
        {
            if (k != piece && _pieces[k].Site >= 0)
            {
                pull[_pieces[k].Site] += _traffic[piece, k];
            }
        }

        return pull;
    }

    private void Refine()
    {
        int[] free = [.. Enumerable.Range(0, _pieces.Count).Where(k => !_pieces[k].Fixed)];
        for (int round = 0; round < MostRounds; round++)
        {
            bool better = false;
            double[][] pull = [.. _pieces.Select((_, k) => Pull(k))];
            void Put(int k, int site)
            {
                int old = _pieces[k].Site;
                _load[old] -= _pieces[k].Work;
                _load[site] += _pieces[k].Work;
                _pieces[k].Site = site;
                for (int other = 0; other < _pieces.Count; other++)
                {
                    pull[other][old] -= other == k ? 0 : _traffic[other, k];
                    pull[other][site] += other == k ? 0 : _traffic[other, k];
                }

                better = true;
            }

            foreach (int a in free)
            {
                int from = _pieces[a].Site;
                for (int to = 0; to < _sites; to++)
                {
                    if (pull[a][to] - pull[a][from] > 1e-9 && _load[to] + _pieces[a].Work <= _most)
                    {
                        Put(a, to);
                        from = to;
                    }
                }

                foreach (int b in free.Where(b => b > a))
                {
                    int there = _pieces[b].Site;
                    from = _pieces[a].Site;
                    if (there == from)
                    {
                        continue;
                    }

                    double gain = pull[a][there] - pull[a][from] + pull[b][from] - pull[b][there] - (2 * _traffic[a, b]);
                    double difference = _pieces[a].Work - _pieces[b].Work;
                    if (gain > 1e-9 && _load[there] + difference <= _most && _load[from] - difference <= _most)
                    {
                        Put(a, there);
                        Put(b, from);
                    }
                }
            }

            if (!better)
            {
                return;
            }
        }
    }

    private int[][] Homes(Func<Piece, int> site)
        => [.. _pieceOf.Select(pieces => Array.ConvertAll(pieces, k => k < 0 ? NetworkSplitter.Everywhere : site(_pieces[k])))];

    // Spikes per second over the wire: each goes once to every other board that has a synapse of its neuron; and those that go at all.
    private (double Traffic, double Crossing) Measure(int[][] homes)
    {
        HashSet<(int Neuron, int Site)> ways = [];
        foreach (Projection projection in _network.Projections)
        {
            int[] from = homes[projection.Source.Index];
            int[] to = homes[projection.Target.Index];
            foreach (Connection c in projection.Connections)
            {
                if (from[c.Pre] >= 0 && from[c.Pre] != to[c.Post])
                {
                    ways.Add((projection.Source.FirstNeuron + c.Pre, to[c.Post]));
                }
            }
        }

        double Rate(int neuron) => _activity.Rates[_network.PopulationOf(neuron)!.Index];
        return (ways.GroupBy(w => w.Neuron).Sum(g => g.Count() * Rate(g.Key)), ways.Select(w => w.Neuron).Distinct().Sum(Rate));
    }

    private sealed class Piece
    {
        public int Site { get; set; } = -1;

        public bool Fixed { get; init; }

        public double Work { get; set; }

        public int Neurons { get; set; }
    }
}
