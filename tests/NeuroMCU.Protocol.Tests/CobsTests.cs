// NeuroMCU, MIT licence. See LICENSE in the repository root.

using FsCheck;
using FsCheck.Fluent;
using NeuroMCU.Protocol.Framing;

namespace NeuroMCU.Protocol.Tests;

public class CobsTests
{
    // The examples of the COBS paper and of the code's usual descriptions.
    [Theory]
    [InlineData("", "01")]
    [InlineData("00", "0101")]
    [InlineData("0000", "010101")]
    [InlineData("11220033", "0311220233")]
    [InlineData("11223344", "0511223344")]
    [InlineData("11000000", "0211010101")]
    public void Encodes_the_published_examples(string plain, string coded)
    {
        Assert.Equal(coded, Convert.ToHexString(Encode(Convert.FromHexString(plain))));
    }

    [Fact]
    public void A_block_of_254_needs_no_second_code_byte()
    {
        var plain = Enumerable.Range(1, 254).Select(k => (byte)k).ToArray();
        var coded = Encode(plain);
        Assert.Equal(255, coded.Length);
        Assert.Equal(255, coded[0]);
    }

    [Fact]
    public void Any_bytes_come_back_and_no_zero_is_on_the_wire()
    {
        Prop.ForAll<byte[]>(bytes =>
        {
            // Long runs without zeros reach the 254-byte blocks, which random bytes hardly do.
            var plain = bytes.Concat(bytes.Length % 3 == 0 ? Enumerable.Repeat((byte)7, 250 + (bytes.Length % 300)) : []).ToArray();
            var coded = Encode(plain);
            var back = new byte[plain.Length];
            return !coded.Contains((byte)0)
                && coded.Length <= plain.Length + 1 + (plain.Length / 254)
                && Cobs.Decode(coded, 0, coded.Length, back, 0) == plain.Length
                && back.SequenceEqual(plain);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Random_bytes_never_make_the_decoder_write_out_of_bounds()
    {
        Prop.ForAll<byte[]>(bytes =>
        {
            var target = new byte[8];
            var length = Cobs.Decode(bytes, 0, bytes.Length, target, 0);
            return length is >= -1 and <= 8;
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("00", 8)]
    [InlineData("0511", 8)]
    [InlineData("03112201", 2)]
    [InlineData("0311220233", 3)]
    [InlineData("0311", 8)]
    [InlineData("03110022", 8)]
    [InlineData("0100", 8)]
    public void What_is_no_code_or_does_not_fit_is_refused(string coded, int room)
    {
        // Bytes behind the end that would complete it.
        var source = Convert.FromHexString(coded + "445566778899AABB");
        Assert.Equal(-1, Cobs.Decode(source, 0, coded.Length / 2, new byte[room], 0));
    }

    [Fact]
    public void The_target_may_begin_anywhere()
    {
        var plain = Enumerable.Range(0, 600).Select(k => (byte)(k % 301)).ToArray();
        foreach (var count in new[] { 3, 600 })
        {
            var coded = new byte[700];
            var length = Cobs.Encode(plain, 0, count, coded, 11);
            Assert.Equal(Encode(plain[..count]), coded[11..(11 + length)]);
            var back = new byte[700];
            Assert.Equal(count, Cobs.Decode(coded, 11, length, back, 7));
            Assert.Equal(plain[..count], back[7..(7 + count)]);
        }
    }

    private static byte[] Encode(byte[] plain)
    {
        var coded = new byte[plain.Length + 2 + (plain.Length / 254)];
        var length = Cobs.Encode(plain, 0, plain.Length, coded, 0);
        return coded.AsSpan(0, length).ToArray();
    }
}
