// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Diagnostics;

namespace NeuroMCU.Internet.Clocks;

/// <summary>Microseconds since it was made; never goes back, whatever happens to the time of day.</summary>
/// <param name="simulated">Says what time it is in the place of the machine; null for the machine.</param>
internal sealed class MicrosecondClock(Func<long>? simulated = null)
{
    private readonly long _start = Stopwatch.GetTimestamp();

    /// <summary>Time in µs.</summary>
    public long Now => simulated?.Invoke() ?? ((Stopwatch.GetTimestamp() - _start) / (Stopwatch.Frequency / 1_000_000));
}
