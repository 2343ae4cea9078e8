// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Internet.Rules;

/// <summary>The last spikes of a neuron.</summary>
/// <param name="capacity">How many are kept, 1 or more.</param>
internal sealed class SpikeHistory(int capacity)
{
    private readonly long[] _times = new long[capacity];
    private int _next;

    /// <summary>Spikes that are kept.</summary>
    public int Count { get; private set; }

    /// <summary>Adds a spike; the one that was added first makes room.</summary>
    /// <param name="time">Time in µs.</param>
    public void Add(long time)
    {
        _times[_next] = time;
        _next = (_next + 1) % _times.Length;
        Count = Math.Min(Count + 1, _times.Length);
    }

    /// <summary>Counts the kept spikes of a window that ends at a time: later than its beginning, not later than its end.</summary>
    /// <param name="end">End of the window in µs.</param>
    /// <param name="window">Its length in µs.</param>
    /// <returns>How many.</returns>
    public int CountWithin(long end, long window)
    {
        int count = 0;
        for (int k = 0; k < Count; k++)
        {
            long age = end - _times[k];
            count += age >= 0 && age < window ? 1 : 0;
        }

        return count;
    }
}
