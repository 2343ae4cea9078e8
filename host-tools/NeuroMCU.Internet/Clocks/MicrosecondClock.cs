// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Diagnostics;

namespace NeuroMCU.Internet.Clocks;

/// <summary>Microseconds since it was made; never goes back, whatever happens to the time of day.</summary>
internal sealed class MicrosecondClock
{
    private readonly long _start = Stopwatch.GetTimestamp();

    /// <summary>Time in µs.</summary>
    public long Now => (Stopwatch.GetTimestamp() - _start) / (Stopwatch.Frequency / 1_000_000);
}
