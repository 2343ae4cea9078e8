// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Net;
using System.Net.Sockets;
using NeuroMCU.Internet.Hub;
using NeuroMCU.Internet.Packets;
using NeuroMCU.Internet.Site;

namespace NeuroMCU.Internet.Tests.Hub;

public sealed class HostileTests
{
    [Fact]
    public void Packets_without_the_key_are_never_taken_however_many_come()
    {
        List<string> said = [];
        SiteAccount account = new(new SitePlan(0, "zurich", Transport.Keyed, null, 0, null, 1e5));
        byte[] key = [.. Enumerable.Repeat((byte)7, 32)];
        List<byte[]> answers = [];
        int taken = 0;
        KeyedSessions sessions = new([account], _ => key)
        {
            Send = (bytes, _) =>
            {
                answers.Add(bytes);
                return true;
            },
            Spikes = (_, spikes, _) => taken += spikes.Count,
            Cut = (site, why) => site.CutOff = why,
            Say = said.Add,
            Warn = said.Add,
            Latency = new LatencyPlan(null, true),
            Now = () => 0,
        };
        IPEndPoint from = new(IPAddress.Loopback, 9);
        byte[] nonce = new byte[16];
        byte[] hello = KeyedPacket.Seal(KeyedType.Hello, 42, 0, KeyedBodies.Hello(nonce, "zurich"), key);
        sessions.Take(new Datagram(Transport.Keyed, from, hello, 0));
        byte[] session = KeyedPacket.SessionKey(key, nonce, KeyedPacket.Body(answers[0])[16..]);
        byte[] good = KeyedPacket.Seal(KeyedType.Spikes, 42, 1, KeyedBodies.Spikes(0, [new WireSpike(63, SpikeKind.Spontaneous, 0)]),
            session);
        sessions.Take(new Datagram(Transport.Keyed, from, good, 0));
        Assert.Equal(1, taken);

        Random random = new(8);
        for (int k = 0; k < 1_000_000; k++)
        {
            byte[] packet = (k % 5) switch
            {
                0 => Noise(random),
                1 => good[..random.Next(good.Length)],
                2 => Changed(random, good),
                3 => good,                                    // replayed
                _ => KeyedPacket.Seal((KeyedType)random.Next(1, 10), 42, random.NextInt64(), Noise(random), new byte[32]),
            };
            sessions.Take(new Datagram(Transport.Keyed, from, packet, 0));
        }

        Assert.Equal(1, taken);
        Assert.Equal(200_000, account.Duplicates);
        Assert.Equal("it repeats its packets", account.CutOff);
        Assert.Single(answers);
        Assert.True(account.Forged > 0 && sessions.Strangers > 0);
    }

    [Fact]
    public void A_replayed_greeting_does_not_end_the_session()
    {
        // The greeting of an old session, and its spikes, against the one that is there now.
        SiteAccount account = new(new SitePlan(0, "zurich", Transport.Keyed, null, 0, null, 1e5));
        byte[] key = new byte[32];
        List<byte[]> answers = [];
        int taken = 0;
        KeyedSessions sessions = new([account], _ => key)
        {
            Send = (bytes, _) =>
            {
                answers.Add(bytes);
                return true;
            },
            Spikes = (_, spikes, _) => taken += spikes.Count,
            Cut = (site, why) => site.CutOff = why,
            Say = _ => { },
            Warn = _ => { },
            Latency = new LatencyPlan(null, true),
            Now = () => 0,
        };
        IPEndPoint from = new(IPAddress.Loopback, 9);
        (byte[] oldHello, byte[] oldSpikes) = Session(1);
        (byte[] _, byte[] nowSpikes) = Session(2);
        Assert.Equal(2, taken);
        Take(oldHello);
        Take(oldSpikes);
        Take(oldHello);
        Assert.Equal(2, taken);
        Take(KeyedPacket.Seal(KeyedType.Spikes, 2, 2, KeyedBodies.Spikes(1, [new WireSpike(63, SpikeKind.Spontaneous, 0)]),
            SessionKeyOf(2)));
        Assert.Equal(3, taken);
        Assert.NotEqual(oldSpikes, nowSpikes);

        (byte[] Hello, byte[] Spikes) Session(ulong id)
        {
            byte[] hello = KeyedPacket.Seal(KeyedType.Hello, id, 0, KeyedBodies.Hello(new byte[16], "zurich"), key);
            Take(hello);
            byte[] spikes = KeyedPacket.Seal(KeyedType.Spikes, id, 1, KeyedBodies.Spikes(0, [new WireSpike(63, SpikeKind.Spontaneous, 0)]),
                SessionKeyOf(id));
            Take(spikes);
            return (hello, spikes);
        }

        byte[] SessionKeyOf(ulong id)
        {
            byte[] welcome = answers.First(a => KeyedPacket.TryHead(a, out KeyedType type, out ulong session, out _)
                && type == KeyedType.Welcome && session == id);
            return KeyedPacket.SessionKey(key, new byte[16], KeyedPacket.Body(welcome)[16..]);
        }

        void Take(byte[] packet) => sessions.Take(new Datagram(Transport.Keyed, from, packet, 0));
    }

