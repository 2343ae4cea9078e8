// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.VirtualBench.Circuits;

/// <summary>A stretch of time over which a circuit obeyed one law.</summary>
internal interface IStretch
{
    /// <summary>Gets the time in s at which it began.</summary>
    double Start { get; }
}

/// <summary>The last 4096 stretches of a circuit, so that a buffer of samples can be filled after the fact.</summary>
/// <typeparam name="TStretch">What is kept of a stretch.</typeparam>
internal sealed class History<TStretch>
    where TStretch : struct, IStretch
{
    private const int Capacity = 4096;

    private readonly TStretch[] _stretches = new TStretch[Capacity];
    private long _count;

    /// <summary>Adds the stretch that has just ended.</summary>
    /// <param name="stretch">The stretch.</param>
    public void Add(in TStretch stretch)
    {
        _stretches[_count & (Capacity - 1)] = stretch;
        _count++;
    }

    /// <summary>Finds the stretch in which a time lies.</summary>
    /// <param name="time">Time in s, before the start of the present stretch.</param>
    /// <param name="stretch">The stretch; the oldest one that is kept for a time before that.</param>
    /// <returns>False when nothing is kept.</returns>
    public bool Find(double time, out TStretch stretch)
    {
        long low = Math.Max(0, _count - Capacity);
        long high = _count - 1;
        stretch = default;
        if (high < low)
        {
            return false;
        }

        while (low < high)
        {
            long middle = (low + high + 1) / 2;
            if (_stretches[middle & (Capacity - 1)].Start <= time)
            {
                low = middle;
            }
            else
            {
                high = middle - 1;
            }
        }

        stretch = _stretches[low & (Capacity - 1)];
        return true;
    }
}
