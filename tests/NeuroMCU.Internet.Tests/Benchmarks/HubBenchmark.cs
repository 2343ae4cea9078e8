// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using MQTTnet;
using MQTTnet.Server;
using NeuroMCU.Internet.Clocks;
using NeuroMCU.Internet.Hub;
using NeuroMCU.Internet.Mqtt;
using NeuroMCU.Internet.Packets;
using NeuroMCU.Internet.Site;
using NeuroMCU.Internet.Tests.Hub;

namespace NeuroMCU.Internet.Tests.Benchmarks;

/// <summary>
/// What a hub adds to a bare broker: eight sites, each sending to the next one, in batches of 1 ms. Figures and no test: it runs when it is
/// asked for (<c>-explicit only -class "*HubBenchmark"</c>), on a machine that does nothing else.
/// </summary>
public sealed class HubBenchmark(ITestOutputHelper output)
{
    private const int Sites = 8;
    private const int Rounds = 5;
    private static readonly TimeSpan s_time = TimeSpan.FromSeconds(4);

    [Theory(Explicit = true)]
    [InlineData(12)]    // ~10^5 spikes/s
    [InlineData(125)]   // ~10^6 spikes/s
    public async Task A_hub_with_its_own_broker_against_a_bare_one(int batch)
    {
        List<LatencyHistogram> bare = [];
        List<LatencyHistogram> hub = [];
        for (int round = 0; round < Rounds; round++)
        {
            bare.Add(await BareAsync(batch));
            hub.Add(await HubAsync(batch));
        }

        foreach ((string name, double share) in new[] { ("p50", 0.5), ("p99", 0.99), ("p99.9", 0.999) })
        {
            double without = Median(bare, share);
            double with = Median(hub, share);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{name}: bare {without / 1e3:0.000} ms, hub {with / 1e3:0.000} ms, added {(with - without) / 1e3:0.000} ms"));
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"messages in {s_time.TotalSeconds:0} s: bare {bare.Average(h => h.Count):0}, hub (spikes) {hub.Average(h => h.Count):0}"));
    }

    private static double Median(List<LatencyHistogram> rounds, double share) =>
        rounds.Select(r => r.Percentile(share)).Order().ElementAt(rounds.Count / 2);

    private static async Task<LatencyHistogram> BareAsync(int batch)
    {
        int port = Ports.Free();
        MqttServerFactory factory = new();
        using MqttServer broker = factory.CreateMqttServer(factory.CreateServerOptionsBuilder().WithDefaultEndpoint()
            .WithDefaultEndpointBoundIPAddress(IPAddress.Loopback).WithDefaultEndpointBoundIPV6Address(IPAddress.None)
            .WithDefaultEndpointPort(port).WithMaxPendingMessagesPerClient(48_000).Build());
        await broker.StartAsync();
        LatencyHistogram latency = new();
        MqttConnection[] sites = [.. Enumerable.Range(0, Sites).Select(k => new MqttConnection(new IPEndPoint(IPAddress.Loopback, port),
            $"s{k}", null, $"bare/{(k + Sites - 1) % Sites}", null))];
        foreach (MqttConnection site in sites)
        {
            site.Open((_, packet) =>
            {
                long sent = BitConverter.ToInt64(packet);
                lock (latency)
                {
                    latency.Add((long)Stopwatch.GetElapsedTime(sent).TotalMicroseconds);
                }
            });
        }

        await HubLab.Until(() => sites.All(s => s.IsConnected));
        await Task.Delay(300);
        byte[] body = new byte[KeyedPacket.HeadSize + KeyedPacket.CodeSize + 18 + (9 * batch)];
        await PaceAsync(k =>
        {
            byte[] packet = [.. body];
            BitConverter.TryWriteBytes(packet, Stopwatch.GetTimestamp());
            sites[k].Send($"bare/{k}", packet);
        });
        await Task.Delay(500);
        foreach (MqttConnection site in sites)
        {
            await site.DisposeAsync();
        }

        await broker.StopAsync(new MqttServerStopOptions());
        return latency;
    }

    private async Task<LatencyHistogram> HubAsync(int batch)
    {
        int port = Ports.Free();
        StringBuilder text = new($"neuromcu-hub: 1\ntransports: {{mqtt: {{listen: \"127.0.0.1:{port}\"}}}}\nrule: none\nsites:\n");
        StringBuilder nodes = new("nodes:\n");
        StringBuilder synapses = new("synapses:\n");
        for (int k = 0; k < Sites; k++)
        {
            text.Append(CultureInfo.InvariantCulture,
                $"  s{k}: {{transport: mqtt, key: s{k}.key, most_rate: 1000 kHz, neurons: {{n{k}: {k}}}}}\n");
            nodes.Append(CultureInfo.InvariantCulture, $"  w{k}: {{model: number, weight: 200}}\n");
            synapses.Append(CultureInfo.InvariantCulture, $"  - {{pre: n{k}, post: n{(k + 1) % Sites}, node: w{k}}}\n");
        }

        await using HubLab lab = new HubLab(text.Append(nodes).Append(synapses).ToString()).Start();
        LatencyHistogram latency = new();
        HubLink[] sites = [.. Enumerable.Range(0, Sites).Select(k => new HubLink(
            new MqttCarrier(new IPEndPoint(IPAddress.Loopback, port), $"s{k}", lab.Key($"s{k}")), $"s{k}", lab.Key($"s{k}")))];
        foreach (HubLink site in sites)
        {
            site.Arrived = arrivals =>
            {
                lock (latency)
                {
                    foreach (WireArrival arrival in arrivals)
                    {
                        latency.Add(lab.Server.Now - arrival.Cause);
                    }
                }
            };
        }

        await HubLab.Until(() => sites.All(s => s.IsSynchronised));
        await PaceAsync(k => sites[k].Send([.. Enumerable.Repeat(new WireSpike(k, SpikeKind.Spontaneous, lab.Server.Now), batch)]));
        bool closed = true;
        foreach (HubLink site in sites)
        {
            closed &= await site.LeaveAsync();
        }

        await lab.EndAsync();
        output.WriteLine($"hub: {sites.Sum(s => s.Sent)} sent, {lab.Server.Accounts.Sum(a => a.Taken)} taken, "
            + $"{lab.Server.Accounts.Sum(a => a.Lost)} lost, {lab.Server.Overflow} packets of overflow, accounts closed: {closed}");
        foreach (HubLink site in sites)
        {
            await site.DisposeAsync();
        }

        return latency;
    }

    private static async Task PaceAsync(Action<int> send)
    {
        Stopwatch clock = Stopwatch.StartNew();
        for (long due = 1; clock.Elapsed < s_time; due++)
        {
            for (int k = 0; k < Sites; k++)
            {
                send(k);
            }

            while (clock.ElapsedMilliseconds < due)
            {
                await Task.Yield();
                Thread.Sleep(0);
            }
        }
    }
}
