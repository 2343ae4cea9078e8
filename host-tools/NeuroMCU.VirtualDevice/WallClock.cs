// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Diagnostics;
using NeuroMCU.Core.Platform;

namespace NeuroMCU.VirtualDevice;

/// <summary>The time of hosts in other processes, which goes on however fast or slow that of a virtual device does.</summary>
internal sealed class WallClock : IClock
{
    private readonly long _begin = Stopwatch.GetTimestamp();

    /// <inheritdoc />
    public long Now => (long)Stopwatch.GetElapsedTime(_begin).TotalMicroseconds;

    /// <inheritdoc />
    public void Idle(long until)
    {
        // Nobody waits by this clock.
    }
}
