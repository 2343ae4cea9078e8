// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Internet.Clocks;
using NeuroMCU.Internet.Packets;
using NeuroMCU.Recordings;
using NeuroMCU.Recordings.Report;

namespace NeuroMCU.Internet.Hub;

/// <summary>What a hub saw, as a page.</summary>
internal static class HubPage
{
    /// <summary>Makes the page.</summary>
    /// <param name="start">Hub time in µs at which its axis begins.</param>
    /// <param name="duration">Length of the axis in µs.</param>
    /// <returns>The page.</returns>
    public static HtmlReport Of(HubPlan plan, HubServer server, long start, long duration, string madeWith)
    {
        HtmlReport report = new HtmlReport(plan.Name,
            $"{plan.Sites.Count} sites, {plan.Neurons.Count} neurons, {plan.Synapses.Count} synapses")
        { MadeWith = madeWith };
        long lost = server.Accounts.Sum(a => a.Lost);
        report.Figure("spikes on the way to the hub", $"{lost} lost of {lost + server.Accounts.Sum(a => a.Taken + a.Refused)}", lost == 0
            ? FigureTone.Good : FigureTone.Bad);
        foreach (SiteAccount site in server.Accounts)
        {
            if (site.CutOff is { } why)
            {
                report.Figure($"{site.Plan.Name}: {why}", "cut off", FigureTone.Bad);
            }
            else if (!site.IsComplete)
            {
                report.Figure(site.Plan.Name + (site.IsOpen ? ": a session ended without a goodbye" : ": see its account"), "incomplete",
                    FigureTone.Bad);
            }
        }

        AddNetwork(report, plan, server.Core, server.InitialWeights, server.Record, start, duration);
        AddLatency(report, [.. server.Accounts.Select(a => (a.Plan.Name + " to the hub", a.ToHub)),
            .. server.Routes.Select(r => ($"{r.From} to {r.To}, until it was sent on", r.Latency))]);
        AddAccounts(report, server);
        return report;
    }

    /// <summary>Adds the spikes of all sites and the weights, on one axis.</summary>
    /// <param name="initial">Weights of the nodes at the start.</param>
    public static void AddNetwork(HtmlReport report, HubPlan plan, HubCore core, IReadOnlyDictionary<string, byte> initial,
        HubRecord record, long start, long duration)
    {
        AddRasters(report, plan, record, start, duration);
        AddWeights(report, core, initial, record, start, duration);
    }

    /// <summary>Adds a figure and a table of latencies.</summary>
    public static void AddLatency(HtmlReport report, IReadOnlyList<(string Name, LatencyHistogram Latency)> routes)
    {
        (string Name, LatencyHistogram Latency)[] filled = [.. routes.Where(r => r.Latency.Count > 0)];
        if (filled.Length == 0)
        {
            return;
        }

        report.Add(new LinesSection("Latency", "latency (ms)", "spikes",
            [.. filled.Select((r, k) => new LineSeries(r.Name, r.Latency.Curve().Edges, r.Latency.Curve().Counts, string.Empty, k))])
        {
            Stepped = true,
            Height = 220,
            Note = "Bins grow with the latency, 16 to each doubling: percentiles are at most 5 % too large.",
        });
        report.Add(new TableSection("Latencies", ["route", "#spikes", "#p50 (ms)", "#p99 (ms)", "#p99.9 (ms)", "#largest (ms)"],
            [.. filled.Select(r => Row(r.Name, r.Latency))]));
    }

    private static string[] Row(string name, LatencyHistogram latency) =>
    [
        name, Number(latency.Count), Milliseconds(latency.Percentile(0.5)), Milliseconds(latency.Percentile(0.99)),
            Milliseconds(latency.Percentile(0.999)), Milliseconds(latency.Largest),
    ];

    private static void AddRasters(HtmlReport report, HubPlan plan, HubRecord record, long start, long duration)
    {
        Dictionary<int, int> places = plan.Neurons.Select((n, k) => (n.Id, k)).ToDictionary(p => p.Id, p => p.k);
        RecordedSpike[] fired = [.. record.Spikes.Where(s => s.Kind != SpikeKind.Potential && s.Time >= start
            && s.Time <= start + duration)];
        SpikeRecord spikes = SpikeRecord.Sorted(fired.Select(s => s.Time - start).ToArray(), fired.Select(s => places[s.Neuron.Id])
            .ToArray());
        RecordedPopulation[] rows = [.. plan.Neurons.Select((n, k) => new RecordedPopulation($"{n.Name} ({n.Site.Name})", k, 1))];
        report.Add(new RasterSection("Spikes of all sites", rows, duration, [new KeyValuePair<string, SpikeRecord>("spikes", spikes)])
        {
            Note = "One time axis, that of the hub: each site's clock was compared with the hub's, and its spikes stamped in the hub's "
                + "time.",
        });
    }

    private static void AddWeights(HtmlReport report, HubCore core, IReadOnlyDictionary<string, byte> initial, HubRecord record,
        long start, long duration)
    {
        List<LineSeries> series = [];
        foreach (SynapseState synapse in core.Synapses)
        {
            RecordedWeight[] moves = [.. record.Weights.Where(w => w.Synapse == synapse && w.Time >= start)];

            // In the order of the pulses; one that was reported late stands where the one before it stands.
            long last = 0;
            double[] times = [0, .. moves.Select(w => (last = Math.Max(last, w.Time - start)) / 1e6), duration / 1e6];
            double first = moves.Length == 0 ? synapse.Node.Weight : initial[synapse.Plan.Node.Name];
            series.Add(new LineSeries($"{synapse.Plan.Name} ({synapse.Plan.Node.Name})", times,
                [first, .. moves.Select(w => (double)w.Weight), synapse.Node.Weight], string.Empty, series.Count));
        }

        report.Add(new LinesSection("Weights", "weight (0 to 255)", duration, series)
        {
            Stepped = true,
            Height = 220,
            Note = "As they go over the wire."
        });
    }

    private static void AddAccounts(HtmlReport report, HubServer server)
    {
        report.Add(new TableSection(
            "Accounts of the sites",
            ["site", "#taken", "#of these potentials", "#lost", "#refused", "#sent to it", "#undelivered", "#packets", "#lost packets",
                "#doubled", "#reordered", "#forged"],
            [.. server.Accounts.Select(a => (string[])
            [
                a.Plan.Name + (a.Plan.IsSealed ? string.Empty : " (not authenticated)"), Number(a.Taken),
                    Number(a.Potentials), Number(a.Lost), Number(a.Refused),
                Number(a.Sent), Number(a.Undelivered), Number(a.Packets), Number(a.LostPackets), Number(a.Duplicates), Number(a.Reordered),
                    Number(a.Forged),
            ])])
        { Tones = [.. server.Accounts.Select(a => a.IsComplete ? FigureTone.Neutral : FigureTone.Bad)] });
        report.Add(new TableSection(
            "Synapses",
            ["synapse", "from", "to", "node", "#spikes", "#potentiations", "#depressions", "#weight"],
            [.. server.Core.Synapses.Select(s => (string[])
            [
                s.Plan.Name, s.Plan.Pre.Name, s.Plan.Post.Name, s.Plan.Node.Name, Number(s.Spikes), Number(s.Potentiations),
                    Number(s.Depressions), Number(s.Node.Weight),
            ])]));
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Milliseconds(double microseconds) => (microseconds / 1e3).ToString("0.###", CultureInfo.InvariantCulture);
}
