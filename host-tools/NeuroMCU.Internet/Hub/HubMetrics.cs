// NeuroMCU, MIT licence. See LICENSE in the repository root.

using Microsoft.Extensions.Diagnostics.HealthChecks;
using NeuroMCU.Internet.Clocks;
using NeuroMCU.Internet.Service;
using Prometheus;

namespace NeuroMCU.Internet.Hub;

/// <summary>A hub's account as metrics for Prometheus, and its health, both as they were a fifth of a second ago at most.</summary>
internal sealed class HubMetrics
{
    private const long Every = 200_000;
    private const long Still = 5_000_000;
    private static readonly double[] s_shares = [0.5, 0.99, 0.999];

    private readonly HubServer _hub;
    private readonly List<Action> _updates = [];
    private long _updated = -Every;
    private volatile ServiceHealth? _health;

    /// <summary>Makes them.</summary>
    public HubMetrics(HubServer hub)
    {
        _hub = hub;
        MetricFactory metrics = Metrics.WithCustomRegistry(Registry);
        Sites(metrics, "spikes_taken", "Spikes and potentials that were taken", a => a.Taken);
        Sites(metrics, "spikes_lost", "Spikes that were lost on the way to the hub", a => a.Lost);
        Sites(metrics, "spikes_refused", "Spikes that were refused: foreign, unknown, above the rate, after the site was cut off",
            a => a.Refused);
        Sites(metrics, "arrivals_sent", "Arrivals that were sent to the site", a => a.Sent);
        Sites(metrics, "arrivals_undelivered", "Arrivals that could not be sent, since the site was not there", a => a.Undelivered);
        Sites(metrics, "arrivals_unread", "Arrivals that were dropped in the hub, since the site does not read", a => a.Unread);
        Sites(metrics, "packets", "Packets that arrived", a => a.Packets);
        Sites(metrics, "packets_lost", "Packets that did not arrive", a => a.LostPackets);
        Sites(metrics, "packets_duplicate", "Packets that came twice, or were replayed", a => a.Duplicates);
        Sites(metrics, "packets_reordered", "Packets that came after later ones", a => a.Reordered);
        Sites(metrics, "packets_forged", "Packets that claimed to be the site's and were not sealed with its key", a => a.Forged);
        Sites(metrics, "packets_malformed", "Packets that were whole and made no sense", a => a.Malformed);
        Sites(metrics, "packets_too_old", "Packets that came too late to be judged", a => a.TooOld);
        Gauge there = metrics.CreateGauge("neuromcu_hub_site_there", "1 when the site is there and was heard within three seconds", "site");
        Gauge cut = metrics.CreateGauge("neuromcu_hub_site_cut_off", "1 when the site was cut off", "site");
        Gauge latency = metrics.CreateGauge("neuromcu_hub_latency_seconds", "From the spike to its arrival at the hub", "site", "quantile");
        Gauge routes = metrics.CreateGauge("neuromcu_hub_route_latency_seconds", "From the spike until the hub sent it on", "from", "to",
            "quantile");
        foreach (SiteAccount account in hub.Accounts)
        {
            if (account.Plan.IsSealed)
            {
                _updates.Add(() => there.WithLabels(account.Plan.Name)
                    .Set(account is { Windows.Count: > 0, Closed: false, Silent: false } ? 1 : 0));
            }

            _updates.Add(() => cut.WithLabels(account.Plan.Name).Set(account.CutOff is null ? 0 : 1));
            foreach (double share in s_shares)
            {
                string quantile = FormattableString.Invariant($"{share}");
                LatencyHistogram measured = account.ToHub;
                _updates.Add(() => latency.WithLabels(account.Plan.Name, quantile).Set(measured.Percentile(share) / 1e6));
            }
        }

        foreach (HubRoute route in hub.Routes)
        {
            foreach (double share in s_shares)
            {
                string quantile = FormattableString.Invariant($"{share}");
                _updates.Add(() => routes.WithLabels(route.From, route.To, quantile).Set(route.Latency.Percentile(share) / 1e6));
            }
        }

        Gauge weight = metrics.CreateGauge("neuromcu_hub_weight", "Weight of the synapse's node, 0 to 255", "synapse");
        Counter passed = metrics.CreateCounter("neuromcu_hub_synapse_spikes_total", "Spikes that passed the synapse", "synapse");
        foreach (SynapseState synapse in hub.Core.Synapses)
        {
            _updates.Add(() => weight.WithLabels(synapse.Plan.Name).Set(synapse.Node.Weight));
            _updates.Add(() => passed.WithLabels(synapse.Plan.Name).IncTo(synapse.Spikes));
        }

        Hub(metrics, "strangers", "Packets that belong to no site, or are none", () => hub.Strangers);
        Hub(metrics, "pulses_dropped", "Pulses for nodes of a device that were not given", () => hub.PulsesDropped);
        Hub(metrics, "overflow", "Packets that arrived while the hub could not keep up", () => hub.Overflow);
        Hub(metrics, "record_dropped", "Rows that found no room in the record or could not be written to the log", () => hub.RecordDropped);
    }

    /// <summary>The metrics.</summary>
    public CollectorRegistry Registry { get; } = Metrics.NewCustomRegistry();

    /// <summary>How the hub is; called from any thread.</summary>
    /// <returns>Unhealthy also when the hub's thread has stood still for five seconds.</returns>
    public ServiceHealth Health()
    {
        ServiceHealth? health = _health;
        return health is null || _hub.Now - Volatile.Read(ref _updated) > Still
            ? new ServiceHealth(HealthStatus.Unhealthy, "the hub does not work", new Dictionary<string, object>())
            : health;
    }

    /// <summary>Takes the figures over, on the hub's own thread, five times a second.</summary>
    public void Poll(long now)
    {
        if (now - _updated >= Every)
        {
            Volatile.Write(ref _updated, now);
            _updates.ForEach(update => update());
            _health = Judge();
        }
    }

    private ServiceHealth Judge()
    {
        Dictionary<string, object> sites = _hub.Accounts.ToDictionary(a => a.Plan.Name, a => (object)(a.CutOff is not null ? "cut off"
            : a.Unread > 0 ? "does not read" : a.Closed ? "has left" : a.Silent ? "silent" : a.IsThere ? "there" : "not there yet"),
            StringComparer.Ordinal);
        string? broken = _hub.StateProblem is not null ? "the weights cannot be kept"
            : _hub.LogProblem is not null ? "the log cannot be written" : null;
        bool some = sites.Values.Any(s => s is not "there") || _hub.Overflow > 0;
        return new ServiceHealth(broken is not null ? HealthStatus.Unhealthy : some ? HealthStatus.Degraded : HealthStatus.Healthy,
            broken ?? (_hub.Overflow > 0 ? "packets came faster than the hub works" : some ? "not all sites are there" : "all sites are there"),
            sites);
    }

    private void Sites(MetricFactory metrics, string name, string help, Func<SiteAccount, long> value)
    {
        Counter counter = metrics.CreateCounter("neuromcu_hub_" + name + "_total", help, "site");
        foreach (SiteAccount account in _hub.Accounts)
        {
            _updates.Add(() => counter.WithLabels(account.Plan.Name).IncTo(value(account)));
        }
    }

    private void Hub(MetricFactory metrics, string name, string help, Func<long> value)
    {
        Counter counter = metrics.CreateCounter("neuromcu_hub_" + name + "_total", help);
        _updates.Add(() => counter.IncTo(value()));
    }
}
