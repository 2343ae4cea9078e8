// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Devices.Client;
using NeuroMCU.Protocol.Messages;

namespace NeuroMCU.Nodes.Mapping;

/// <summary>How weights become conductances.</summary>
public enum WeightCode
{
    /// <summary>Weights of one sign: the conductance above the low end.</summary>
    Direct,

    /// <summary>Weights of both signs: the conductance above the middle of the range.</summary>
    Offset,

    /// <summary>Weights of both signs: the difference of two nodes.</summary>
    Pair,
}

/// <summary>A synapse and the nodes that hold it.</summary>
/// <param name="Synapse">Its place in the list that was mapped.</param>
/// <param name="Weight">The weight that is wanted.</param>
/// <param name="Node">Its node, or the one that adds.</param>
/// <param name="Partner">The one that subtracts; null without one.</param>
/// <param name="Moved">True when it is not where its row and column cross, because the node there cannot be used.</param>
public sealed record PlacedWeight(int Synapse, double Weight, int Node, int? Partner, bool Moved);

/// <summary>
/// Weights on nodes: which node holds which synapse, what each is to be programmed to, and what weight its reading stands for. Sources are
/// rows and targets columns; rows and columns with the most usable nodes are taken first, and a synapse whose crossing cannot be used
/// goes to a free node elsewhere.
/// </summary>
public sealed class WeightMapping
{
    /// <summary>Tolerance in parts of full scale to which nodes are programmed: weights stand on the range between two nodes' ends, or
    /// on half of it, so that they are off by more than the nodes.</summary>
    public const double Tolerance = 0.01;

    // Targets keep away from the ends of the range, which are reached slowly.
    private const double Margin = 0.02;

    // A survey calls a node with less between its ends stuck or open.
    private const double LeastRange = 0.018;

    // The device keeps targets in millionths.
    private const double SameTarget = 2e-6;

    private readonly double _scale;
    private readonly double _zero;
    private readonly double _low;

    private WeightMapping(WeightCode code, double low, double high, double largest, double sign, IReadOnlyList<PlacedWeight> placed)
    {
        Code = code;
        Placed = placed;
        _low = low;
        _zero = code == WeightCode.Offset ? (low + high) / 2 : low;
        _scale = sign * largest / (high - _zero);
    }

    /// <summary>Gets how weights become conductances.</summary>
    public WeightCode Code { get; }

    /// <summary>Gets the synapses with their nodes.</summary>
    public IReadOnlyList<PlacedWeight> Placed { get; }

    /// <summary>Plans where weights go.</summary>
    /// <param name="array">The array.</param>
    /// <param name="entries">What the device knows of its nodes, after a survey; those that it found stuck or open are left out.</param>
    /// <param name="weights">The synapses: source, target, weight.</param>
    /// <param name="pairs">True to hold weights of both signs in pairs of nodes.</param>
    /// <returns>The mapping.</returns>
    /// <exception cref="ArgumentException">The array has too few usable nodes, or the weights are all 0.</exception>
    public static WeightMapping Plan(
        NodeArrayInfo array, IReadOnlyList<NodeEntry> entries, IReadOnlyList<(int Pre, int Post, double Weight)> weights, bool pairs)
    {
        ArgumentNullException.ThrowIfNull(array);
        ArgumentNullException.ThrowIfNull(entries);
        ArgumentNullException.ThrowIfNull(weights);
        NodeEntry[] usable = [.. entries.Where(e => e.Mode == NodeMode.Keeping && !e.Masked && e.High - e.Low >= LeastRange)];
        bool both = weights.Any(w => w.Weight > 0) && weights.Any(w => w.Weight < 0);
        WeightCode code = !both ? WeightCode.Direct : pairs ? WeightCode.Pair : WeightCode.Offset;
        int needed = weights.Count * (code == WeightCode.Pair ? 2 : 1);
        if (usable.Length < needed)
        {
            throw new ArgumentException($"{needed} nodes are needed, and the array has {usable.Length} that are formed, surveyed and sound",
                nameof(weights));
        }

        double largest = weights.Max(w => Math.Abs(w.Weight));
        if (largest == 0)
        {
            throw new ArgumentException("all weights are 0", nameof(weights));
        }

        double low = usable.Max(e => e.Low) + Margin;
        double high = usable.Min(e => e.High!.Value) - Margin;
        if (high - low < Margin)
        {
            throw new ArgumentException("the ranges of the nodes have nothing in common: mask the narrowest", nameof(entries));
        }

        double sign = code == WeightCode.Direct && weights.Any(w => w.Weight < 0) ? -1 : 1;
        return new WeightMapping(code, low, high, largest, sign, Place(array, usable.Select(e => e.Node).ToHashSet(), weights,
            code == WeightCode.Pair));
    }

