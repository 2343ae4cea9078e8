// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Compiler.Sites;

/// <summary>
/// What goes over the wire, counted as it is paid for: a spike goes once to each other board that has any synapse of its neuron, however
/// many these are. Neurons of a piece that talk to the same pieces are counted together.
/// </summary>
internal sealed class WireNets
{
    // Above so many pieces only moves are tried: exchanges are as many as pairs of pieces.
    private const int MostForExchanges = 128;
    private const int MostRounds = 12;
    private const double Least = 1e-9;

    private readonly int[] _source;
    private readonly int[][] _targets;
    private readonly double[] _rate;
    private readonly int[][] _of;
    private readonly int[,] _count;
    private readonly int[] _sites;
    private readonly int _boards;

    private WireNets(IReadOnlyList<(int Source, int[] Targets, double Rate)> nets, int pieces, int boards)
    {
        _source = [.. nets.Select(n => n.Source)];
        _targets = [.. nets.Select(n => n.Targets)];
        _rate = [.. nets.Select(n => n.Rate)];
        _boards = boards;
        _count = new int[nets.Count, boards];
        _sites = new int[pieces];
        List<int>[] of = [.. Enumerable.Range(0, pieces).Select(_ => new List<int>())];
        for (int n = 0; n < nets.Count; n++)
        {
            foreach (int piece in nets[n].Targets.Append(nets[n].Source).Distinct())
            {
                of[piece].Add(n);
            }
        }

        _of = [.. of.Select(o => o.ToArray())];
    }

    /// <summary>Counts what talks to what.</summary>
    /// <param name="neurons">Of each neuron: its piece, the pieces that it talks to, and its rate in spikes per second.</param>
    /// <param name="pieces">Number of pieces.</param>
    /// <param name="boards">Number of boards.</param>
    /// <returns>The counts.</returns>
    public static WireNets Of(IEnumerable<(int Source, IEnumerable<int> Targets, double Rate)> neurons, int pieces, int boards)
        => new([.. neurons.Select(n => (n.Source, Targets: n.Targets.Where(t => t != n.Source).Distinct().Order().ToArray(), n.Rate))
            .Where(n => n.Targets.Length > 0)
            .GroupBy(n => (n.Source, string.Join(' ', n.Targets))).Select(g => (g.Key.Source, g.First().Targets, g.Sum(n => n.Rate)))],
            pieces, boards);

    /// <summary>Moves and exchanges pieces as long as each makes less traffic.</summary>
    /// <param name="sites">Site of each piece, which is changed.</param>
    /// <param name="free">Pieces that may be moved.</param>
    /// <param name="work">Work of each piece.</param>
    /// <param name="most">Most work of a board.</param>
    public void Descend(int[] sites, IReadOnlyList<int> free, IReadOnlyList<double> work, double most)
    {
        double[] load = new double[_boards];
        Begin(sites);
        for (int k = 0; k < sites.Length; k++)
        {
            load[sites[k]] += work[k];
        }

        bool better = true;
        for (int round = 0; round < MostRounds && better; round++)
        {
            better = false;
            foreach (int a in free)
            {
                for (int to = 0; to < _boards; to++)
                {
                    int from = _sites[a];
                    if (to != from && load[to] + work[a] <= most && Gain(a, to) > Least)
                    {
                        Put(a, to);
                        (load[from], load[to], better) = (load[from] - work[a], load[to] + work[a], true);
                    }
                }

                foreach (int b in free.Where(b => b > a && sites.Length <= MostForExchanges))
                {
                    (int here, int there) = (_sites[a], _sites[b]);
                    double difference = work[a] - work[b];
                    if (here == there || load[there] + difference > most || load[here] - difference > most)
                    {
                        continue;
                    }

                    double gain = Gain(a, there);
                    Put(a, there);
                    gain += Gain(b, here);
                    if (gain > Least)
                    {
                        Put(b, here);
                        (load[here], load[there], better) = (load[here] - difference, load[there] + difference, true);
                    }
                    else
                    {
                        Put(a, here);
                    }
                }
            }
        }

        _sites.CopyTo(sites, 0);
    }

    private void Begin(int[] sites)
    {
        sites.CopyTo(_sites, 0);
        Array.Clear(_count);
        for (int n = 0; n < _rate.Length; n++)
        {
            foreach (int target in _targets[n])
            {
                _count[n, sites[target]]++;
            }
        }
    }

    private double Gain(int piece, int to)
    {
        int from = _sites[piece];
        double gain = 0;
        foreach (int n in _of[piece])
        {
            int source = _sites[_source[n]];
            if (_source[n] == piece)
            {
                // What is on its new board needs no wire, what it leaves does. A neuron's own piece is none of its targets.
                gain += _rate[n] * ((_count[n, to] > 0 ? 1 : 0) - (_count[n, from] > 0 ? 1 : 0));
                continue;
            }

            gain += _rate[n] * ((_count[n, from] == 1 && from != source ? 1 : 0) - (_count[n, to] == 0 && to != source ? 1 : 0));
        }

        return gain;
    }

    private void Put(int piece, int to)
    {
        int from = _sites[piece];
        foreach (int n in _of[piece].Where(n => _source[n] != piece))
        {
            _count[n, from]--;
            _count[n, to]++;
        }

        _sites[piece] = to;
    }
}
