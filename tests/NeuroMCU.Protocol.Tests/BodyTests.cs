// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using NeuroMCU.Protocol.Messages;

namespace NeuroMCU.Protocol.Tests
{
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
            var reader = new BodyReader(new byte[8]);
            reader.Reset(0, 3);
            Assert.Equal(0, reader.ReadInt32());
            Assert.True(reader.Failed);
            Assert.Equal(0, reader.ReadByte());
            Assert.False(reader.Complete);
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
}
