// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using System.Net;
using System.Net.WebSockets;
using NeuroMCU.Internet.Hub;
using NeuroMCU.Internet.Packets;
using NeuroMCU.Internet.Site;

namespace NeuroMCU.Internet.Tests.Hub;

public sealed class WebSocketTests
{
    [Fact]
    public async Task Spikes_go_through_a_websocket_and_it_is_opened_again_after_the_hub_was_away()
    {
        int port = Ports.Free();
        string folder = Directory.CreateTempSubdirectory("neuromcu-hub-").FullName;
        HubPlan plan = HubFile.Parse(Text(port), Path.Combine(folder, "hub.yaml"));
        HubServer first = new(plan, _ => { });
        using CancellationTokenSource end = new();
        Task running = first.RunAsync(false, end.Token);
        byte[] key = NeuroMCU.Devices.Keys.KeyStore.Find(Path.Combine(folder, "zurich.key"))!;
        await using HubLink zurich = new(new WebSocketCarrier(new IPEndPoint(IPAddress.Loopback, port)), "zurich", key)
        {
            Silence = TimeSpan.FromSeconds(0.5),
        };
        await HubLab.Until(() => zurich.IsSynchronised);
        zurich.Send([.. Enumerable.Repeat(new WireSpike(63, SpikeKind.Spontaneous, 0), 1000)]);
        await HubLab.Until(() => first.Accounts[0].Taken == 1000);
        await end.CancelAsync();
        await running;
        first.Dispose();

        await using HubLab again = new HubLab(Text(port), folder).Start();
        await HubLab.Until(() => zurich.IsSynchronised);
        zurich.Send([new WireSpike(63, SpikeKind.Spontaneous, zurich.ToHub(zurich.Clock.Now))]);
        await HubLab.Until(() => again["zurich"].Taken == 1);
        Assert.True(await zurich.LeaveAsync());
    }

    [Fact]
    public async Task Nobody_without_the_key_is_answered_and_too_long_a_message_ends_the_connection()
    {
        int port = Ports.Free();
        await using HubLab lab = new HubLab(Text(port)).Start();
        using ClientWebSocket socket = new();
        await socket.ConnectAsync(new Uri($"ws://127.0.0.1:{port}/"), TestContext.Current.CancellationToken);
        byte[] forged = KeyedPacket.Seal(KeyedType.Hello, 1, 0, KeyedBodies.Hello(new byte[16], "zurich"), new byte[32]);
        await socket.SendAsync(forged, WebSocketMessageType.Binary, true, TestContext.Current.CancellationToken);
        await HubLab.Until(() => lab["zurich"].Forged == 1);
        await socket.SendAsync(new byte[5000], WebSocketMessageType.Binary, true, TestContext.Current.CancellationToken);
        byte[] buffer = new byte[100];
        await Assert.ThrowsAnyAsync<WebSocketException>(async () =>
        {
            while ((await socket.ReceiveAsync(buffer, TestContext.Current.CancellationToken)).MessageType != WebSocketMessageType.Close)
            {
                Assert.Fail("the hub answered");
            }

            throw new WebSocketException("closed");
        });
    }

    // 4096 packets wait for a site; what comes after that is dropped, counted for the site, and named.
    [Fact]
    public async Task A_site_that_does_not_read_is_named_and_what_it_leaves_is_counted()
    {
        int port = Ports.Free();
        await using HubLab lab = new HubLab(Text(port).Replace("padova: {key", "padova: {most_rate: 10000 kHz, key", StringComparison.Ordinal)
            + "\nrule: none\n").Start();
        using ClientWebSocket zurich = new();
        await zurich.ConnectAsync(new Uri($"ws://127.0.0.1:{port}/"), TestContext.Current.CancellationToken);
        byte[] nonce = new byte[KeyedPacket.NonceSize];
        await SendAsync(KeyedPacket.Seal(KeyedType.Hello, 1, 0, KeyedBodies.Hello(nonce, "zurich"), lab.Key("zurich")));
        byte[] buffer = new byte[100];
        await zurich.ReceiveAsync(buffer, TestContext.Current.CancellationToken);
        byte[] session = KeyedPacket.SessionKey(lab.Key("zurich"), nonce,
            buffer.AsSpan(KeyedPacket.HeadSize + KeyedPacket.NonceSize, KeyedPacket.NonceSize));
        await SendAsync(KeyedPacket.Seal(KeyedType.Sync, 1, 1, KeyedBodies.Sync(new Sync(0, 0, 1, 0)), session));
        await HubLab.Until(() => lab["zurich"].Windows.Count == 1);

        await using HubLink padova = lab.Join("padova");
        await HubLab.Until(() => padova.IsSynchronised);
        WireSpike[] many = new WireSpike[10_000];
        await HubLab.Until(() =>
        {
            Array.Fill(many, new WireSpike(256, SpikeKind.Spontaneous, padova.ToHub(padova.Clock.Now)));
            padova.Send(many);
            return lab.Said.Any(s => s.StartsWith("site zurich does not read", StringComparison.Ordinal));
        });
        for (int k = 0; k < 20 && !await padova.LeaveAsync(); k++)
        {
            // A busy hub needs longer than the half second of one goodbye for what is under way.
        }

        await HubLab.Until(() => lab["padova"].Closed && lab["padova"].Taken == lab["zurich"].Sent);
        Assert.InRange(lab["zurich"].Unread, 1, lab["zurich"].Sent - 4096);
        Assert.Equal((0, 0), (lab["zurich"].Undelivered, lab["padova"].Unread));
        Assert.False(lab["zurich"].IsComplete);

        Task SendAsync(byte[] packet) => zurich.SendAsync(packet, WebSocketMessageType.Binary, true, TestContext.Current.CancellationToken);
    }

    private static string Text(int port) => HubLab.Chain
        .Replace("transports: {", "transports: {websocket: {listen: \"127.0.0.1:" + port.ToString(CultureInfo.InvariantCulture) + "\"}, ",
            StringComparison.Ordinal)
        .Replace("zurich: {key", "zurich: {transport: websocket, key", StringComparison.Ordinal);
}
