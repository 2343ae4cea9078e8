// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.VirtualBench;

namespace nanoFramework.Hardware.Esp32;

/// <summary>Memory of the chip.</summary>
public class NativeMemory
{
    /// <summary>Kind of memory.</summary>
    public enum MemoryType
    {
        /// <summary>Both.</summary>
        All,

        /// <summary>On the chip.</summary>
        Internal,

        /// <summary>PSRAM.</summary>
        SpiRam,
    }

    /// <summary>Gets sizes; the bench reports its heap as one free block.</summary>
    /// <param name="memType">Kind of memory.</param>
    /// <param name="totalSize">Bytes.</param>
    /// <param name="totalFreeSize">Free bytes.</param>
    /// <param name="largestFreeBlock">Bytes of the largest free block.</param>
    public static void GetMemoryInfo(MemoryType memType, out uint totalSize, out uint totalFreeSize, out uint largestFreeBlock)
    {
        totalSize = memType == MemoryType.SpiRam ? 0 : (uint)Bench.Current.HeapBytes;
        totalFreeSize = totalSize;
        largestFreeBlock = totalSize;
    }
}
