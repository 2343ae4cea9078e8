// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Networks.Sites;

/// <summary>A network in pieces that boards are filled with: runs of neighbouring neurons, joined where they cannot be parted.</summary>
internal sealed class NetworkPieces
{
    // Pieces per board: enough to fill boards evenly, few enough to look at all pairs.
    private const int PiecesPerBoard = 12;

    // Bytes that a neuron and a synapse take on a device, and what a spike on the way takes: what boards are filled with.
    private const double NeuronWork = 40;
    private const double SynapseWork = 8;

    private readonly Network _network;
    private readonly int _sites;
    private readonly int _wire;
    private readonly bool _lengthens;
    private readonly List<Piece> _pieces = [];
    private readonly int[][] _pieceOf;

    /// <summary>Cuts a network.</summary>
    /// <param name="network">The network.</param>
    /// <param name="names">Names of the sites that its populations may name; none where all of it is free.</param>
    /// <param name="sites">Number of boards.</param>
    /// <param name="wire">Time in µs that the wire takes.</param>
    /// <param name="lengthens">Whether shorter delays may go over it.</param>
    public NetworkPieces(Network network, string[] names, int sites, int wire, bool lengthens)
    {
        _network = network;
        _sites = sites;
        _wire = wire;
        _lengthens = lengthens;
        _pieceOf = [.. network.Populations.Select(p => Enumerable.Repeat(NetworkSplitter.Everywhere, p.Size).ToArray())];
        Cut(names);
        Join();
    }

    /// <summary>Gets the pieces.</summary>
    public List<Piece> All => _pieces;

    /// <summary>Gets the piece of each neuron by population; <see cref="NetworkSplitter.Everywhere" /> for sources that every board
    /// has.</summary>
    public int[][] PieceOf => _pieceOf;

    /// <summary>The part of a network that stays on one board however many there are.</summary>
    /// <param name="network">The network.</param>
    /// <param name="sites">Number of boards.</param>
    /// <returns>Its part of all neurons and synapses, by the bytes that they take; 0 to 1.</returns>
    public static double LargestShare(Network network, int sites)
    {
        List<Piece> pieces = new NetworkPieces(network, [], sites, network.Sites?.Wire ?? NetworkSites.DefaultWire,
            network.Sites?.Lengthens ?? false).All;
        return pieces.Count == 0 ? 0 : pieces.Max(p => p.Work) / pieces.Sum(p => p.Work);
    }

    // Populations in pieces of neighbouring neurons: files put side by side what belongs together.
    private void Cut(string[] names)
    {
        HashSet<Population> whole = [.. Together.Of(_network).SelectMany(t => t.Populations)];
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
}
