// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.VirtualBench;

namespace nanoFramework.Hardware.Esp32;

/// <summary>The µs timer of the chip. Its events come through the event queue milliseconds late and are not modelled.</summary>
public class HighResTimer
{
    /// <summary>Gets the time since start-up.</summary>
    /// <returns>µs.</returns>
    public static ulong GetCurrent() => (ulong)Bench.Current.ReadTimer();
}
