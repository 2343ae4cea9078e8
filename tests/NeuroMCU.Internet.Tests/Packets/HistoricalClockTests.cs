// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Internet.Packets;

namespace NeuroMCU.Internet.Tests.Packets;

public sealed class HistoricalClockTests
{
    [Fact]
    public void Stamps_of_the_first_partner_add_up_over_all_its_neurons()
    {
        HistoricalClock clock = new(_ => []);
        Assert.Equal(2000, clock.Absolute(First(63, 2000)));
        Assert.Equal(2300, clock.Absolute(First(64, 300)));
        Assert.Equal(2300, clock.Absolute(First(63, 0)));
    }

    [Fact]
    public void Stamps_of_the_second_partner_count_from_the_latest_presynaptic_spike()
    {
        HistoricalClock clock = new(neuron => neuron == 256 ? [63, 64] : []);
        clock.Absolute(First(63, 2000));
        clock.Absolute(First(64, 500));
        Assert.Equal(2540, clock.Absolute(Second(256, 40)));
        Assert.Equal(2545, clock.Absolute(Second(256, 45)));
        clock.Absolute(First(63, 1000));
        Assert.Equal(3507, clock.Absolute(Second(256, 7)));
    }

    [Fact]
    public void Without_a_presynaptic_spike_they_count_from_the_neurons_own_last_one()
    {
        HistoricalClock clock = new(neuron => neuron == 256 ? [63] : []);
        Assert.Equal(100, clock.Absolute(Second(256, 100)));
        Assert.Equal(350, clock.Absolute(Second(256, 250)));
        Assert.Equal(40, clock.Absolute(Second(257, 40)));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(800, 0x320)]
    [InlineData(0x100000, 0x100000)]
    [InlineData(0x1000001, 1)]
    [InlineData(1_000_000_000_000, 0)]
    [InlineData(1_000_000_000_007, 7)]
    public void The_hub_sends_the_low_24_bits_of_a_time_that_wraps(long ticks, int stamp)
    {
        Assert.Equal(stamp, HistoricalClock.Stamp(ticks));
    }

    private static HistoricalPacket First(int neuron, int stamp) => new(HistoricalPacket.FirstPartner, neuron, 2, stamp);

    private static HistoricalPacket Second(int neuron, int stamp) => new(HistoricalPacket.SecondPartner, neuron, 0, stamp);
}
