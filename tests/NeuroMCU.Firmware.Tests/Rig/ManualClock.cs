// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Platform;

namespace NeuroMCU.Firmware.Tests.Rig;

/// <summary>A clock that stands still until the test moves it or the firmware idles.</summary>
internal sealed class ManualClock : IClock
{
    private long _now;

    /// <summary>What each look at the clock costs in µs: the way to make turns slow.</summary>
    public long CostOfLooking { get; set; }

    public long Now
    {
        get => _now += CostOfLooking;
        set => _now = value;
    }

    public void Idle(long until)
    {
        if (until > _now)
        {
            _now = until;
        }
    }
}
