// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Internet.Clocks;

/// <summary>Latencies in bins that grow with them: 16 to each doubling, so that a percentile is right to 5 %.</summary>
internal sealed class LatencyHistogram
{
    private const int PerDoubling = 16;
    private readonly long[] _bins = new long[32 * PerDoubling];

    /// <summary>Latencies that were added.</summary>
    public long Count { get; private set; }

    /// <summary>Largest one in µs.</summary>
    public long Largest { get; private set; }

    /// <summary>Adds a latency. One below 0, which clocks that disagree a little bring about, counts as 0.</summary>
    /// <param name="microseconds">µs.</param>
    public void Add(long microseconds)
    {
        long value = Math.Clamp(microseconds, 0, int.MaxValue);
        _bins[Bin(value)]++;
        Count++;
        Largest = Math.Max(Largest, value);
    }

    /// <summary>Adds those of another histogram.</summary>
    public void Add(LatencyHistogram other)
    {
        for (int k = 0; k < _bins.Length; k++)
        {
            _bins[k] += other._bins[k];
        }

        Count += other.Count;
        Largest = Math.Max(Largest, other.Largest);
    }

    /// <summary>The latency that a share of all do not exceed.</summary>
    /// <param name="share">0 to 1.</param>
    /// <returns>µs, at most 5 % too large; NaN when there are none.</returns>
    public double Percentile(double share)
    {
        if (Count == 0)
        {
            return double.NaN;
        }

        long wanted = Math.Max(1, (long)Math.Ceiling(share * Count));
        int bin = 0;
        for (long sum = _bins[0]; sum < wanted; sum += _bins[bin])
        {
            bin++;
        }

        return Math.Min(UpperEdge(bin), Largest);
    }

    /// <summary>Upper edges in ms and counts from the first filled bin to the last one.</summary>
    /// <returns>Both have the same length; empty when there are none.</returns>
    public (double[] Edges, double[] Counts) Curve()
    {
        int first = Array.FindIndex(_bins, b => b > 0);
        int last = Array.FindLastIndex(_bins, b => b > 0);
        if (first < 0)
        {
            return ([], []);
        }

        double[] edges = new double[last - first + 2];
        double[] counts = new double[edges.Length];
        for (int k = 0; k < edges.Length; k++)
        {
            edges[k] = (first + k == 0 ? 0 : UpperEdge(first + k - 1)) / 1e3;
            counts[k] = _bins[Math.Min(first + k, last)];
        }

        return (edges, counts);
    }

    private static int Bin(long value) => value < 1 ? 0 : (int)Math.Min((31 * PerDoubling) + PerDoubling - 1,
        Math.Floor(Math.Log2(value) * PerDoubling) + 1);

    private static double UpperEdge(int bin) => Math.Pow(2, (double)bin / PerDoubling);
}
