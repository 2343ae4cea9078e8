// NeuroMCU, MIT licence. See LICENSE in the repository root.

using Microsoft.Extensions.Diagnostics.HealthChecks;
using NeuroMCU.Internet.Service;
using Prometheus;

namespace NeuroMCU.Internet.Site;

/// <summary>A site's link as metrics for Prometheus, and its health.</summary>
internal sealed class SiteMetrics
{
    private volatile HubLink? _link;

    /// <summary>Makes them; there is nothing to tell until <see cref="Watch" />.</summary>
    public SiteMetrics()
    {
        MetricFactory metrics = Metrics.WithCustomRegistry(Registry);
        Gauge joined = metrics.CreateGauge("neuromcu_site_joined", "1 while the hub answers");
        Gauge roundTrip = metrics.CreateGauge("neuromcu_site_round_trip_seconds", "Shortest round trip to the hub");
        (Counter Counter, Func<LinkFigures, long> Value)[] counters =
        [
            (metrics.CreateCounter("neuromcu_site_spikes_sent_total", "Spikes and potentials that were sent"), f => f.Sent),
            (metrics.CreateCounter("neuromcu_site_spikes_unsent_total", "Spikes that could not be sent, since the hub was not there"), f => f.Unsent),
            (metrics.CreateCounter("neuromcu_site_arrivals_total", "Arrivals that came from the hub"), f => f.Arrived),
            (metrics.CreateCounter("neuromcu_site_sessions_broken_total", "Sessions that broke"), f => f.Broken),
        ];

        // What is known to be lost becomes less when a late packet comes: no counter.
        Gauge lost = metrics.CreateGauge("neuromcu_site_arrivals_lost", "Arrivals that were sent and did not come");
        Registry.AddBeforeCollectCallback(() =>
        {
            if (_link?.Figures is { } figures)
            {
                joined.Set(figures.Joined ? 1 : 0);
                roundTrip.Set(figures.RoundTrip / 1e6);
                lost.Set(figures.Lost);
                foreach ((Counter counter, Func<LinkFigures, long> value) in counters)
                {
                    counter.IncTo(value(figures));
                }
            }
        });
    }

    /// <summary>The metrics.</summary>
    public CollectorRegistry Registry { get; } = Metrics.NewCustomRegistry();

    /// <summary>Begins to tell of a link.</summary>
    public void Watch(HubLink link) => _link = link;

    /// <summary>How the site is; called from any thread.</summary>
    /// <returns>Degraded while the hub does not answer.</returns>
    public ServiceHealth Health()
    {
        bool joined = _link?.Figures.Joined == true;
        return new ServiceHealth(joined ? HealthStatus.Healthy : HealthStatus.Degraded, joined ? "the hub answers" : "the hub does not answer",
            new Dictionary<string, object>());
    }
}