    [Fact]
    public async Task A_site_that_lies_about_its_neurons_is_cut_off_and_named_and_the_others_go_on()
    {
        await using HubLab lab = new HubLab().Start();
        await using HubLink zurich = lab.Join("zurich");
        await using HubLink padova = lab.Join("padova");
        await HubLab.Until(() => zurich.IsSynchronised && padova.IsSynchronised);
        zurich.Send([new WireSpike(256, SpikeKind.Spontaneous, 0)]);
        zurich.Send([new WireSpike(63, SpikeKind.Spontaneous, 0)]);
        padova.Send([new WireSpike(256, SpikeKind.Spontaneous, padova.ToHub(padova.Clock.Now)),
            new WireSpike(9, SpikeKind.Spontaneous, 0)]);
        await HubLab.Until(() => lab["padova"].Unknown == 1 && lab["zurich"].AfterCut == 1);
        Assert.Equal((1, 0), (lab["zurich"].Foreign, lab["zurich"].Taken));
        Assert.Contains("neuron of padova", lab["zurich"].CutOff, StringComparison.Ordinal);
        Assert.Equal(1, lab["padova"].Taken);
        Assert.Null(lab["padova"].CutOff);
        Assert.Contains(lab.Said, s => s.StartsWith("site zurich is cut off", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_flood_is_cut_off_and_counted_to_the_spike()
    {
        await using HubLab lab = new HubLab(HubLab.Chain.Replace("zurich: {key", "zurich: {most_rate: 100 Hz, key",
            StringComparison.Ordinal)).Start();
        await using HubLink zurich = lab.Join("zurich");
        await HubLab.Until(() => zurich.IsSynchronised);
        long now = zurich.ToHub(zurich.Clock.Now);
        for (int k = 0; k < 10; k++)
        {
            zurich.Send([.. Enumerable.Range(0, 100).Select(_ => new WireSpike(63, SpikeKind.Spontaneous, now))]);
        }

        Assert.True(await zurich.LeaveAsync());
        SiteAccount account = lab["zurich"];
        await HubLab.Until(() => account.Closed);
        Assert.Equal(1000, account.Taken + account.OverRate + account.AfterCut + account.Lost);
        Assert.InRange(account.Taken, 50, 100);
        Assert.NotNull(account.CutOff);
    }

    [Fact]
    public void Packets_that_somebody_else_repeats_are_named_and_cost_the_site_nothing()
    {
        SiteAccount account = new(new SitePlan(0, "zurich", Transport.Keyed, null, 0, null, 1e5));
        byte[] key = new byte[32];
        List<byte[]> answers = [];
        List<string> said = [];
        int taken = 0;
        KeyedSessions sessions = new([account], _ => key)
        {
            Send = (bytes, _) =>
            {
                answers.Add(bytes);
                return true;
            },
            Spikes = (_, spikes, _) => taken += spikes.Count,
            Cut = (site, why) => site.CutOff = why,
            Say = said.Add,
            Warn = said.Add,
            Latency = new LatencyPlan(null, true),
            Now = () => 0,
        };
        IPEndPoint own = new(IPAddress.Loopback, 9);
        IPEndPoint other = new(IPAddress.Loopback, 10);
        Take(KeyedPacket.Seal(KeyedType.Hello, 1, 0, KeyedBodies.Hello(new byte[16], "zurich"), key), own);
        byte[] session = KeyedPacket.SessionKey(key, new byte[16], KeyedPacket.Body(answers[0])[16..]);
        for (int k = 1; k <= 3000; k++)
        {
            byte[] packet = KeyedPacket.Seal(KeyedType.Spikes, 1, k,
                KeyedBodies.Spikes(k - 1, [new WireSpike(63, SpikeKind.Spontaneous, 0)]), session);
            Take(packet, own);
            Take(packet, other);
            Take(packet, other);
        }

        Assert.Equal((3000, 6000, 6000), (taken, account.Repeats, account.Duplicates));
        Assert.Null(account.CutOff);
        Assert.Equal("127.0.0.1:10", account.Repeater);
        Assert.Single(said, line => line.Contains("127.0.0.1:10", StringComparison.Ordinal));

        void Take(byte[] packet, EndPoint from) => sessions.Take(new Datagram(Transport.Keyed, from, packet, 0));
    }

    [Fact]
    public async Task A_wrong_key_gets_no_answer_and_is_counted()
    {
        await using HubLab lab = new HubLab().Start();
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Connect(lab.Server.KeyedPlace!);
        socket.Send(KeyedPacket.Seal(KeyedType.Hello, 1, 0, KeyedBodies.Hello(new byte[16], "zurich"), new byte[32]));
        socket.Send(KeyedPacket.Seal(KeyedType.Hello, 1, 0, KeyedBodies.Hello(new byte[16], "geneva"), lab.Key("zurich")));
        socket.Send([1, 2, 3]);
        await HubLab.Until(() => lab["zurich"].Forged == 1 && lab.Server.Strangers == 2);
        Assert.False(socket.Poll(20_000, SelectMode.SelectRead));
    }

    private static byte[] Noise(Random random)
    {
        byte[] bytes = new byte[random.Next(1, 200)];
        random.NextBytes(bytes);
        return bytes;
    }

    private static byte[] Changed(Random random, byte[] packet)
    {
        byte[] changed = [.. packet];
        changed[random.Next(changed.Length)] ^= (byte)random.Next(1, 256);
        return changed;
    }
}
