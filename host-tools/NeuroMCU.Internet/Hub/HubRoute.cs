// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Internet.Clocks;

namespace NeuroMCU.Internet.Hub;

/// <summary>The way from a site to another one, or back to itself, and how long its spikes took until the hub sent them on.</summary>
/// <param name="From">Site of the presynaptic neurons.</param>
/// <param name="To">Site of the postsynaptic neurons.</param>
/// <param name="Target">What the hub knows of that site.</param>
internal sealed record HubRoute(string From, string To, SiteAccount Target)
{
    /// <summary>From the spike until the hub sent it on.</summary>
    public LatencyHistogram Latency { get; } = new();
}
