// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Net;
using NeuroMCU.Internet.Hub;
using NeuroMCU.Internet.Packets;
using NeuroMCU.Internet.Site;
using NeuroMCU.Protocol.Hub;

namespace NeuroMCU.Internet.Tests.Site;

/// <summary>What becomes of arrivals that come later than the constant latency, in simulated time: at a site with a host, and at a board
/// that is a site by itself.</summary>
public sealed class LateArrivalTests
{
    private const int Delay = 40_000;
    private const int Arrivals = 20;

    // Each arrival comes 5 ms later after its cause than the one before it: those above 40 ms are late.
    private static readonly long[] s_latencies = [.. Enumerable.Range(0, Arrivals).Select(k => 5000L * k)];
    private static readonly long[] s_inTime = [.. s_latencies.Where(l => l <= Delay)];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_site_drops_or_delivers_what_is_late_as_the_hub_says_and_counts_it(bool deliver)
    {
        SiteResult result = new();
        ArrivalHold hold = new(result);
        List<(WireArrival Arrival, long? Due)> ready = [];
        const long now = 1_000_000;
        foreach (long latency in s_latencies)
        {
            hold.Take(new WireArrival(1, 100, now - latency), Delay, deliver, now, ready);
        }

        int late = Arrivals - s_inTime.Length;
        Assert.Equal(deliver ? (late, 0, late) : (0, late, 0), (result.LateDelivered, result.LateDropped, ready.Count));
        Assert.All(ready, r => Assert.Null(r.Due));
        ready.Clear();

        // The others go to the device 20 ms before their time, the oldest first.
        hold.Release(hold.Next!.Value - 1, ready);
        Assert.Empty(ready);
        hold.Release(now + Delay, ready);
        Assert.Equal(s_inTime.Reverse().Select(l => (long?)(now - l + Delay)), ready.Select(r => r.Due));
        Assert.Equal(0, hold.Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_board_drops_or_delivers_what_is_late_as_the_hub_says_and_counts_it(bool deliver)
    {
        long now = 1000;
        byte[] key = new byte[32];
        Queue<byte[]> toBoard = [];
        SiteAccount account = new(new SitePlan(0, "lab", Transport.Keyed, null, 0, null, 1e5));
        KeyedSessions hub = new([account], _ => key)
        {
            Send = (bytes, _) =>
            {
                toBoard.Enqueue(bytes);
                return true;
            },
            Spikes = (_, _, _) => { },
            Cut = (_, why) => Assert.Fail(why),
            Say = _ => { },
            Warn = _ => { },
            Latency = new LatencyPlan(Delay, deliver),
            Now = () => now,
        };
        Board board = new();
        KeyedWire wire = new([.. "lab"u8], key, new Port(packet => hub.Take(
            new Datagram(Transport.Keyed, new IPEndPoint(IPAddress.Loopback, 9), packet, now))), board, now);
        HubSpikes none = new();
        for (; now < 1_000_000; now += 1000)
        {
            wire.Send(none, now);
            Take();
        }

        foreach (long latency in s_latencies)
        {
            hub.Post(account, new WireArrival(1, 100, now - latency));
        }

        hub.Flush(now);
        Take();
        int late = Arrivals - s_inTime.Length;
        Assert.Equal(deliver ? (late, 0) : (0, late), (board.Late, board.Dropped));
        Assert.Equal(s_inTime.Select(l => now - l + Delay), board.Due);

        void Take()
        {
            while (toBoard.TryDequeue(out byte[]? packet))
            {
                Assert.True(wire.Take(packet, packet.Length, now));
            }
        }
    }

    private sealed class Board : IHubSite
    {
        public List<long> Due { get; } = [];

        public int Late { get; private set; }

        public int Dropped { get; private set; }

        public void Deliver(int wire, int weight, long due, bool isLate)
        {
            Late += isLate ? 1 : 0;
            if (!isLate)
            {
                Due.Add(due);
            }
        }

        public void DropLate() => Dropped++;
    }

    private sealed class Port(Action<byte[]> send) : IDatagrams
    {
        public int Receive(byte[] buffer) => 0;

        public bool Send(byte[] buffer, int count)
        {
            send(buffer[..count]);
            return true;
        }
    }
}
