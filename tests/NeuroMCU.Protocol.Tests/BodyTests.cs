// NeuroMCU, MIT licence. See LICENSE in the repository root.

using FsCheck;
using FsCheck.Fluent;
using NeuroMCU.Protocol.Messages;

namespace NeuroMCU.Protocol.Tests;

public class BodyTests
{
    [Fact]
    public void Every_number_comes_back()
    {
        Prop.ForAll<long, int>((large, small) =>
        {
            var buffer = new byte[64];
            var writer = new BodyWriter(buffer);
            writer.WriteByte(small);
            writer.WriteInt16(small);
            writer.WriteInt32(small);
            writer.WriteInt64(large);
            writer.WriteVarint(large);
            writer.WriteSignedVarint(large);
            writer.WriteSignedVarint(-large);
            var reader = new BodyReader(buffer);
            reader.Reset(0, writer.Position);
            return !writer.Failed
                && reader.ReadByte() == (small & 255)
                && reader.ReadInt16() == (short)small
                && reader.ReadInt32() == small
                && reader.ReadInt64() == large
                && reader.ReadVarint() == large
                && reader.ReadSignedVarint() == large
                && reader.ReadSignedVarint() == -large
                && reader.Complete;
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData(0, "00")]
    [InlineData(127, "7F")]
    [InlineData(128, "8001")]
    [InlineData(300, "AC02")]
    [InlineData(long.MaxValue, "FFFFFFFFFFFFFFFF7F")]
    public void Varints_are_LEB128(long value, string hex)
    {
        var buffer = new byte[16];
        var writer = new BodyWriter(buffer);
        writer.WriteVarint(value);
        Assert.Equal(hex, Convert.ToHexString(buffer, 0, writer.Position));
    }

    [Fact]
    public void Reading_past_the_end_fails_quietly_and_stays_failed()
    {
        (int Size, Func<BodyReader, long> Read)[] reads =
        [
            (1, r => r.ReadByte()), (2, r => r.ReadUInt16()), (2, r => r.ReadInt16()), (4, r => r.ReadInt32()), (4, r => r.ReadUInt32()),
            (8, r => r.ReadInt64()),
        ];
        foreach (var (size, read) in reads)
        {
            // Another message stands behind the end.
            var reader = new BodyReader(Enumerable.Repeat((byte)255, 16).ToArray());
            reader.Reset(2, 2 + size);
            Assert.NotEqual(0, read(reader));
            Assert.True(reader.Complete);

            reader.Reset(2, 2 + size - 1);
            Assert.Equal(0, read(reader));
            Assert.True(reader.Failed);
            Assert.Equal(0, reader.ReadByte());
            Assert.False(reader.Complete);
        }
    }

    [Fact]
    public void A_block_that_is_cut_comes_out_empty_and_an_empty_one_whole()
    {
        var reader = new BodyReader([3, 1, 2, 3]);
        reader.Reset(0, 3);
        Assert.Empty(reader.ReadBlock());
        Assert.True(reader.Failed);

        reader = new BodyReader([0]);
        Assert.Empty(reader.ReadBlock());
        Assert.True(reader.Complete);
        reader.ReadBytes([], 0, -1);
        Assert.True(reader.Failed);
    }

    [Fact]
    public void A_block_has_up_to_255_bytes()
    {
        var writer = new BodyWriter(new byte[600]);
        writer.WriteBlock(new byte[255]);
        Assert.False(writer.Failed);
        Assert.Equal(256, writer.Length);
        writer.WriteBlock(new byte[256]);
        Assert.True(writer.Failed);
        Assert.Equal(256, writer.Length);
    }

    [Fact]
    public void Length_counts_from_the_start_and_room_to_the_limit()
    {
        var writer = new BodyWriter(new byte[20]);
        writer.Reset(5, 10);
        Assert.Equal((5, 0, 10), (writer.Position, writer.Length, writer.Left));
        writer.WriteInt32(1);
        Assert.Equal((9, 4, 6), (writer.Position, writer.Length, writer.Left));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(127)]
    [InlineData(128)]
    [InlineData(16_383)]
    [InlineData(16_384)]
    [InlineData(long.MaxValue)]
    [InlineData(-1)]
    public void A_varint_fits_exactly_and_no_byte_less_will_do(long value)
    {
        var whole = new BodyWriter(new byte[16]);
        whole.WriteVarint(value);
        var exact = new BodyWriter(new byte[whole.Length]);
        exact.WriteVarint(value);
        Assert.False(exact.Failed);
        Assert.Equal(0, exact.Left);
        var buffer = new byte[16];
        var less = new BodyWriter(buffer);
        less.Reset(0, whole.Length - 1);
        less.WriteVarint(value);
        Assert.True(less.Failed);
        Assert.All(buffer[(whole.Length - 1)..], b => Assert.Equal(0, b));
    }

    [Theory]
    [InlineData("80808080808080808001", true)]
    [InlineData("8080808080808080808001", false)]
    public void A_varint_has_ten_bytes_at_most(string hex, bool good)
    {
        var reader = new BodyReader(Convert.FromHexString(hex));
        Assert.Equal(good ? long.MinValue : 0, reader.ReadVarint());
        Assert.Equal(good, !reader.Failed);
    }

    [Fact]
    public void A_varint_without_end_fails()
    {
        var reader = new BodyReader(Enumerable.Repeat((byte)0x80, 32).ToArray());
        Assert.Equal(0, reader.ReadVarint());
        Assert.True(reader.Failed);
    }

    [Fact]
    public void Writing_past_the_limit_fails_and_leaves_the_rest_of_the_array_alone()
    {
        var buffer = new byte[8];
        var writer = new BodyWriter(buffer);
        writer.Reset(0, 3);
        writer.WriteInt16(-1);
        writer.WriteInt16(-1);
        Assert.True(writer.Failed);
        Assert.Equal(new byte[] { 255, 255, 0, 0, 0, 0, 0, 0 }, buffer);
    }
}
