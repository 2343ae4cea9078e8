// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Net;
using System.Net.Sockets;
using NeuroMCU.Internet.Hub;
using NeuroMCU.Internet.Packets;
using NeuroMCU.Internet.Site;

namespace NeuroMCU.Internet.Tests.Hub;

/// <summary>EIEIO and jAER packets, written byte by byte from their descriptions, against a hub.</summary>
public sealed class EventPartnerTests
{
    // SpiNNMan: keys of 16 bits without payload; with a prefix in the upper half; 32 bits with times in ms; a base of times for all.
    [Theory]
    [InlineData("0200 0100 0700", "1 7")]
    [InlineData("01C0 0200 0700", "131079")]
    [InlineData("0180 0200 0500", "7")]
    [InlineData("011C 3F000000 E8030000", "63@1000000")]
    [InlineData("0210 0100 0700", "1 7")]
    [InlineData("0230 E803 0100 0700", "1@1000000 7@1000000")]
    [InlineData("0134 0A00 0100 0500", "1@15000")]
    [InlineData("0104 0100 0500", "1")]
    [InlineData("0000", "")]
    public void Eieio_data_are_read(string packet, string expected)
    {
        List<AddressEvent> events = [];
        Assert.True(EieioPacket.TryRead(Bytes(packet), events));
        Assert.Equal(expected, string.Join(' ', events.Select(e => e.Time is { } time ? $"{e.Key}@{time}" : $"{e.Key}")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("01")]
    [InlineData("0200 0100")]            // one key is missing
    [InlineData("0100 0100 00")]         // a byte too many
    [InlineData("0040")]                 // a command
    [InlineData("01C0 02")]
    public void What_is_no_data_is_refused(string packet) => Assert.False(EieioPacket.TryRead(Bytes(packet), []));

    [Fact]
    public void Random_bytes_are_no_fault()
    {
        Random random = new(3);
        for (int k = 0; k < 200_000; k++)
        {
            byte[] packet = new byte[random.Next(0, 300)];
            random.NextBytes(packet);
            EieioPacket.TryRead(packet, []);
            JaerPacket.TryRead(packet, out _, []);
        }
    }

    [Fact]
    public async Task Spinnaker_and_the_hub_talk()
    {
        using Socket partner = Partner();
        await using HubLab lab = new HubLab(Text("eieio", partner, ", first_key: 65536")).Start();
        await using HubLink padova = lab.Join("padova");
        List<WireArrival> arrived = [];
        padova.Arrived = arrived.AddRange;
        await HubLab.Until(() => padova.IsSynchronised);
        partner.SendTo(Bytes("0208 3F000100 3F000100"), lab.Server.EventPlaces.Eieio!);   // key 65536 + 63, live, twice
        await HubLab.Until(() => arrived.Count == 2);
        Assert.All(arrived, a => Assert.Equal((256, 71), (a.Neuron, a.Weight)));
        padova.Send([new WireSpike(256, SpikeKind.Spontaneous, padova.ToHub(padova.Clock.Now))]);
        Assert.Equal(Bytes("010C 01000100 C8000000"), Receive(partner));   // neuron 1, weight 200
        partner.SendTo(Bytes("0108 3F000000"), lab.Server.EventPlaces.Eieio!);   // below the first key
        partner.SendTo(Bytes("02"), lab.Server.EventPlaces.Eieio!);
        await HubLab.Until(() => lab["zurich"].Unknown == 1 && lab["zurich"].Malformed == 1);
        Assert.Equal((2, 1), (lab["zurich"].Taken, lab["zurich"].Sent));
    }

    [Fact]
    public async Task Jaer_and_the_hub_talk_and_lost_packets_are_counted()
    {
        using Socket partner = Partner();
        await using HubLab lab = new HubLab(Text("jaer", partner, string.Empty)).Start();
        await using HubLink padova = lab.Join("padova");
        List<WireArrival> arrived = [];
        padova.Arrived = arrived.AddRange;
        await HubLab.Until(() => padova.IsSynchronised);
        IPEndPoint hub = lab.Server.EventPlaces.Jaer!;
        partner.SendTo(Bytes("00000005 0000003F 000F4240 0000003F 000F4628"), hub);   // at 1.000 s and 1.001 s of its own clock
        partner.SendTo(Bytes("00000008 0000003F 000F4A10"), hub);                     // 6 and 7 are missing
        partner.SendTo(Bytes("00000008 0000003F 000F4A10"), hub);                     // doubled
        partner.SendTo(Bytes("00000007 0000003F 000F4A10"), hub);                     // after a later one
        await HubLab.Until(() => arrived.Count == 4 && lab["zurich"].Duplicates == 1);

        // Within a packet; a packet that came quicker than those before it sets the clock anew.
        Assert.Equal(1000, arrived[1].Cause - arrived[0].Cause);
        Assert.Equal((4, 1, 1), (lab["zurich"].Taken, lab["zurich"].LostPackets, lab["zurich"].Reordered));
        Assert.False(lab["zurich"].IsComplete);
        padova.Send([new WireSpike(256, SpikeKind.Spontaneous, 0x01020304)]);
        byte[] packet = Receive(partner);
        Assert.Equal(Bytes("00000001 00000001"), packet[..8]);
        Assert.Equal(12, packet.Length);
        using Socket stranger = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        stranger.SendTo(Bytes("00000000"), hub);
        await HubLab.Until(() => lab["zurich"].Malformed == 1);
    }

    // Its spikes are lost, and no number says how many; those of a sealed packet are counted by their numbers.
    [Theory]
    [InlineData((int)Transport.Jaer, false)]
    [InlineData((int)Transport.Eieio, false)]
    [InlineData((int)Transport.Keyed, true)]
    public void A_packet_that_makes_no_sense_leaves_an_account_without_numbers_incomplete(int transport, bool complete)
    {
        SiteAccount account = new(new SitePlan(0, "zurich", (Transport)transport, null, 0, null, 1000));
        Assert.True(account.IsComplete);
        account.Malformed++;
        Assert.Equal(complete, account.IsComplete);
    }

    // After 2^31 - 1 comes 1, and times of 32 bits wrap as well. A jump in the numbers is a new beginning, and no loss of millions.
    [Fact]
    public void Numbers_and_times_of_jaer_wrap_around_and_begin_anew()
    {
        SitePlanOf("jaer", out SiteAccount account);
        List<WireSpike> taken = [];
        EventPartners partners = new([account])
        {
            Send = (_, _, _) => true,
            Spikes = (_, spikes, _) => taken.AddRange(spikes),
        };
        foreach ((string packet, long now) in new[]
        {
            ("7FFFFFFE 00000001 FFFFFC18", 0L), ("7FFFFFFF 00000001 FFFFFFFF", 999L), ("00000001 00000001 00000000", 1000L),
            ("00000002 00000001 000003E8", 2000L), ("02000000 00000001 000007D0", 3000L), ("00000001 00000001 00000BB8", 4000L),
            ("00000003 00000001 00000FA0", 5000L),
        })
        {
            partners.Take(new Datagram(Transport.Jaer, account.Plan.Address!, Bytes(packet), now));
        }

        Assert.Equal((7, 1, 2), (account.Packets, account.LostPackets, account.Renumbered));
        Assert.Equal([0, 999, 1000, 2000, 3000, 4000, 5000], taken.Select(s => s.Time - taken[0].Time));
    }

    private static void SitePlanOf(string transport, out SiteAccount account)
    {
        using Socket partner = Partner();
        account = new(HubFile.Parse(Text(transport, partner, string.Empty), "hub.yaml").Sites[0]);
    }

    private static string Text(string transport, Socket partner, string more) => HubLab.Chain
        .Replace("transports: {", "transports: {" + transport + ": {listen: \"127.0.0.1:0\"}, ", StringComparison.Ordinal)
        .Replace("zurich: {key: zurich.key", $"zurich: {{transport: {transport}, address: \"{partner.LocalEndPoint}\"{more}",
            StringComparison.Ordinal);

    private static Socket Partner()
    {
        Socket socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return socket;
    }

    private static byte[] Receive(Socket socket)
    {
        Assert.True(socket.Poll(5_000_000, SelectMode.SelectRead));
        byte[] buffer = new byte[2000];
        return buffer[..socket.Receive(buffer)];
    }

    private static byte[] Bytes(string hex) => Convert.FromHexString(hex.Replace(" ", string.Empty, StringComparison.Ordinal));
}
