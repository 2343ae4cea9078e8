// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Internet.Clocks;
using NeuroMCU.Recordings;

namespace NeuroMCU.Internet.Site;

/// <summary>The account of a site: each arrival that the hub sent is in exactly one of delivered, lost, dropped late, cut short and
/// unknown.</summary>
internal sealed class SiteResult
{
    /// <summary>Constant latency in µs that was chosen last; 0 where the site chose none.</summary>
    public long Delay { get; set; }

    /// <summary>How often it was changed.</summary>
    public int DelayChanges { get; set; }

    private long _outsideRun;

    /// <summary>What the device did, without its spikes; null before it has run.</summary>
    public RunRecording? Run { get; set; }

    /// <summary>Why the device's run ended, in words.</summary>
    public string? Ended { get; set; }

    /// <summary>Arrivals that were injected as a whole, those of weight 0 included, which move nothing.</summary>
    public long Delivered { get; set; }

    /// <summary>Arrivals that came later than the constant latency and were injected all the same.</summary>
    public long LateDelivered { get; set; }

    /// <summary>Arrivals that came later than the constant latency and were dropped.</summary>
    public long LateDropped { get; set; }

    /// <summary>Arrivals of which only a part found room in the device: their weight was wrong.</summary>
    public long CutShort { get; set; }

    /// <summary>Arrivals for neurons that the site does not have.</summary>
    public long Unknown { get; set; }

    /// <summary>Arrivals before the device ran, or after.</summary>
    public long OutsideRun => Interlocked.Read(ref _outsideRun);

    /// <summary>Spikes that the device sent for the hub.</summary>
    public long Spikes { get; set; }

    /// <summary>Potentials that were reported.</summary>
    public long Potentials { get; set; }

    /// <summary>From the presynaptic spike to the arrival at the site.</summary>
    public LatencyHistogram Arrival { get; } = new();

    /// <summary>From the presynaptic spike to the moment for which its arrival was injected.</summary>
    public LatencyHistogram Injection { get; } = new();

    /// <summary>Hub time in µs at which the network time of the device was 0.</summary>
    public long Started { get; set; }

    /// <summary>Counts arrivals before the device ran, or after.</summary>
    public void AddOutsideRun(long count) => Interlocked.Add(ref _outsideRun, count);
}
