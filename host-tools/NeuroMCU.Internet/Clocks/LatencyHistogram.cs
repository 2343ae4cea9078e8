// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Numerics;

namespace NeuroMCU.Internet.Clocks;

/// <summary>Latencies in bins that grow with them: 16 to each doubling, so that a percentile is right to 5 %.</summary>
internal sealed class LatencyHistogram
{
    private const int PerDoubling = 16;
    private static readonly long[] s_least = [0, .. Enumerable.Range(0, 32 * PerDoubling).Select(k => (long)Math.Ceiling(UpperEdge(k)))];
    private readonly long[] _bins = new long[32 * PerDoubling];

    /// <summary>Latencies that were added.</summary>
    public long Count { get; private set; }

    /// <summary>Largest one in µs.</summary>
    public long Largest { get; private set; }

    /// <summary>Adds a latency. One below 0, which clocks that disagree a little bring about, counts as 0.</summary>
    /// <param name="microseconds">µs.</param>
    /// <param name="times">How many had it.</param>
    public void Add(long microseconds, int times = 1)
    {
        long value = Math.Clamp(microseconds, 0, int.MaxValue);
        _bins[Bin(value)] += times;
        Count += times;
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

    // A straight line instead of the logarithm is never too high and at most two bins too low; a hub asks for each spike.
    private static int Bin(long value)
    {
        if (value < 1)
        {
            return 0;
        }

        int doublings = BitOperations.Log2((ulong)value);
        int bin = (doublings * PerDoubling) + 1 + (int)(((value - (1L << doublings)) * PerDoubling) >> doublings);
        while (s_least[bin + 1] <= value)
        {
            bin++;
        }

        return bin;
    }

    private static double UpperEdge(int bin) => Math.Pow(2, (double)bin / PerDoubling);
}
