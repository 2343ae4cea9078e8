// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using System.Net;
using System.Text;
using NeuroMCU.Internet.Mqtt;
using NeuroMCU.Internet.Packets;
using NeuroMCU.Internet.Site;
using NeuroMCU.Internet.Tests.Hub;

namespace NeuroMCU.Internet.Tests.Benchmarks;

/// <summary>Sites as they are, with sealed packets, through a hub that holds the synapse from each to the next.</summary>
internal sealed class HubLoop : ISpikeLoop
{
    private readonly HubLab _lab;
    private readonly HubLink[] _sites;

    private HubLoop(HubLab lab, IPEndPoint place)
    {
        _lab = lab;
        _sites = [.. Enumerable.Range(0, ISpikeLoop.Sites).Select(k => new HubLink(
            new MqttCarrier(place, $"s{k}", lab.Key($"s{k}")), $"s{k}", lab.Key($"s{k}")))];
        for (int k = 0; k < _sites.Length; k++)
        {
            int from = (k + ISpikeLoop.Sites - 1) % ISpikeLoop.Sites;
            _sites[k].Arrived = arrivals => Arrived?.Invoke(from, arrivals.Count, lab.Server.Now - arrivals[0].Cause);
        }
    }

    /// <inheritdoc />
    public Action<int, int, long>? Arrived { get; set; }

    /// <summary>The hub.</summary>
    public HubLab Lab => _lab;

    /// <summary>Starts a hub and its sites.</summary>
    /// <param name="elsewhere">The broker; null for the hub's own.</param>
    /// <param name="folder">Where <c>hub.password</c> and the sites' keys are; null for a new one.</param>
    public static async Task<HubLoop> StartAsync(IPEndPoint? elsewhere, string? folder)
    {
        IPEndPoint place = elsewhere ?? new IPEndPoint(IPAddress.Loopback, Ports.Free());
        HubLab lab = new HubLab(Text(place, elsewhere is not null), folder);
        lab.Server.Record.IsKept = false;   // as in 'hub' without --out
        lab.Start();
        HubLoop loop = new(lab, place);
        await HubLab.Until(() => loop._sites.All(s => s.IsSynchronised));
        return loop;
    }

    /// <summary>The hub file.</summary>
    public static string Text(IPEndPoint place, bool client)
    {
        StringBuilder text = new(string.Create(CultureInfo.InvariantCulture,
            $"neuromcu-hub: 1\ntransports: {{mqtt: {{{(client ? "password: hub.password, broker" : "listen")}: \"{place}\"}}}}\nrule: none\nsites:\n"));
        StringBuilder nodes = new("nodes:\n");
        StringBuilder synapses = new("synapses:\n");
        for (int k = 0; k < ISpikeLoop.Sites; k++)
        {
            text.Append(CultureInfo.InvariantCulture,
                $"  s{k}: {{transport: mqtt, key: s{k}.key, most_rate: 1000 kHz, neurons: {{n{k}: {k}}}}}\n");
            nodes.Append(CultureInfo.InvariantCulture, $"  w{k}: {{model: number, weight: 200}}\n");
            synapses.Append(CultureInfo.InvariantCulture, $"  - {{pre: n{k}, post: n{(k + 1) % ISpikeLoop.Sites}, node: w{k}}}\n");
        }

        return text.Append(nodes).Append(synapses).ToString();
    }

    /// <inheritdoc />
    public void Send(int site, int spikes)
    {
        Span<WireSpike> batch = stackalloc WireSpike[spikes];
        batch.Fill(new WireSpike(site, SpikeKind.Spontaneous, _lab.Server.Now));
        _sites[site].Send(batch);
    }

    /// <inheritdoc />
    public async Task<long> LeaveAsync()
    {
        bool closed = true;
        foreach (HubLink site in _sites)
        {
            closed &= await site.LeaveAsync();
        }

        await _lab.EndAsync();
        Assert.True(closed, "a site's goodbye was not heard");
        return _sites.Sum(s => s.Sent) - _lab.Server.Accounts.Sum(a => a.Taken)
            + _lab.Server.Accounts.Sum(a => a.Sent) - _sites.Sum(s => s.Tallies.Sum(t => t.Received));
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        foreach (HubLink site in _sites)
        {
            await site.DisposeAsync();
        }

        await _lab.DisposeAsync();
    }
}
