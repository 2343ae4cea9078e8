// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Diagnostics;
using System.Net;
using NeuroMCU.Internet.Clocks;
using NeuroMCU.Internet.Packets;
using NeuroMCU.Internet.Site;
using NeuroMCU.Internet.Tests.Hub;

namespace NeuroMCU.Internet.Tests.Benchmarks;

/// <summary>
/// What a hub adds to a bare broker. Rows (<c>name,value</c>) and no tests: they run when they are asked for
/// (<c>-explicit only -class "*HubBenchmark" -showLiveOutput</c>). Bare and hub take turns, and the median of the rounds counts.
/// </summary>
public sealed class HubBenchmark(ITestOutputHelper output)
{
    private const int Rounds = 5;
    private const int LargeBatch = 128;

    // Packets that each site has under way where all of them send as fast as they can.
    private const int Window = 128;
    private static readonly TimeSpan s_time = TimeSpan.FromSeconds(3);

    [Fact(Explicit = true)]
    public Task Latency_at_100_000_spikes_per_second() => LatencyAsync("hub_100k", 12.5);

    [Fact(Explicit = true)]
    public Task Latency_at_1_000_000_spikes_per_second() => LatencyAsync("hub_1m", 125);

    [Theory(Explicit = true)]
    [InlineData("embedded")]
    [InlineData("mosquitto")]
    [InlineData("rabbitmq")]
    public async Task Throughput(string name)
    {
        using BenchmarkBroker? broker = await BenchmarkBroker.StartAsync(name);
        List<double> bare = [];
        List<double> hub = [];
        long missing = 0;
        for (int round = 0; round <= Rounds; round++)
        {
            await using (BareLoop loop = await BareLoop.StartAsync(broker?.Place, site => broker?.Password(site)))
            {
                bare.Add(await FlatOutAsync(loop));
            }

            await using HubLoop sites = await HubLoop.StartAsync(broker?.Place, broker?.CopyOfKeys());
            hub.Add(await FlatOutAsync(sites));
            missing += await sites.LeaveAsync();
        }

        double without = Median(bare);
        double with = Median(hub);
        Row($"{name}_bare_spikes_per_second", without, "0");
        Row($"{name}_hub_spikes_per_second", with, "0");
        Row($"{name}_hub_in_bare", with / without, "0.00");
        Row($"{name}_hub_unaccounted", missing, "0");
    }

    // What the hub keeps for a site that never reads, when ten million spikes went to it.
    [Fact(Explicit = true)]
    public async Task A_site_that_never_reads()
    {
        const int deaf = 1;
        const int spikes = 10_000_000;
        int port = Ports.Free();
        await using HubLab lab = new HubLab(HubLoop.Text(new IPEndPoint(IPAddress.Loopback, port), client: false)).Start();
        using DeafSite site = new(new IPEndPoint(IPAddress.Loopback, port), $"s{deaf}", lab.Key($"s{deaf}"));
        await using HubLink sender = new(new MqttCarrier(new IPEndPoint(IPAddress.Loopback, port), "s0", lab.Key("s0")), "s0",
            lab.Key("s0"));
        await HubLab.Until(() => sender.IsSynchronised && lab[$"s{deaf}"].Windows.Count == 1);
        WireSpike[] batch = new WireSpike[LargeBatch];
        double before = Megabytes();
        while (sender.Sent < spikes)
        {
            Array.Fill(batch, new WireSpike(0, SpikeKind.Spontaneous, lab.Server.Now));
            sender.Send(batch);
            while (sender.Sent - lab["s0"].Taken > 100_000 && !lab.Server.Accounts.Any(a => a.CutOff is not null))
            {
                Thread.Sleep(1);
            }
        }

        Row("deaf_site_mb", Megabytes() - before, "0");
        Row("deaf_site_sent", lab[$"s{deaf}"].Sent, "0");
        Row("deaf_site_unread", lab[$"s{deaf}"].Unread, "0");
        output.WriteLine(lab.Said.Single(s => s.Contains("does not read", StringComparison.Ordinal)));

        static double Megabytes() => GC.GetTotalMemory(forceFullCollection: true) / 1048576.0;
    }

