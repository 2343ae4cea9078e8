// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Collections.Concurrent;
using System.Net;
using MQTTnet.Formatter;
using MQTTnet.Protocol;
using MQTTnet.Server;
using NeuroMCU.Internet.Mqtt;
using Xunit;

namespace NeuroMCU.Internet.Tests.Hub;

/// <summary>Two clients of one name: a broker lets in only one, and they must not end each other's sessions for ever.</summary>
public class TakenOverTests
{
    [Theory]
    [InlineData(false, "another client connected as zurich, and only one can have the name")]
    [InlineData(true, "it ends each session at once: another client may connect as zurich")]
    public async Task Another_client_of_the_same_name_is_named_and_waited_for(bool old, string expected)
    {
        int port = Ports.Free();
        int connects = 0;
        MqttServerFactory factory = new();
        using MqttServer broker = factory.CreateMqttServer(factory.CreateServerOptionsBuilder().WithDefaultEndpoint()
            .WithDefaultEndpointBoundIPAddress(IPAddress.Loopback).WithDefaultEndpointBoundIPV6Address(IPAddress.None)
            .WithDefaultEndpointPort(port).Build());
        broker.ValidatingConnectionAsync += e =>
        {
            if (old && e.ProtocolVersion == MqttProtocolVersion.V500)
            {
                e.ReasonCode = MqttConnectReasonCode.UnsupportedProtocolVersion;
            }

            return Task.CompletedTask;
        };
        broker.ClientConnectedAsync += _ =>
        {
            Interlocked.Increment(ref connects);
            return Task.CompletedTask;
        };
        await broker.StartAsync();
        ConcurrentQueue<string> said = [];
        MqttConnection Make() => new(new IPEndPoint(IPAddress.Loopback, port), "zurich", null, "neuromcu/zurich/down", null) { Say = said.Enqueue };
        await using MqttConnection first = Make();
        await using MqttConnection second = Make();
        first.Open((_, _) => { });
        await HubLab.Until(() => first.IsConnected);
        second.Open((_, _) => { });
        await HubLab.Until(() => first.TakenOver + second.TakenOver > 0);

        Assert.Contains(said, line => line.Contains(expected, StringComparison.Ordinal)
            && line.Contains("give each site a name of its own", StringComparison.Ordinal));

        // One of both is left alone for a while.
        int before = Volatile.Read(ref connects);
        await Task.Delay(1000, TestContext.Current.CancellationToken);
        Assert.InRange(Volatile.Read(ref connects) - before, 0, 1);
        Assert.True(first.IsConnected != second.IsConnected);
    }
}
