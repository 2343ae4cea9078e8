// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Exchange.Nir;

/// <summary>What goes from the neurons of one node to the values of another: a sparse matrix, with a delay for each entry.</summary>
internal sealed class SynapseSet
{
    private readonly Dictionary<(int Post, int Pre, int Delay), double> _weights = [];

    /// <summary>Entries: target, source, delay in µs, weight.</summary>
    public IEnumerable<(int Post, int Pre, int Delay, double Weight)> Entries =>
        _weights.Select(w => (w.Key.Post, w.Key.Pre, w.Key.Delay, w.Value));

    /// <summary>Number of entries.</summary>
    public int Count => _weights.Count;

    /// <summary>Each value as it is.</summary>
    public static SynapseSet Identity(int size)
    {
        SynapseSet set = new();
        for (int i = 0; i < size; i++)
        {
            set.Add(i, i, 0, 1);
        }

        return set;
    }

    /// <summary>Adds a weight; several between the same two with the same delay add up.</summary>
    public void Add(int post, int pre, int delay, double weight)
    {
        (int, int, int) key = (post, pre, delay);
        _weights[key] = _weights.GetValueOrDefault(key) + weight;
    }

    /// <summary>Sum of two sets.</summary>
    public void AddAll(SynapseSet other)
    {
        foreach ((int post, int pre, int delay, double weight) in other.Entries)
        {
            Add(post, pre, delay, weight);
        }
    }
}