    private static double Median(IEnumerable<double> rounds)
    {
        double[] sorted = [.. rounds.Skip(1).Order()];   // the first warms up
        return sorted[sorted.Length / 2];
    }

    private async Task LatencyAsync(string name, double batch)
    {
        List<LatencyHistogram> bare = [];
        List<LatencyHistogram> hub = [];
        long missing = 0;
        for (int round = 0; round <= Rounds; round++)
        {
            await using (BareLoop loop = await BareLoop.StartAsync(null, _ => null))
            {
                bare.Add(await PaceAsync(loop, batch));
            }

            await using HubLoop sites = await HubLoop.StartAsync(null, null);
            hub.Add(await PaceAsync(sites, batch));
            missing += await sites.LeaveAsync();
        }

        foreach ((string share, double value) in new[] { ("p50", 0.5), ("p99", 0.99), ("p999", 0.999) })
        {
            double without = Median(bare.Select(h => h.Percentile(value)));
            double with = Median(hub.Select(h => h.Percentile(value)));
            Row($"{name}_bare_{share}_ms", without / 1e3, "0.000");
            Row($"{name}_hub_{share}_ms", with / 1e3, "0.000");
            Row($"{name}_added_{share}_ms", (with - without) / 1e3, "0.000");
        }

        Row($"{name}_spikes_per_second", Median(hub.Select(h => h.Count / s_time.TotalSeconds)), "0");
        Row($"{name}_unaccounted", missing, "0");
    }

    // Each site sends what a millisecond brings. The thread sleeps in between, as sites do that wait for a device.
    private static async Task<LatencyHistogram> PaceAsync(ISpikeLoop loop, double batch)
    {
        LatencyHistogram latency = new();
        loop.Arrived = (_, spikes, microseconds) =>
        {
            lock (latency)
            {
                latency.Add(microseconds, spikes);
            }
        };
        await Task.Factory.StartNew(() =>
        {
            Stopwatch clock = Stopwatch.StartNew();
            double sent = 0;
            for (long due = 1; clock.Elapsed < s_time; due++)
            {
                int spikes = (int)((due * batch) - sent);
                sent += spikes;
                for (int k = 0; k < ISpikeLoop.Sites; k++)
                {
                    loop.Send(k, spikes);
                }

                while (clock.ElapsedMilliseconds < due)
                {
                    Thread.Sleep(1);
                }
            }
        }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        await Task.Delay(500, TestContext.Current.CancellationToken);
        loop.Arrived = null;
        return latency;
    }

    // Spikes per second where each site sends the next packet as soon as one of its packets has arrived.
    private static async Task<double> FlatOutAsync(ISpikeLoop loop)
    {
        long[] credit = new long[ISpikeLoop.Sites];
        long arrived = 0;
        bool over = false;
        loop.Arrived = (from, spikes, _) =>
        {
            Interlocked.Add(ref arrived, spikes);
            for (long left = Interlocked.Add(ref credit[from], spikes); left >= LargeBatch && !Volatile.Read(ref over);
                left = Interlocked.Read(ref credit[from]))
            {
                Interlocked.Add(ref credit[from], -LargeBatch);
                loop.Send(from, LargeBatch);
            }
        };
        for (int k = 0; k < ISpikeLoop.Sites * Window; k++)
        {
            loop.Send(k % ISpikeLoop.Sites, LargeBatch);
        }

        await Task.Delay(300, TestContext.Current.CancellationToken);
        long before = Interlocked.Read(ref arrived);
        long begin = Stopwatch.GetTimestamp();
        await Task.Delay(s_time, TestContext.Current.CancellationToken);
        double rate = (Interlocked.Read(ref arrived) - before) / Stopwatch.GetElapsedTime(begin).TotalSeconds;
        Volatile.Write(ref over, true);
        await Task.Delay(500, TestContext.Current.CancellationToken);
        loop.Arrived = null;
        return rate;
    }

    private void Row(string name, double value, string format) =>
        output.WriteLine(name + "," + value.ToString(format, System.Globalization.CultureInfo.InvariantCulture));
}
