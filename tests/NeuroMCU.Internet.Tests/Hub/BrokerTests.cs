// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Buffers;
using System.Net;
using System.Text;
using MQTTnet;
using MQTTnet.Server;
using NeuroMCU.Internet.Mqtt;
using NeuroMCU.Internet.Packets;
using NeuroMCU.Internet.Site;

namespace NeuroMCU.Internet.Tests.Hub;

public sealed class BrokerTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Spikes_go_through_a_broker_with_the_same_account(bool embedded)
    {
        int port = Ports.Free();
        using MqttServer? broker = embedded ? null : await StartAsync(port);
        await using HubLab lab = new HubLab(Text(embedded, port)).Start(untilAllLeft: true);
        List<WireArrival> arrived = [];
        await using HubLink zurich = new(new MqttCarrier(new IPEndPoint(IPAddress.Loopback, port), "zurich", lab.Key("zurich")), "zurich",
            lab.Key("zurich"));
        await using HubLink padova = lab.Join("padova");   // over UDP, in the same hub
        zurich.Arrived = arrived.AddRange;
        await HubLab.Until(() => zurich.IsSynchronised && padova.IsSynchronised);
        for (int k = 0; k < 300; k++)
        {
            zurich.Send([new WireSpike(63, SpikeKind.Spontaneous, zurich.ToHub(zurich.Clock.Now))]);
            padova.Send([new WireSpike(256, SpikeKind.Spontaneous, padova.ToHub(padova.Clock.Now))]);
        }

        Assert.True(await padova.LeaveAsync());
        await HubLab.Until(() => arrived.Count == 300);
        Assert.True(await zurich.LeaveAsync());
        await HubLab.Until(() => lab["zurich"].Closed && lab["padova"].Closed);
        Assert.Equal((300, 0, 0, 0), (lab["zurich"].Taken, lab["zurich"].Lost, lab["zurich"].LostPackets, lab["zurich"].Duplicates));
        Assert.Equal(0, zurich.Tallies.Sum(t => t.Lost));
        Assert.All(arrived, a => Assert.Equal((1, 200), (a.Neuron, a.Weight)));
        Assert.True(lab.Server.IsComplete);
    }

    [Fact]
    public async Task A_broker_that_is_killed_and_comes_back_costs_what_was_under_way_and_nothing_is_wrong()
    {
        int port = Ports.Free();
        MqttServer broker = await StartAsync(port);
        await using HubLab lab = new HubLab(Text(embedded: false, port)).Start();
        await using HubLink zurich = new(new MqttCarrier(new IPEndPoint(IPAddress.Loopback, port), "zurich", lab.Key("zurich")), "zurich",
            lab.Key("zurich"));
        await HubLab.Until(() => zurich.IsSynchronised);
        Send(100);
        await HubLab.Until(() => lab["zurich"].Taken == 100);
        for (int round = 1; round <= 3; round++)
        {
            await broker.StopAsync(new MqttServerStopOptions());
            broker.Dispose();
            Send(50);
            broker = await StartAsync(port);

            // Back within seconds: a spike that is sent again and again arrives.
            long before = lab["zurich"].Taken;
            await HubLab.Until(() =>
            {
                Send(1);
                return lab["zurich"].Taken > before;
            });
        }

        Assert.True(await zurich.LeaveAsync());
        await HubLab.Until(() => lab["zurich"].Closed);
        Assert.Equal(zurich.Sent, lab["zurich"].Taken + lab["zurich"].Lost);
        Assert.Equal(0, lab["zurich"].Duplicates);
        broker.Dispose();

        void Send(int count)
        {
            for (int k = 0; k < count; k++)
            {
                zurich.Send([new WireSpike(63, SpikeKind.Spontaneous, zurich.ToHub(zurich.Clock.Now))]);
            }
        }
    }

    [Theory]
    [InlineData("zurich", "wrong", false)]
    [InlineData("geneva", "wrong", false)]
    [InlineData("zurich", null, true)]
    public async Task Only_who_holds_a_sites_key_gets_in_and_only_to_its_own_topics(string site, string? password, bool getsIn)
    {
        int port = Ports.Free();
        await using HubLab lab = new HubLab(Text(embedded: true, port)).Start();
        using IMqttClient client = new MqttClientFactory().CreateMqttClient();
        MqttClientConnectResult result = await client.ConnectAsync(
            new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", port).WithClientId(site)
            .WithCredentials(site, password ?? MqttNames.Password(lab.Key(site))).Build(), CancellationToken.None);
        Assert.Equal(getsIn, result.ResultCode == MqttClientConnectResultCode.Success);
        if (!getsIn)
        {
            Assert.True(lab.Server.RefusedByBroker > 0);
            return;
        }

        List<string> heard = [];
        client.ApplicationMessageReceivedAsync += e =>
        {
            heard.Add(e.ApplicationMessage.Topic + " " + Encoding.UTF8.GetString(e.ApplicationMessage.Payload.ToArray()));
            return Task.CompletedTask;
        };
        foreach (string topic in new[] { "#", MqttNames.AllUp, MqttNames.Down("padova"), MqttNames.State("padova") })
        {
            MqttClientSubscribeResult subscribed = await client.SubscribeAsync(
                new MqttClientSubscribeOptionsBuilder().WithTopicFilter(topic).Build(), CancellationToken.None);
            Assert.Equal(MqttClientSubscribeResultCode.NotAuthorized, subscribed.Items.Single().ResultCode);
        }

        await client.PublishAsync(MqttQueue.Message(MqttNames.Up("padova"),
            KeyedPacket.Seal(KeyedType.Hello, 1, 0, KeyedBodies.Hello(new byte[16], "padova"), lab.Key("padova"))), CancellationToken.None);
        await HubLab.Until(() => lab.Server.RefusedByBroker == 5);
        Assert.Empty(heard);
        Assert.Equal(0, lab.Server.Strangers);
    }

    private static string Text(bool embedded, int port) => HubLab.Chain
        .Replace("transports: {", "transports: {mqtt: {" + (embedded ? "listen" : "broker") + ": \"127.0.0.1:"
            + port.ToString(System.Globalization.CultureInfo.InvariantCulture) + "\"}, ", StringComparison.Ordinal)
        .Replace("zurich: {key", "zurich: {transport: mqtt, key", StringComparison.Ordinal);

    private static async Task<MqttServer> StartAsync(int port)
    {
        MqttServerFactory factory = new();
        MqttServer broker = factory.CreateMqttServer(factory.CreateServerOptionsBuilder()
            .WithDefaultEndpoint().WithDefaultEndpointBoundIPAddress(IPAddress.Loopback).WithDefaultEndpointBoundIPV6Address(IPAddress.None)
            .WithDefaultEndpointPort(port).Build());
        await broker.StartAsync();
        return broker;
    }
}
