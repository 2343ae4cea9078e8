// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.VirtualBench;

namespace nanoFramework.Runtime.Native;

/// <summary>The device's garbage collector.</summary>
public static class GC
{
    /// <summary>Collects; the bench's heap is always empty.</summary>
    /// <param name="compactHeap">Whether to compact.</param>
    /// <returns>Free bytes.</returns>
    public static uint Run(bool compactHeap) => (uint)Bench.Current.HeapBytes;
}
