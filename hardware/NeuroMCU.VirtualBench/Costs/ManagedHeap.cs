// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.VirtualBench.Costs;

/// <summary>
/// The garbage that calls of the platform leave on the device's heap. When it has used up what is free, the device collects: everything
/// stops while each object that lives and each piece of garbage is looked at.
/// </summary>
/// <remarks>
/// Reckoned, not seen on a board: how many bytes a call leaves was measured on nanoCLR on a PC, and how
/// long a look at an object lasts is scaled from there. Where a look costs nothing nothing is collected.
/// </remarks>
public sealed class ManagedHeap
{
    private readonly long _look;
    private long _used;
    private long _pieces;

    internal ManagedHeap(long look, long free)
    {
        _look = look;
        FreeBytes = free;
    }

    /// <summary>Gets or sets the bytes that are free after a collection; less than one is taken as one.</summary>
    public long FreeBytes { get; set; }

    /// <summary>Gets or sets the objects that live: the firmware's, some 1200 on the shipped boards.</summary>
    public int LivingObjects { get; set; } = 1200;

    /// <summary>Gets the bytes that were left on the heap since start-up.</summary>
    public long AllocatedBytes { get; private set; }

    /// <summary>Gets the number of collections since start-up.</summary>
    public long Collections { get; private set; }

    /// <summary>Gets the time in ns that all collections have taken.</summary>
    public long PausedNanoseconds { get; private set; }

    /// <summary>Gets the longest of them in ns.</summary>
    public long LongestNanoseconds { get; private set; }

    /// <summary>Leaves garbage on the heap.</summary>
    /// <returns>Time in ns of the collection that became due; 0 when there is room yet.</returns>
    internal long Leave(int pieces, int bytes)
    {
        AllocatedBytes += bytes;
        _used += bytes;
        _pieces += pieces;
        long free = Math.Max(1, FreeBytes);
        if (_look == 0 || _used < free)
        {
            return 0;
        }

        long pause = (LivingObjects + _pieces) * _look;
        _used %= free;
        _pieces = 0;
        Collections++;
        PausedNanoseconds += pause;
        LongestNanoseconds = Math.Max(LongestNanoseconds, pause);
        return pause;
    }
}
