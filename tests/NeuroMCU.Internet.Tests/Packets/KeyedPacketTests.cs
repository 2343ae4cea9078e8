// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Security.Cryptography;
using NeuroMCU.Internet.Packets;

namespace NeuroMCU.Internet.Tests.Packets;

public sealed class KeyedPacketTests
{
    private static readonly byte[] s_key = [.. Enumerable.Range(0, 32).Select(k => (byte)k)];

    // The bytes that the page gives; their code was computed by Python.
    [Fact]
    public void A_batch_of_one_spike_has_exactly_these_bytes()
    {
        byte[] body = KeyedBodies.Spikes(7, [new WireSpike(256, SpikeKind.Spontaneous, 1_000_000)]);
        byte[] packet = KeyedPacket.Seal(KeyedType.Spikes, 0x0102030405060708, 9, body, s_key);
        Assert.Equal(
            "4E4D4831" + "03" + "000000" + "0102030405060708" + "0000000000000009" + "0000000000000007" + "00000000000F4240" + "0001"
            + "00000100" + "02" + "00000000",
            Convert.ToHexString(packet[..^16]));
        Assert.Equal("ADDC7CDEB27D449CB59771BB103F2FA8", Convert.ToHexString(packet[^16..]));
        Assert.Equal(149, KeyedBodies.MostSpikes);
    }

    [Fact]
    public void Every_changed_bit_is_noticed()
    {
        byte[] packet = KeyedPacket.Seal(KeyedType.Sync, 5, 1, KeyedBodies.Sync(new Sync(1, 2, 3, 4)), s_key);
        Assert.True(KeyedPacket.IsSealedBy(packet, s_key));
        for (int bit = 0; bit < packet.Length * 8; bit++)
        {
            byte[] changed = [.. packet];
            changed[bit / 8] ^= (byte)(1 << bit % 8);
            Assert.False(KeyedPacket.IsSealedBy(changed, s_key), $"bit {bit}");
        }
    }

    [Fact]
    public void Each_session_has_a_key_of_its_own_to_which_both_ends_contribute()
    {
        byte[] a = new byte[16], b = [.. Enumerable.Repeat((byte)1, 16)];
        byte[][] keys = [KeyedPacket.SessionKey(s_key, a, b), KeyedPacket.SessionKey(s_key, b, a), KeyedPacket.SessionKey(s_key, a, a),
            KeyedPacket.SessionKey([.. s_key.Reverse()], a, b)];
        Assert.Distinct(keys.Select(Convert.ToHexString));
        Assert.Equal(HMACSHA256.HashData(s_key, (byte[])[.. "neuromcu hub session"u8.ToArray(), .. a, .. b]), keys[0]);
    }

    [Fact]
    public void Bodies_survive_the_way_there_and_back_and_only_whole_ones_are_read()
    {
        Random random = new(3);
        for (int k = 0; k < 500; k++)
        {
            WireSpike[] spikes = [.. Enumerable.Range(0, random.Next(1, KeyedBodies.MostSpikes + 1))
                .Select(_ => new WireSpike(random.Next(1 << 24), (SpikeKind)random.Next(3), random.NextInt64(1L << 31)))];
            byte[] body = KeyedBodies.Spikes(k, spikes);
            Assert.True(body.Length + KeyedPacket.HeadSize + KeyedPacket.CodeSize <= KeyedPacket.MostBytes);
            List<WireSpike> read = [];
            Assert.True(KeyedBodies.TrySpikes(body, out long first, read));
            Assert.Equal(k, first);
            Assert.Equal(spikes, read);
            Assert.False(KeyedBodies.TrySpikes(body.AsSpan(0, body.Length - 1), out _, []));
        }

        Sync sync = new(-7, 1L << 33, ulong.MaxValue, 5);
        Assert.True(KeyedBodies.TrySync(KeyedBodies.Sync(sync), out Sync again));
        Assert.Equal(sync, again);
        Assert.False(KeyedBodies.TrySync(KeyedBodies.Sync(sync with { Earlier = -1 }), out _));
        SyncAnswer answer = new(-5, 1L << 40, 3, 4, 40_000, true, false);
        Assert.True(KeyedBodies.TryAnswer(KeyedBodies.Answer(answer), out SyncAnswer same));
        Assert.Equal(answer, same);
        Assert.True(KeyedBodies.TryAnswer(KeyedBodies.Answer(answer with { Delay = null, DeliverLate = false, Complete = true }),
            out SyncAnswer other));
        Assert.Equal((null, false, true), (other.Delay, other.DeliverLate, other.Complete));
    }

    [Fact]
    public void Random_bytes_are_no_bodies_and_no_heads_and_end_nothing()
    {
        Random random = new(5);
        for (int k = 0; k < 100_000; k++)
        {
            byte[] bytes = new byte[random.Next(100)];
            random.NextBytes(bytes);
            Assert.False(KeyedPacket.TryHead(bytes, out _, out _, out _));
            KeyedBodies.TrySpikes(bytes, out _, []);
            KeyedBodies.TryArrivals(bytes, out _, out _);
            KeyedBodies.TryHello(bytes, out _, out _);
            KeyedBodies.TryAnswer(bytes, out _);
        }
    }
}
