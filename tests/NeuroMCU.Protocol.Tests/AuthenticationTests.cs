// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Protocol.Framing;
using NeuroMCU.Protocol.Security;

namespace NeuroMCU.Protocol.Tests;

public class AuthenticationTests
{
    private readonly byte[] _key = Enumerable.Range(0, 32).Select(k => (byte)(k * 7)).ToArray();
    private readonly byte[] _host = Enumerable.Repeat((byte)1, KeyExchange.NonceSize).ToArray();
    private readonly byte[] _device = Enumerable.Repeat((byte)2, KeyExchange.NonceSize).ToArray();

    [Fact]
    public void Proofs_and_session_key_depend_on_key_nonces_and_role()
    {
        var other = (byte[])_key.Clone();
        other[31] ^= 1;
        byte[][] all =
        [
            KeyExchange.HostProof(_key, _host, _device), KeyExchange.DeviceProof(_key, _host, _device),
                KeyExchange.SessionKey(_key, _host, _device),
            KeyExchange.HostProof(other, _host, _device), KeyExchange.HostProof(_key, _device, _host),
        ];
        Assert.Equal(all.Length, all.Select(Convert.ToHexString).Distinct().Count());
        Assert.All(all, proof => Assert.Equal(KeyExchange.ProofSize, proof.Length));

        // HMAC-SHA-256 over the published text, computed here in another way.
        byte[] text = [.. System.Text.Encoding.ASCII.GetBytes("NeuroMCU host   "), .. _host, .. _device];
        Assert.Equal(System.Security.Cryptography.HMACSHA256.HashData(_key, text), all[0]);
    }

    [Fact]
    public void Nonces_differ_even_with_the_same_random_numbers()
    {
        var first = KeyExchange.MakeNonce(_key, new Random(1), 1000, null);
        var second = KeyExchange.MakeNonce(_key, new Random(1), 1001, null);
        var third = KeyExchange.MakeNonce(_key, new Random(1), 1000, _host);
        Assert.NotEqual(first, second);
        Assert.NotEqual(first, third);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    public void A_nonce_depends_on_every_byte_of_the_clock_and_on_chance(int place)
    {
        var one = KeyExchange.MakeNonce(_key, new Random(1), 0, _host);
        Assert.NotEqual(one, KeyExchange.MakeNonce(_key, new Random(1), 1L << (8 * place), _host));
        Assert.NotEqual(one, KeyExchange.MakeNonce(_key, new Random(2), 0, _host));
        Assert.Equal(KeyExchange.NonceSize, one.Length);
    }

    /// <summary>Otherwise a device could be made to say a proof or a session key as its nonce.</summary>
    [Fact]
    public void A_nonce_is_no_piece_of_a_proof_or_of_a_session_key()
    {
        var nonce = KeyExchange.MakeNonce(_key, new Constant(), 0, _host);
        var noise = new byte[KeyExchange.NonceSize];
        Assert.NotEqual(KeyExchange.HostProof(_key, noise, _host)[..KeyExchange.NonceSize], nonce);
        Assert.NotEqual(KeyExchange.DeviceProof(_key, noise, _host)[..KeyExchange.NonceSize], nonce);
        Assert.NotEqual(KeyExchange.SessionKey(_key, noise, _host)[..KeyExchange.NonceSize], nonce);
    }

    [Fact]
    public void A_sealed_frame_opens_once_and_only_at_the_other_end()
    {
        var (host, device) = Pair();
        var encoder = new FrameEncoder { Seal = host };
        var decoder = new FrameDecoder { Seal = device };
        var first = Wire.Encode(encoder, 0x20, 1, 1, 2, 3);
        var second = Wire.Encode(encoder, 0x20, 2, 4);
        Assert.Equal([1, 2, 3], Assert.Single(Wire.Decode(decoder, first)).Body);

        // Replayed: refused, and so counted.
        Assert.Empty(Wire.Decode(decoder, first));
        Assert.Equal(1, decoder.CheckErrors);
        Assert.Single(Wire.Decode(decoder, second));
        Assert.Empty(Wire.Decode(decoder, first));

        // Sent back to where it came from: the direction is part of what is sealed.
        Assert.Empty(Wire.Decode(new FrameDecoder { Seal = host }, second));
    }

    [Fact]
    public void Every_single_bit_of_a_sealed_frame_counts()
    {
        var (host, device) = Pair();
        var raw = new byte[64];
        raw[0] = WireFormat.SealedVersion;
        Assert.True(host.Close(raw, 30));
        for (var bit = 0; bit < (30 + WireFormat.SealSize) * 8; bit++)
        {
            raw[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(device.Open(raw, 30), $"bit {bit}");
            raw[bit / 8] ^= (byte)(1 << (bit % 8));
        }

        Assert.True(device.Open(raw, 30));
    }

    [Fact]
    public void An_open_frame_is_refused_in_a_sealed_session_and_a_sealed_one_before_it()
    {
        var (host, device) = Pair();
        Assert.Empty(Wire.Decode(new FrameDecoder { Seal = device }, Wire.Encode(new FrameEncoder(), 0x21, 5, new byte[20])));
        Assert.Empty(Wire.Decode(new FrameDecoder(), Wire.Encode(new FrameEncoder { Seal = host }, 0x21, 5, new byte[20])));
    }

    [Fact]
    public void The_wrong_key_opens_nothing()
    {
        var (host, _) = Pair();
        var other = new FrameSeal(KeyExchange.SessionKey(new byte[32], _host, _device), true);
        Assert.Empty(Wire.Decode(new FrameDecoder { Seal = other }, Wire.Encode(new FrameEncoder { Seal = host }, 2, 1)));
    }

    private sealed class Constant : Random
    {
        public override void NextBytes(byte[] buffer) => Array.Clear(buffer);
    }

    private (FrameSeal Host, FrameSeal Device) Pair()
    {
        var session = KeyExchange.SessionKey(_key, _host, _device);
        return (new FrameSeal(session, false), new FrameSeal(session, true));
    }
}
