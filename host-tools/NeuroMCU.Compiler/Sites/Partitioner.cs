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
    private const double MostAboveShare = 1.15;
    private const int MostRounds = 24;

    private readonly Network _network;
    private readonly Activity _activity;
    private readonly int _sites;
    private readonly int _wire;
    private readonly List<Piece> _pieces;
    private readonly int[][] _pieceOf;
    private double[,] _traffic = new double[0, 0];
    private double[] _load = [];
    private double _most;

    private Partitioner(Network network, Activity activity, string[] names, int wire, bool lengthens)
    {
        _network = network;
        _activity = activity;
        _sites = names.Length;
        _wire = wire;
        NetworkPieces cut = new(network, names, _sites, wire, lengthens);
        _pieces = cut.All;
        _pieceOf = cut.PieceOf;
    }

    /// <summary>Places a network.</summary>
    /// <param name="network">The network; the sites that it names for populations are kept.</param>
    /// <param name="names">Names of the sites.</param>
    /// <param name="wire">Time in µs that the wire takes.</param>
    /// <param name="lengthens">Whether shorter delays may go over it.</param>
    /// <returns>The placement.</returns>
    public static Placement Place(Network network, Activity activity, IReadOnlyList<string> names, int wire, bool lengthens)
        => new Partitioner(network, activity, [.. names], wire, lengthens).Place();

    private Placement Place()
    {
        _traffic = Traffic();
        _load = new double[_sites];
        double share = _pieces.Sum(p => p.Work) / _sites;
        _most = Math.Max(share * MostAboveShare, _pieces.Select(p => p.Work).DefaultIfEmpty(0).Max());
        Search();
        Number();
        int[][] homes = Homes(piece => piece.Site);
        int turn = 0;
        Dictionary<Piece, int> inTurn = _pieces.ToDictionary(p => p, p => p.Fixed ? p.Site : turn++ % _sites);

        return new Placement(homes, Measure(homes), _pieces.Where(p => !p.Fixed).Sum(p => p.Neurons))
        {
            Local = Local(homes),
            Pieces = _pieceOf,
            TrafficInTurn = Measure(Homes(piece => inTurn[piece])),
        };
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

    // From several beginnings, since each ends in a valley of its own; the cut with the least traffic is taken, the first one of equals.
    private void Search()
    {
        int[]? best = null;
        double least = double.PositiveInfinity;
        int[] free = [.. Enumerable.Range(0, _pieces.Count).Where(k => !_pieces[k].Fixed)];
        WireNets nets = Nets();
        Action[] begins = [Grow, () => Spread(k => k * _sites / Math.Max(1, _pieces.Count)), () => Spread(k => k % _sites)];
        foreach (Action begin in begins)
        {
            _pieces.Where(p => !p.Fixed).ToList().ForEach(p => p.Site = -1);
            for (int s = 0; s < _sites; s++)
            {
                _load[s] = _pieces.Where(p => p.Site == s).Sum(p => p.Work);
            }

            begin();
            Refine();
            int[] sites = [.. _pieces.Select(p => p.Site)];
            nets.Descend(sites, free, [.. _pieces.Select(p => p.Work)], _most);
            for (int k = 0; k < sites.Length; k++)
            {
                _pieces[k].Site = sites[k];
            }

            double traffic = Measure(Homes(piece => piece.Site));
            if (best is null || traffic < least - 1e-9)
            {
                (best, least) = ([.. _pieces.Select(p => p.Site)], traffic);
            }
        }

        for (int k = 0; k < _pieces.Count; k++)
        {
            _pieces[k].Site = best![k];
        }
    }

    private WireNets Nets()
    {
        Dictionary<(int Population, int Neuron), HashSet<int>> talk = [];
        foreach (Projection projection in _network.Projections)
        {
            foreach (Connection c in projection.Connections.Where(c => _pieceOf[projection.Source.Index][c.Pre] >= 0))
            {
                if (!talk.TryGetValue((projection.Source.Index, c.Pre), out HashSet<int>? pieces))
                {
                    talk.Add((projection.Source.Index, c.Pre), pieces = []);
                }

                pieces.Add(_pieceOf[projection.Target.Index][c.Post]);
            }
        }

        return WireNets.Of(talk.Select(t => (_pieceOf[t.Key.Population][t.Key.Neuron], (IEnumerable<int>)t.Value,
            _activity.Rates[t.Key.Population])), _pieces.Count, _sites);
    }

    // Each to the board that is wanted for it, or to the emptiest where that is full.
    private void Spread(Func<int, int> wanted)
    {
        for (int k = 0; k < _pieces.Count; k++)
        {
            if (!_pieces[k].Fixed)
            {
                int site = wanted(k);
                site = _load[site] + _pieces[k].Work <= _most ? site : Array.IndexOf(_load, _load.Min());
                _pieces[k].Site = site;
                _load[site] += _pieces[k].Work;
            }
        }
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

    // Moves and exchanges, the best one first even where it is for the worse, each piece once; then back to the best that was met. Again
    // as long as that helps.
    private void Refine()
    {
        int[] free = [.. Enumerable.Range(0, _pieces.Count).Where(k => !_pieces[k].Fixed)];
        for (int round = 0; round < MostRounds; round++)
        {
            int[] before = [.. _pieces.Select(p => p.Site)];
            double[][] pull = [.. _pieces.Select((_, k) => Pull(k))];
            HashSet<int> open = [.. free];
            List<(int Piece, int Site)> done = [];
            (double Sum, double Best, int Length) = (0, 0, 0);
            while (open.Count > 0 && BestStep(open, pull) is { } step)
            {
                Sum += step.Gain;
                foreach ((int piece, int site) in step.Moves)
                {
                    Put(piece, site, pull);
                    done.Add((piece, site));
                    open.Remove(piece);
                }

                (Best, Length) = Sum > Best + 1e-9 ? (Sum, done.Count) : (Best, Length);
            }

            for (int k = done.Count - 1; k >= Length; k--)
            {
                Put(done[k].Piece, before[done[k].Piece], pull);
            }

            if (Length == 0)
            {
                return;
            }
        }
    }

    private (double Gain, (int Piece, int Site)[] Moves)? BestStep(HashSet<int> open, double[][] pull)
    {
        (double Gain, (int, int)[] Moves)? best = null;
        int[] pieces = [.. open.Order()];
        foreach (int a in pieces)
        {
            int from = _pieces[a].Site;
            for (int to = 0; to < _sites; to++)
            {
                double gain = pull[a][to] - pull[a][from];
                if (to != from && (best is null || gain > best.Value.Gain + 1e-9) && _load[to] + _pieces[a].Work <= _most)
                {
                    best = (gain, [(a, to)]);
                }
            }

            foreach (int b in pieces.Where(b => b > a && _pieces[b].Site != from))
            {
                int there = _pieces[b].Site;
                double gain = pull[a][there] - pull[a][from] + pull[b][from] - pull[b][there] - (2 * _traffic[a, b]);
                double difference = _pieces[a].Work - _pieces[b].Work;
                if ((best is null || gain > best.Value.Gain + 1e-9) && _load[there] + difference <= _most
                    && _load[from] - difference <= _most)
                {
                    best = (gain, [(a, there), (b, from)]);
                }
            }
        }

        return best;
    }

    private void Put(int piece, int site, double[][] pull)
    {
        int old = _pieces[piece].Site;
        _load[old] -= _pieces[piece].Work;
        _load[site] += _pieces[piece].Work;
        _pieces[piece].Site = site;
        for (int other = 0; other < _pieces.Count; other++)
        {
            if (other != piece)
            {
                pull[other][old] -= _traffic[other, piece];
                pull[other][site] += _traffic[other, piece];
            }
        }
    }

    private int[][] Homes(Func<Piece, int> site)
        => [.. _pieceOf.Select(pieces => Array.ConvertAll(pieces, k => k < 0 ? NetworkSplitter.Everywhere : site(_pieces[k])))];

    // Boards in the order of what the file names first on them, so that a reader finds the first population on the first board.
    private void Number()
    {
        if (_pieces.Exists(p => p.Fixed))
        {
            return;
        }

        int[] order = [.. _pieceOf.SelectMany(pieces => pieces).Where(k => k >= 0).Select(k => _pieces[k].Site).Distinct()];
        _pieces.ForEach(p => p.Site = Array.IndexOf(order, p.Site));
    }

    // Spikes per second over the wire: each goes once to every other board that has a synapse of its neuron.
    private double Measure(int[][] homes)
    {
        HashSet<(int Neuron, int Site)> ways = [];
        double traffic = 0;
        foreach (Projection projection in _network.Projections)
        {
            int[] from = homes[projection.Source.Index];
            int[] to = homes[projection.Target.Index];
            foreach (Connection c in projection.Connections)
            {
                if (from[c.Pre] >= 0 && from[c.Pre] != to[c.Post] && ways.Add((projection.Source.FirstNeuron + c.Pre, to[c.Post])))
                {
                    traffic += _activity.Rates[projection.Source.Index];
                }
            }
        }

        return traffic;
    }

    private double Local(int[][] homes)
    {
        double all = 0;
        double local = 0;
        foreach (Projection projection in _network.Projections.Where(p => homes[p.Source.Index].All(h => h >= 0)))
        {
            int[] from = homes[projection.Source.Index];
            int[] to = homes[projection.Target.Index];
            double rate = _activity.Rates[projection.Source.Index];
            all += rate * projection.Connections.Count;
            local += rate * projection.Connections.Count(c => from[c.Pre] == to[c.Post]);
        }

        return all > 0 ? local / all : 1;
    }
}
