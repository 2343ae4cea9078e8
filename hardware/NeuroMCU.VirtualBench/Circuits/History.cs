// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.VirtualBench.Circuits;

/// <summary>A segment of time over which a circuit obeyed one law.</summary>
internal interface ISegment
{
    /// <summary>Gets the time in s at which it began.</summary>
    double Start { get; }
}

/// <summary>The last 4096 segments of a circuit, so that a buffer of samples can be filled after the fact.</summary>
/// <typeparam name="TSegment">What is kept of a segment.</typeparam>
internal sealed class History<TSegment>
    where TSegment : struct, ISegment
{
    private const int Capacity = 4096;

    private readonly TSegment[] _segments = new TSegment[Capacity];
    private long _count;

    /// <summary>Adds the segment that has just ended.</summary>
    public void Add(in TSegment segment)
    {
        _segments[_count & (Capacity - 1)] = segment;
        _count++;
    }

    /// <summary>Finds the segment in which a time lies.</summary>
    /// <param name="time">Time in s, before the start of the present segment.</param>
    /// <param name="segment">The segment; the oldest one that is kept for a time before that.</param>
    /// <returns>False when nothing is kept.</returns>
    public bool Find(double time, out TSegment segment)
    {
        long low = Math.Max(0, _count - Capacity);
        long high = _count - 1;
        segment = default;
        if (high < low)
        {
            return false;
        }

        while (low < high)
        {
            long middle = (low + high + 1) / 2;
            if (_segments[middle & (Capacity - 1)].Start <= time)
            {
                low = middle;
            }
            else
            {
                high = middle - 1;
            }
        }

        segment = _segments[low & (Capacity - 1)];
        return true;
    }
}