    /// <summary>Gets what the nodes are to be programmed to.</summary>
    /// <returns>Targets in parts of full scale by node.</returns>
    public IReadOnlyDictionary<int, double?> Targets()
    {
        Dictionary<int, double?> targets = [];
        foreach (PlacedWeight placed in Placed)
        {
            double above = placed.Weight / _scale;
            targets[placed.Node] = Code == WeightCode.Pair ? _low + Math.Max(0, above) : _zero + above;
            if (placed.Partner is int partner)
            {
                targets[partner] = _low + Math.Max(0, -above);
            }
        }

        return targets;
    }

    /// <summary>Says whether an array was programmed for these weights: each of the nodes has the target that is wanted here.</summary>
    /// <param name="entries">What the device knows of its nodes.</param>
    /// <returns>False when one has another target, or none.</returns>
    public bool IsProgrammed(IReadOnlyList<NodeEntry> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        Dictionary<int, double?> held = entries.ToDictionary(e => e.Node, e => e.Target);
        return Targets().All(t => Math.Abs((held[t.Key] - t.Value) ?? double.MaxValue) <= SameTarget);
    }

    /// <summary>Gets how far realised weights are from those that are wanted.</summary>
    /// <param name="realised">Weights in the order of the list that was mapped.</param>
    /// <returns>Root of the mean square, as a part of the largest weight that is wanted.</returns>
    public double ErrorOf(IReadOnlyList<double> realised)
    {
        ArgumentNullException.ThrowIfNull(realised);
        return Math.Sqrt(Placed.Average(p => Math.Pow(realised[p.Synapse] - p.Weight, 2))) / Placed.Max(p => Math.Abs(p.Weight));
    }

    /// <summary>Gets the weight that a synapse has by what its nodes read.</summary>
    /// <param name="placed">The synapse.</param>
    /// <param name="reading">Reading of a node in parts of full scale.</param>
    /// <returns>The weight.</returns>
    public double Realised(PlacedWeight placed, Func<int, double> reading)
    {
        ArgumentNullException.ThrowIfNull(placed);
        ArgumentNullException.ThrowIfNull(reading);
        return _scale * (reading(placed.Node) - (placed.Partner is int partner ? reading(partner) : _zero));
    }

    /// <summary>Places synapses: where row and column cross, or on a free node elsewhere.</summary>
    /// <param name="usable">Nodes that can be used, at least as many as are needed.</param>
    /// <param name="pairs">True when each takes two neighbours.</param>
    /// <returns>The place of each.</returns>
    internal static IReadOnlyList<PlacedWeight> Place(
        NodeArrayInfo array, IReadOnlySet<int> usable, IReadOnlyList<(int Pre, int Post, double Weight)> weights, bool pairs)
    {
        int width = pairs ? 2 : 1;
        int[] rows = [.. Enumerable.Range(0, array.Rows).OrderByDescending(r => Enumerable.Range(0, array.Columns)
            .Count(c => usable.Contains((r * array.Columns) + c))).ThenBy(r => r)];
        int[] columns = [.. Enumerable.Range(0, array.Columns / width).OrderByDescending(g => Enumerable.Range(0, array.Rows)
            .Count(r => Enumerable.Range(0, width).All(k => usable.Contains((r * array.Columns) + (g * width) + k)))).ThenBy(g => g)];
        int[] pres = [.. weights.Select(w => w.Pre).Distinct().Order()];
        int[] posts = [.. weights.Select(w => w.Post).Distinct().Order()];
        HashSet<int> free = new(usable);
        PlacedWeight?[] placed = new PlacedWeight?[weights.Count];
        for (int k = 0; k < weights.Count; k++)
        {
            int row = Array.IndexOf(pres, weights[k].Pre);
            int column = Array.IndexOf(posts, weights[k].Post);
            if (row >= rows.Length || column >= columns.Length)
            {
                continue;
            }

            int node = (rows[row] * array.Columns) + (columns[column] * width);
            if (free.Contains(node) && (!pairs || free.Contains(node + 1)))
            {
                free.Remove(node);
                free.Remove(node + width - 1);
                placed[k] = new PlacedWeight(k, weights[k].Weight, node, pairs ? node + 1 : null, false);
            }
        }

        Queue<int> spare = new(free.Order());
        for (int k = 0; k < weights.Count; k++)
        {
            placed[k] ??= new PlacedWeight(k, weights[k].Weight, spare.Dequeue(), pairs ? spare.Dequeue() : null, true);
        }

        return [.. placed.Select(p => p!)];
    }
}
