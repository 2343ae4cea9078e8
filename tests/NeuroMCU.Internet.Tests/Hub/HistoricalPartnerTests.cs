// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Net;
using System.Net.Sockets;

namespace NeuroMCU.Internet.Tests.Hub;

/// <summary>Partners written from the page alone: sockets and bytes.</summary>
public sealed class HistoricalPartnerTests
{
    [Fact]
    public async Task The_partners_of_the_experiment_are_answered_byte_for_byte()
    {
        using Socket pre = Partner(), post = Partner();
        await using HubLab lab = new HubLab(Text(pre, post)).Start();
        Assert.Equal("52000000FF000000", Receive(pre));
        Assert.Equal("52000000FF000000", Receive(post));

        // Partner 1, neuron 63, 800 ticks after nothing; 7000 Ω are a weight of 153. The answer goes to the post port.
        Send(pre, "4100003F02000320", lab);
        Assert.Equal("5300010099000320", Receive(post));

        // 25 ms later again: stamps are increments, those of the hub absolute.
        Send(pre, "4100003F020001F4", lab);
        Assert.Equal("5300010099000514", Receive(post));

        // Partner 2 reports a potential 2 ms later, which moves the weight down (2 spikes in the second) and goes to nobody.
        Send(post, "4400010000000028", lab);

        // It fires 3 ms after the last presynaptic spike: the answer goes to the pre port, with the weight of the other node.
        Send(post, "440001000200003C", lab);
        Assert.Equal("53000001C8000550", Receive(pre));
        Assert.Equal((2, 2), (lab["padova"].Taken, lab["zurich"].Taken));
        Assert.Equal(4000 + (3000 * 0.95 * 0.95), lab.Server.Core.Nodes["mr1"].State, 1e-6);
        Assert.True(lab.Server.IsComplete);
    }

    [Fact]
    public async Task Stamps_of_the_hub_have_24_bits_where_the_original_sent_20()
    {
        using Socket pre = Partner(), post = Partner();
        await using HubLab lab = new HubLab(Text(pre, post).Replace("ready: true", "ready: false", StringComparison.Ordinal)).Start();
        Send(pre, "4100003F02123456", lab);
        Assert.Equal("5300010099123456", Receive(post));
        Send(pre, "4100003F02FFFFFF", lab);
        Assert.Equal("5300010099123455", Receive(post));
    }

    [Fact]
    public async Task Strangers_wrong_types_and_wrong_neurons_are_counted_and_move_nothing()
    {
        using Socket pre = Partner(), post = Partner();
        await using HubLab lab = new HubLab(Text(pre, post).Replace("127.0.0.1:" + Port(pre), "127.0.0.2:" + Port(pre),
            StringComparison.Ordinal).Replace("ready: true", "ready: false", StringComparison.Ordinal)).Start();
        Send(pre, "4100003F02000001", lab);     // partner 1 is at 127.0.0.2
        Send(pre, "5300003F02000001", lab);     // the hub's own type
        Send(pre, "41", lab);
        Send(post, "4400003F02000001", lab);    // a neuron of partner 1
        Send(post, "4400000902000001", lab);    // of nobody
        Send(post, "4400010003000001", lab);    // no kind of event
        await HubLab.Until(() => lab.Server.Strangers == 3 && lab["padova"].Foreign == 1 && lab["padova"].Unknown == 1
            && lab["padova"].Malformed == 1);
        Assert.Equal(0, lab.Server.Accounts.Sum(a => a.Taken));
        Assert.False(lab.Server.IsComplete);
    }

    [Fact]
    public async Task A_flood_of_a_partner_is_held_to_its_rate_and_counted()
    {
        using Socket pre = Partner(), post = Partner();
        await using HubLab lab = new HubLab(Text(pre, post).Replace("partner: 1", "partner: 1, most_rate: 100 Hz",
            StringComparison.Ordinal)).Start();
        for (int k = 0; k < 500; k++)
        {
            Send(pre, "4100003F02000001", lab);
        }

        await HubLab.Until(() => lab["zurich"].Taken + lab["zurich"].OverRate == 500);
        Assert.InRange(lab["zurich"].Taken, 50, 200);
        Assert.Equal(lab["zurich"].Taken, lab["padova"].Sent);
    }

    private static string Text(Socket pre, Socket post) => $$$"""
        neuromcu-hub: 1
        transports: {udp-historical: {listen: "127.0.0.1:0", ready: true}}
        sites:
          zurich: {transport: udp-historical, partner: 1, address: "127.0.0.1:{{{Port(pre)}}}", neurons: {anpre: 63, anpost: 1}}
          padova: {transport: udp-historical, partner: 2, address: "127.0.0.1:{{{Port(post)}}}", neurons: {bn: 256}}
        nodes:
          mr1: {model: tiox, resistance: 7 kOhm}
          mr2: {model: number, weight: 200}
        synapses:
          - {pre: anpre, post: bn, node: mr1}
          - {pre: bn, post: anpost, node: mr2}
        """;

    private static int Port(Socket socket) => ((IPEndPoint)socket.LocalEndPoint!).Port;

    private static Socket Partner()
    {
        Socket socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { ReceiveTimeout = 10_000 };
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return socket;
    }

    private static void Send(Socket socket, string hex, HubLab lab)
        => socket.SendTo(Convert.FromHexString(hex), lab.Server.HistoricalPlace!);

    private static string Receive(Socket socket)
    {
        byte[] buffer = new byte[100];
        return Convert.ToHexString(buffer.AsSpan(0, socket.Receive(buffer)));
    }
}
