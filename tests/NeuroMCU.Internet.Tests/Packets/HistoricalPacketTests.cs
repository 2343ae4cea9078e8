// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Internet.Packets;

namespace NeuroMCU.Internet.Tests.Packets;

public sealed class HistoricalPacketTests
{
    // Left: type, neuron, value, stamp. Right: the bytes, as the page gives them.
    [Theory]
    [InlineData(65, 63, 2, 2000, "4100003F020007D0")]
    [InlineData(83, 256, 153, 800, "5300010099000320")]
    [InlineData(82, 0, 255, 0, "52000000FF000000")]
    [InlineData(68, 256, 0, 1, "4400010000000001")]
    [InlineData(65, 0xFFFFFF, 1, 0xFFFFFF, "41FFFFFF01FFFFFF")]
    [InlineData(83, 0x100001, 0, 0x100001, "5310000100100001")]
    public void A_packet_has_exactly_these_bytes(byte type, int neuron, byte value, int stamp, string hex)
    {
        HistoricalPacket packet = new(type, neuron, value, stamp);
        Assert.Equal(hex, Convert.ToHexString(packet.ToBytes()));
        Assert.True(HistoricalPacket.TryRead(Convert.FromHexString(hex), out HistoricalPacket read));
        Assert.Equal(packet, read);
    }

    [Fact]
    public void The_ready_packet_is_the_one_of_the_experiment()
    {
        Assert.Equal("52000000FF000000", Convert.ToHexString(HistoricalPacket.Ready.ToBytes()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("4100003F020007")]
    [InlineData("4100003F020007D000")]
    [InlineData("0000003F020007D0")]
    [InlineData("4200003F020007D0")]
    public void What_is_no_packet_is_refused(string hex)
    {
        Assert.False(HistoricalPacket.TryRead(Convert.FromHexString(hex), out _));
    }

    [Fact]
    public void Every_packet_survives_the_way_there_and_back()
    {
        Random random = new(14);
        byte[] types = [65, 68, 82, 83];
        for (int k = 0; k < 10_000; k++)
        {
            HistoricalPacket packet = new(types[random.Next(4)], random.Next(1 << 24), (byte)random.Next(256), random.Next(1 << 24));
            Assert.True(HistoricalPacket.TryRead(packet.ToBytes(), out HistoricalPacket read));
            Assert.Equal(packet, read);
        }
    }
}
