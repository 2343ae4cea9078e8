// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;
using NeuroMCU.Firmware.Tests.Rig;
using NeuroMCU.Hardware.Boards;
using NeuroMCU.Protocol.Hub;
using NeuroMCU.Protocol.Messages;

namespace NeuroMCU.Firmware.Tests;

/// <summary>The experiment's packets, byte by byte, as docs/reference/hub-packets.md gives them.</summary>
public sealed class HubTests
{
    private readonly Post _post = new();

    [Fact]
    public void Partner_1_stamps_increments_and_no_remainder_of_a_tick_is_lost()
    {
        Rig.Rig rig = Run(HubWire.FirstPartner, [[63, 4, 2]], [], interval: 1270);

        // Neuron 4 fires each 4 × 1270 µs: 101.6 ticks, so that three increments in five are 102.
        int[] stamps = [.. _post.Sent.Skip(1).Select(Stamp)];
        Assert.All(_post.Sent, p => Assert.Equal("4100003F02", Convert.ToHexString(p[..5])));
        Assert.Equal(0.6, stamps.Take(10).Count(s => s == 102) / 10.0);
        Assert.All(stamps, s => Assert.InRange(s, 101, 102));
        Assert.Equal(_post.Sent.Count, rig.Host.Counter(CounterIndex.HubSpikes));
        Assert.Equal(0, rig.Host.Counter(CounterIndex.HubUnsent));
    }

    [Fact]
    public void Partner_2_counts_from_the_arrival_and_reports_its_potential()
    {
        Rig.Rig rig = Run(HubWire.SecondPartner, [[256, 5, 2]], [[256, 1, 0, 1]], interval: 100_000, time: 60_000,
            give: "5300010099000320");

        // Source 1 fires at the arrival, neuron 5 50 µs after it: one tick.
        Assert.Equal(["4400010000000000", "4400010002000001"], _post.Sent.Select(Convert.ToHexString));
        Assert.Equal(1, rig.Host.Counter(CounterIndex.HubArrivals));
    }

    [Theory]
    [InlineData("5300000199000320", CounterIndex.HubRefused)] // for a neuron that is not here
    [InlineData("4100010099000320", CounterIndex.HubIgnored)] // of a partner, not of the hub
    [InlineData("53000100990003", CounterIndex.HubIgnored)]   // cut
    [InlineData("530001009900032000", CounterIndex.HubIgnored)] // too long
    public void What_is_not_for_this_board_is_counted_and_only_what_the_hub_sent_is_lost(string packet, int counter)
    {
        Rig.Rig rig = Run(HubWire.SecondPartner, [[256, 5, 2]], [[256, 1, 0, 1]], interval: 100_000, time: 60_000, give: packet);
        Assert.Equal((1, 0), (rig.Host.Counter(counter), rig.Host.Counter(CounterIndex.HubArrivals)));
        Assert.Equal(1L, (long)rig.Host.Counter(CounterIndex.HubRefused) + rig.Host.Counter(CounterIndex.HubIgnored));
    }

    [Fact]
    public void What_the_network_has_no_room_for_is_counted_and_stops_nothing()
    {
        _post.Closed = true;
        Rig.Rig rig = Run(HubWire.FirstPartner, [[63, 4, 2]], [], interval: 250);
        Assert.Equal(0, rig.Host.Counter(CounterIndex.HubSpikes));
        Assert.InRange(rig.Host.Counter(CounterIndex.HubUnsent), 20, 25);
        Assert.Equal(DeviceState.Running, rig.Application.State);
    }

    [Fact]
    public void Nothing_leaves_a_board_whose_network_does_not_run()
    {
        Rig.Rig rig = new(p => p.Hub = Plan(HubWire.Keyed, [], []), hub: _post);
        rig.Turns(500);
        Assert.Empty(_post.Sent);
    }

    [Fact]
    public void A_hub_that_does_not_answer_is_greeted_ten_times_a_second_in_sealed_packets()
    {
        Rig.Rig rig = Run(HubWire.Keyed, [[63, 4, 2]], [], interval: 10_000, time: 1_000_000);
        Assert.InRange(_post.Sent.Count, 9, 11);
        Assert.All(_post.Sent, p => Assert.Equal("4E4D483101000000", Convert.ToHexString(p[..8])));

        // Without the hub's time a spike cannot be stamped.
        Assert.InRange(rig.Host.Counter(CounterIndex.HubUnsent), 20, 26);
    }

    private static int Stamp(byte[] packet) => (packet[5] << 16) | (packet[6] << 8) | packet[7];

    private static BoardHub Plan(int wire, int[][] spikes, int[][] arrivals) => new()
    {
        Wire = wire,
        Address = "127.0.0.1",
        Port = 5005,
        Name = "lab",
        Key = new byte[32],
        Spikes = spikes,
        Arrivals = arrivals,
    };

    private Rig.Rig Run(int wire, int[][] spikes, int[][] arrivals, int interval, long time = 90_000, string? give = null)
    {
        Rig.Rig rig = new(p => p.Hub = Plan(wire, spikes, arrivals), hub: _post);
        rig.Host.Hello();
        rig.Host.Upload(Networks.Image(Networks.Relay(interval: interval)));
        rig.Host.Start(0, RunMode.RealTime);
        if (give is not null)
        {
            _post.Waiting.Enqueue(Convert.FromHexString(give));
        }

        rig.Until(rig.Clock.Now + time);
        return rig;
    }

    private sealed class Post : IDatagrams
    {
        public List<byte[]> Sent { get; } = [];

        public Queue<byte[]> Waiting { get; } = [];

        public bool Closed { get; set; }

        public int Receive(byte[] buffer)
        {
            if (!Waiting.TryDequeue(out byte[]? packet))
            {
                return 0;
            }

            packet.CopyTo(buffer, 0);
            return packet.Length;
        }

        public bool Send(byte[] buffer, int count)
        {
            if (!Closed)
            {
                Sent.Add(buffer[..count]);
            }

            return !Closed;
        }
    }
}
