// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Buffers.Binary;
using System.Security.Cryptography;
using NeuroMCU.Protocol.Framing;
using NeuroMCU.Protocol.Security;
using NeuroMCU.Tests.Shared;

namespace NeuroMCU.Protocol.Tests;

/// <summary>The seal against frames that a test seals by itself, as docs/reference/wire.md says, under any counter.</summary>
public class SealTests
{
    private const int ToDevice = 1;
    private const int ToHost = 2;

    private readonly byte[] _key = [.. Enumerable.Range(0, 32).Select(k => (byte)(k * 11))];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Both_ends_open_what_the_page_describes_and_seal_alike(bool device)
    {
        var seal = new FrameSeal(_key, device);
        var random = new Random(3);
        for (uint counter = 1; counter < 400; counter++)
        {
            var frame = Frame(random, random.Next(4, 231));
            Assert.True(seal.Open(Sealed(frame, counter, device ? ToDevice : ToHost), frame.Length));
            var own = new byte[frame.Length + WireFormat.SealSize];
            frame.CopyTo(own, 0);
            Assert.True(seal.Close(own, frame.Length));
            Assert.Equal(Sealed(frame, counter, device ? ToHost : ToDevice), own);
        }
    }

    /// <summary>The receiver takes the smallest number above the last one that ends in the 16 bits of the frame.</summary>
    [Theory]
    [InlineData(0u, 1u, true)]
    [InlineData(0u, 0u, false)]
    [InlineData(0u, 65_535u, true)]
    [InlineData(0u, 65_536u, true)]
    [InlineData(0u, 65_537u, false)]
    [InlineData(7u, 7u, false)]
    [InlineData(7u, 6u, false)]
    [InlineData(7u, 8u, true)]
    [InlineData(7u, 65_543u, true)]
    [InlineData(7u, 65_544u, false)]
    [InlineData(65_535u, 65_536u, true)]
    [InlineData(65_535u, 131_071u, true)]
    [InlineData(65_535u, 131_072u, false)]
    [InlineData(65_537u, 1u, false)]
    public void Lost_frames_are_bridged_and_old_ones_stay_shut(uint last, uint counter, bool opens)
    {
        var seal = new FrameSeal(_key, true);
        Reach(seal, last);
        var frame = Frame(new Random(1), 20);
        Assert.Equal(opens, seal.Open(Sealed(frame, counter, ToDevice), frame.Length));

        // An accepted number is the last one from then on; a refused one changes nothing.
        Assert.True(seal.Open(Sealed(frame, (opens ? counter : last) + 1, ToDevice), frame.Length));
    }

    [Fact]
    public void The_last_of_32_bits_ends_the_session()
    {
        Assert.SkipUnless(Effort.Of(100) == 100, "the way to the last number takes half a second");
        var seal = new FrameSeal(_key, true);
        Reach(seal, 0xFFFE_FFFF);
        var frame = Frame(new Random(1), 20);
        (uint Counter, bool Opens)[] steps =
        [
            (0xFFFF_0000, true), (0xFFFF_0000, false), (0xFFFE_FFFF, false), (0xFFFF_0005, true), (0xFFFF_0004, false), (4, false),
                (0xFFFF_FFFF, true),
            (0xFFFF_FFFF, false), (0, false), (1, false),
        ];
        foreach (var (counter, opens) in steps)
        {
            Assert.Equal(opens, seal.Open(Sealed(frame, counter, ToDevice), frame.Length));
        }
    }

    [Fact]
    public void A_replay_is_counted_and_other_damage_is_not()
    {
        var seal = new FrameSeal(_key, true);
        var frame = Frame(new Random(2), 30);
        var first = Sealed(frame, 1, ToDevice);
        Assert.True(seal.Open(first, frame.Length));
        Assert.False(seal.Open(first, frame.Length));
        Assert.Equal(1, seal.Replays);

        // One that was lost, and comes after its follower.
        Assert.True(seal.Open(Sealed(frame, 3, ToDevice), frame.Length));
        Assert.False(seal.Open(Sealed(frame, 2, ToDevice), frame.Length));
        Assert.Equal(2, seal.Replays);

        // Forged, from the other direction, or under no number at all.
        var forged = Sealed(frame, 2, ToDevice);
        forged[10] ^= 1;
        Assert.False(seal.Open(forged, frame.Length));
        Assert.False(seal.Open(Sealed(frame, 4, ToHost), frame.Length));
        Assert.False(seal.Open(Sealed(frame, 0, ToDevice), frame.Length));
        Assert.Equal(2, seal.Replays);
    }

    [Fact]
    public void Bytes_are_the_same_only_when_every_one_is()
    {
        byte[] a = [9, 1, 2, 3, 9];
        Assert.True(FrameSeal.Same(a, 1, [1, 2, 3], 0, 3));
        for (var bit = 0; bit < 24; bit++)
        {
            byte[] b = [1, 2, 3];
            b[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(FrameSeal.Same(a, 1, b, 0, 3));
        }

        // Two differences must not cancel.
        Assert.False(FrameSeal.Same([1, 1], 0, [2, 2], 0, 2));
    }

    private static byte[] Frame(Random random, int length)
    {
        var frame = new byte[length];
        random.NextBytes(frame);
        return frame;
    }

    private byte[] Sealed(byte[] frame, uint counter, int direction)
    {
        var text = new byte[7 + 240];
        text[0] = (byte)direction;
        BinaryPrimitives.WriteUInt32LittleEndian(text.AsSpan(1), counter);
        BinaryPrimitives.WriteUInt16LittleEndian(text.AsSpan(5), (ushort)frame.Length);
        frame.CopyTo(text, 7);
        return [.. frame, (byte)counter, (byte)(counter >> 8), .. HMACSHA256.HashData(_key, text)[..8]];
    }

    // In the largest steps that are bridged.
    private void Reach(FrameSeal seal, uint counter)
    {
        var frame = Frame(new Random(0), 4);
        for (long at = 0; at < counter;)
        {
            at = Math.Min(at + 65_536, counter);
            Assert.True(seal.Open(Sealed(frame, (uint)at, ToDevice), frame.Length));
        }
    }
}
