// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Protocol.Framing;
using NeuroMCU.Protocol.Security;
using NeuroMCU.Tests.Shared;

namespace NeuroMCU.Protocol.Tests;

public class FrameTests
{
    private static readonly int s_fuzzFrames = Effort.Of(1_000_000);

    private readonly FrameEncoder _encoder = new();
    private readonly FrameDecoder _decoder = new();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(WireFormat.MaxBody)]
    public void A_frame_comes_back_whatever_pieces_it_arrives_in(int size)
    {
        var random = new Random(size);
        var body = new byte[size];
        for (var piece = 1; piece <= 64; piece++)
        {
            random.NextBytes(body);
            body.AsSpan(0, size / 2).Clear();
            var wire = Wire.Encode(_encoder, 0x21, 0xABCD, body);
            Assert.True(wire.Length <= WireFormat.MaxEncoded);
            Assert.Equal(0, wire[^1]);
            Assert.DoesNotContain((byte)0, wire[..^1]);

            var frames = wire.Chunk(piece).SelectMany(part => Wire.Decode(_decoder, part)).ToList();
            var frame = Assert.Single(frames);
            Assert.Equal(0x21, frame.Type);
            Assert.Equal(0xABCD, frame.Sequence);
            Assert.Equal(body, frame.Body);
        }
    }

    [Fact]
    public void A_body_that_is_too_long_is_not_sent()
    {
        Assert.False(_encoder.Encode(1, 1, new byte[WireFormat.MaxBody + 1], 0, WireFormat.MaxBody + 1));
        var seal = new FrameEncoder { Seal = new FrameSeal(new byte[32], true) };
        Assert.Equal((WireFormat.MaxBody, WireFormat.MaxSealedBody), (_encoder.MaxBody, seal.MaxBody));
        Assert.True(seal.Encode(1, 1, new byte[WireFormat.MaxSealedBody], 0, WireFormat.MaxSealedBody));
        Assert.False(seal.Encode(1, 1, new byte[WireFormat.MaxSealedBody + 1], 0, WireFormat.MaxSealedBody + 1));
        Assert.Equal(0, _encoder.WireLength);
    }

    [Fact]
    public void Every_one_and_two_bit_flip_of_a_64_byte_frame_on_the_wire_is_caught()
    {
        var body = new byte[64 - WireFormat.HeaderSize - WireFormat.CrcSize];
        new Random(1).NextBytes(body);
        body[3] = 0;
        body[30] = 0;
        var wire = Wire.Encode(_encoder, 0x29, 77, body);

        // Behind the flipped frame stands a good one: whatever the flip does, at most these two go missing, and nothing false appears.
        var follower = Wire.Encode(_encoder, 0x02, 78);
        var bits = wire.Length * 8;
        var cases = 0;
        for (var first = 0; first < bits; first++)
        {
            for (var second = first; second < bits; second++)
            {
                var bad = wire.Concat(follower).ToArray();
                bad[first / 8] ^= (byte)(1 << (first % 8));
                if (second != first)
                {
                    bad[second / 8] ^= (byte)(1 << (second % 8));
                }

                _decoder.Reset();
                var frames = Wire.Decode(_decoder, bad);
                Assert.True(frames.All(frame => frame.Type == 0x02 && frame.Sequence == 78 && frame.Body.Length == 0),
                    $"bits {first} and {second} went unnoticed");
                Assert.True(frames.Count <= 1);
                cases++;
            }
        }

        Assert.Equal(bits * (bits + 1) / 2, cases);
    }

    [Fact]
    public void Sampled_three_bit_flips_of_a_64_byte_frame_on_the_wire_are_caught()
    {
        var random = new Random(33);
        var body = new byte[64 - WireFormat.HeaderSize - WireFormat.CrcSize];
        random.NextBytes(body);
        body[20] = 0;
        var wire = Wire.Encode(_encoder, 0x29, 77, body);
        var bad = new byte[wire.Length];
        for (var k = 0; k < Effort.Of(300_000); k++)
        {
            wire.CopyTo(bad, 0);
            var first = random.Next(wire.Length * 8);
            var second = (first + random.Next(1, wire.Length * 8)) % (wire.Length * 8);
            bad[first / 8] ^= (byte)(1 << (first % 8));
            bad[second / 8] ^= (byte)(1 << (second % 8));
            var third = random.Next(wire.Length * 8);
            if (third == first || third == second)
            {
                continue;
            }

            bad[third / 8] ^= (byte)(1 << (third % 8));
            var at = 0;
            while (at < bad.Length)
            {
                at += _decoder.Feed(bad, at, bad.Length - at);
                Assert.False(_decoder.HasFrame, $"bits {first}, {second} and {third} went unnoticed");
            }

            _decoder.Reset();
        }
    }

    [Fact]
    public void Random_and_damaged_frames_neither_crash_the_decoder_nor_give_a_false_frame()
    {
        // Every body holds its own sequence number and a sum, so that a false frame that passes the CRC would still be seen.
        var random = new Random(20240607);
        var body = new byte[WireFormat.MaxBody];
        var accepted = 0;
        var rejected = 0;
        for (var k = 0; k < s_fuzzFrames; k++)
        {
            byte[] bytes;
            if (k % 3 == 0)
            {
                bytes = new byte[random.Next(1, 300)];
                random.NextBytes(bytes);
            }
            else
            {
                var size = random.Next(4, WireFormat.MaxBody + 1);
                random.NextBytes(body);
                body[0] = (byte)k;
                body[1] = (byte)(k >> 8);
                body[2] = (byte)size;
                body[3] = (byte)(body[0] ^ body[1] ^ body[2] ^ 0x5A);
                Assert.True(_encoder.Encode(0x40, k, body, 0, size));
                bytes = _encoder.Wire.AsSpan(0, _encoder.WireLength).ToArray();
                Damage(random, ref bytes);
            }

            foreach (var frame in Wire.Decode(_decoder, bytes))
            {
                Assert.Equal(0x40, frame.Type);
                Assert.Equal(frame.Sequence, frame.Body[0] | (frame.Body[1] << 8));
                Assert.Equal(frame.Body.Length, frame.Body[2]);
                Assert.Equal(0x5A, frame.Body[0] ^ frame.Body[1] ^ frame.Body[2] ^ frame.Body[3]);
                accepted++;
            }
        }

        rejected = _decoder.CheckErrors + _decoder.Overlong + _decoder.Short + _decoder.ForeignVersions;
        Assert.True(accepted > s_fuzzFrames / 50, $"{accepted} accepted");
        Assert.True(rejected > s_fuzzFrames / 3, $"{rejected} rejected");
        Assert.True(_decoder.CheckErrors > 0 && _decoder.Overlong > 0 && _decoder.Short > 0);
    }

    [Fact]
    public void After_garbage_of_any_length_the_second_frame_at_the_latest_is_read()
    {
        var random = new Random(5);
        for (var k = 0; k < Effort.Of(2000); k++)
        {
            var garbage = new byte[random.Next(1, 600)];
            random.NextBytes(garbage);
            var first = Wire.Encode(_encoder, 0x10, 1, 1, 2, 3);
            var second = Wire.Encode(_encoder, 0x11, 2, 4, 5, 6);
            _decoder.Reset();
            var frames = Wire.Decode(_decoder, [.. garbage, .. first, .. second]);
            Assert.Equal(0x11, frames[^1].Type);
            Assert.InRange(frames.Count, 1, 2);
        }
    }

    [Theory]
    [InlineData("boot\r\n", false, 1)]
    [InlineData("boot\r\n", true, 2)]
    [InlineData("rst:0x1 (POWERON_RESET),boot:0x13 (SPI_FAST_FLASH_BOOT)\r\nload:0x3fff0030,len:7084\r\n", false, 1)]
    public void Text_between_frames_costs_the_next_one_unless_a_zero_byte_ends_it(string text, bool ended, int arrive)
    {
        byte[] wire = [.. System.Text.Encoding.ASCII.GetBytes(text), .. ended ? new byte[] { 0 } : [],
            .. Wire.Encode(_encoder, 0x21, 1, []), .. Wire.Encode(_encoder, 0x21, 2, [])];
        var frames = Wire.Decode(_decoder, wire);

        Assert.Equal(arrive, frames.Count);
        Assert.Equal(2, frames.Last().Sequence);
        Assert.Equal(1, _decoder.CheckErrors + _decoder.Short + _decoder.Overlong);
    }

    [Fact]
    public void Each_kind_of_damage_has_its_counter()
    {
        var good = Wire.Encode(_encoder, 2, 1, 9, 9);
        var flipped = (byte[])good.Clone();
        flipped[^2] ^= 1;
        Assert.Empty(Wire.Decode(_decoder, flipped));
        Assert.Equal(1, _decoder.CheckErrors);

        Assert.Empty(Wire.Decode(_decoder, [.. Enumerable.Repeat((byte)255, 600), 0]));
        Assert.Equal(1, _decoder.Overlong);

        Assert.Empty(Wire.Decode(_decoder, [3, 1, 1, 0]));
        Assert.Equal(1, _decoder.Short);

        Assert.Empty(Wire.Decode(_decoder, [.. good[..^3], 0]));
        Assert.Equal(2, _decoder.Short);

        // Delimiters without a frame between them are no damage: a sender may begin with one to flush what was left on the line.
        Assert.Single(Wire.Decode(_decoder, [0, 0, .. good]));
        Assert.Equal(1, _decoder.Frames);
        Assert.Equal(0, _decoder.ForeignVersions);
    }

    [Fact]
    public void A_frame_of_another_format_version_is_counted_and_dropped()
    {
        byte[] raw = [2, 1, 0, 0, 0, 0, 0, 0];
        BitConverter.TryWriteBytes(raw.AsSpan(4), Core.Integrity.Crc32.Compute(raw, 0, 4));
        var coded = new byte[16];
        var length = Cobs.Encode(raw, 0, raw.Length, coded, 0);
        Assert.Empty(Wire.Decode(_decoder, coded.AsSpan(0, length + 1)));
        Assert.Equal(1, _decoder.ForeignVersions);
    }

    /// <summary>Header and check are the least that a frame has: one byte less is short, whatever its check says.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_shortest_frame_has_header_and_check(bool isSealed)
    {
        var key = new byte[32];
        var version = isSealed ? WireFormat.SealedVersion : WireFormat.OpenVersion;
        for (var head = 1; head <= WireFormat.HeaderSize; head++)
        {
            var decoder = new FrameDecoder { Seal = isSealed ? new FrameSeal(key, true) : null };
            var raw = new byte[head + WireFormat.SealSize];
            raw[0] = version;
            raw.AsSpan(1, head - 1).Fill(7);
            if (isSealed)
            {
                Assert.True(new FrameSeal(key, false).Close(raw, head));
            }
            else
            {
                raw = raw[..(head + WireFormat.CrcSize)];
                BitConverter.TryWriteBytes(raw.AsSpan(head), Core.Integrity.Crc32.Compute(raw, 0, head));
            }

            var whole = head == WireFormat.HeaderSize;
            Assert.Equal(whole ? 1 : 0, Wire.Decode(decoder, Coded(raw)).Count);
            Assert.Equal((whole ? 1 : 0, whole ? 0 : 1, 0), (decoder.Frames, decoder.Short, decoder.CheckErrors));
        }

        // Down to a single byte.
        Assert.Empty(Wire.Decode(_decoder, [1, 0, 2, 1, 0]));
        Assert.Equal(2, _decoder.Short);
    }

    /// <summary>The longest frame fits, and one byte more is too long, in every division into COBS blocks.</summary>
    [Fact]
    public void The_longest_frame_is_read_and_a_longer_one_counted()
    {
        var random = new Random(6);
        for (var zeros = 0; zeros < 40; zeros++)
        {
            var raw = new byte[WireFormat.MaxFrame + 1];
            Array.Fill(raw, (byte)3);
            raw[0] = WireFormat.OpenVersion;
            for (var k = 0; k < zeros; k++)
            {
                raw[random.Next(1, raw.Length - 4)] = 0;
            }

            // Of 241 bytes nothing is looked at; of 240 the check decides.
            foreach (var length in new[] { WireFormat.MaxFrame, WireFormat.MaxFrame + 1 })
            {
                BitConverter.TryWriteBytes(raw.AsSpan(length - 4), Core.Integrity.Crc32.Compute(raw, 0, length - 4));
                var fits = length == WireFormat.MaxFrame;
                var decoder = new FrameDecoder();
                var frames = Coded(raw[..length]).Chunk(random.Next(1, 260)).SelectMany(part => Wire.Decode(decoder, part)).ToList();
                Assert.Equal((fits ? 1 : 0, fits ? 0 : 1, 0, 0), (frames.Count, decoder.Overlong, decoder.Short, decoder.CheckErrors));
                Assert.Equal(fits ? 1 : 0, decoder.Frames);
                if (fits)
                {
                    Assert.Equal(raw[WireFormat.HeaderSize..(length - 4)], frames[0].Body);
                }
            }

            // A zero that falls on the 241st byte.
            byte[] end = [.. Enumerable.Repeat((byte)1, WireFormat.MaxFrame + 2), 0];
            var full = new FrameDecoder();
            Assert.Empty(Wire.Decode(full, end));
            Assert.Equal(1, full.Overlong);
        }
    }

    /// <summary>A stream of frames gives the same frames and the same counts whatever pieces it comes in, also from within a larger
    /// array.</summary>
    [Fact]
    public void Pieces_make_no_difference()
    {
        var random = new Random(71);
        var stream = new List<byte>();
        for (var k = 0; k < 300; k++)
        {
            var body = new byte[random.Next(WireFormat.MaxBody + 1)];
            random.NextBytes(body);
            var bytes = Wire.Encode(_encoder, 0x21, k, body);
            if (k % 3 == 0)
            {
                Damage(random, ref bytes);
            }

            stream.AddRange(bytes);
        }

        var data = stream.ToArray();
        var whole = Frames(_decoder, data, [data.Length]);
        Assert.True(whole.Count > 150, $"{whole.Count} frames");
        for (var round = 0; round < Effort.Of(60); round++)
        {
            var decoder = new FrameDecoder();
            var pieces = Enumerable.Range(0, data.Length).Select(_ => random.Next(1, round + 2)).ToArray();
            Assert.Equal(whole, Frames(decoder, data, pieces));
            Assert.Equal(
                (_decoder.Frames, _decoder.CheckErrors, _decoder.Overlong, _decoder.Short, _decoder.ForeignVersions),
                (decoder.Frames, decoder.CheckErrors, decoder.Overlong, decoder.Short, decoder.ForeignVersions));
        }
    }

    [Fact]
    public void A_request_and_its_repetition_have_one_fingerprint_and_every_other_byte_another()
    {
        uint Of(int type, int sequence, params byte[] body)
        {
            Wire.Decode(_decoder, Wire.Encode(_encoder, type, sequence, body));
            return _decoder.Fingerprint;
        }

        Assert.Equal(Of(2, 5, 1, 2), Of(2, 5, 1, 2));
        uint[] all = [Of(2, 5, 1, 2), Of(3, 5, 1, 2), Of(2, 6, 1, 2), Of(2, 5, 1, 3), Of(2, 5, 0, 2), Of(2, 5, 1), Of(2, 5, 1, 2, 0)];
        Assert.Equal(all.Length, all.Distinct().Count());
        Assert.Equal(Core.Integrity.Crc32.Compute([2, 5, 0, 1, 2], 0, 5), all[0]);
    }

    [Fact]
    public void A_reset_forgets_what_has_begun_and_what_was_ready()
    {
        var wire = Wire.Encode(_encoder, 2, 1, 9, 9, 0, 4);
        for (var cut = 1; cut < wire.Length; cut++)
        {
            _decoder.Feed(wire, 0, cut);
            _decoder.Reset();
            Assert.Equal([9, 9, 0, 4], Assert.Single(Wire.Decode(_decoder, wire)).Body);
        }

        // Also in the middle of a frame that is too long.
        _decoder.Feed([.. Enumerable.Repeat((byte)255, 600)], 0, 600);
        _decoder.Reset();
        _decoder.Feed(wire, 0, wire.Length);
        Assert.True(_decoder.HasFrame);
        _decoder.Reset();
        Assert.False(_decoder.HasFrame);
        Assert.Equal(0, _decoder.Overlong + _decoder.Short + _decoder.CheckErrors);
    }

    private static byte[] Coded(byte[] raw)
    {
        var coded = new byte[raw.Length + 3];
        var length = Cobs.Encode(raw, 0, raw.Length, coded, 0);
        return coded[..(length + 1)];
    }

    // Feeds pieces from the middle of an array, so that a decoder that looked outside of them would be found out.
    private static List<string> Frames(FrameDecoder decoder, byte[] data, int[] pieces)
    {
        var frames = new List<string>();
        var at = 0;
        foreach (var piece in pieces)
        {
            byte[] part = [1, 1, 1, .. data.AsSpan(at, Math.Min(piece, data.Length - at)), 1, 0, 1];
            var end = part.Length - 3;
            for (var read = 3; read < end;)
            {
                var taken = decoder.Feed(part, read, end - read);
                read += taken;
                Assert.True(decoder.HasFrame || read == end);
                if (decoder.HasFrame)
                {
                    Assert.Equal(0, part[read - 1]);
                    frames.Add($"{decoder.Type} {decoder.Sequence} {decoder.Body.Left} {decoder.Fingerprint}");
                }
            }

            at += end - 3;
            if (at == data.Length)
            {
                break;
            }
        }

        return frames;
    }

    private static void Damage(Random random, ref byte[] bytes)
    {
        switch (random.Next(6))
        {
            case 0:
                return;
            case 1:
                bytes[random.Next(bytes.Length)] ^= (byte)random.Next(1, 256);
                return;
            case 2:
                bytes = bytes[..random.Next(bytes.Length)];
                return;
            case 3:
                var at = random.Next(bytes.Length);
                bytes = [.. bytes[..at], (byte)random.Next(256), .. bytes[at..]];
                return;
            case 4:
                for (var k = 0; k < 20; k++)
                {
                    bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
                }

                return;
            default:
                bytes[random.Next(bytes.Length)] = 0;
                return;
        }
    }
}
