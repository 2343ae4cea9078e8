// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics;
using System.Net;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;
using MQTTnet.Server;
using NeuroMCU.Internet.Mqtt;
using NeuroMCU.Internet.Packets;
using NeuroMCU.Internet.Tests.Hub;

namespace NeuroMCU.Internet.Tests.Benchmarks;

/// <summary>Publishers and subscribers without a hub, with the library's own connections: packets as long as those of sites, and nothing
/// in them but when they left.</summary>
internal sealed class BareLoop : ISpikeLoop
{
    private const int HeadOfBatch = 18;
    private const int BytesOfSpike = 9;
    private const int BufferBytes = 1 << 18;
    private readonly (IMqttClient Client, MqttQueue Queue)[] _sites;
    private readonly MqttServer? _broker;

    private BareLoop(MqttServer? broker)
    {
        _broker = broker;
        _sites = [.. Enumerable.Range(0, ISpikeLoop.Sites).Select(_ =>
        {
            IMqttClient client = new MqttClientFactory().CreateMqttClient();
            client.ApplicationMessageReceivedAsync += e =>
            {
                byte[] packet = e.ApplicationMessage.Payload.ToArray();
                Arrived?.Invoke(packet[8], BinaryPrimitives.ReadInt32LittleEndian(packet.AsSpan(9)),
                    (long)Stopwatch.GetElapsedTime(BinaryPrimitives.ReadInt64LittleEndian(packet)).TotalMicroseconds);
                return Task.CompletedTask;
            };
            return (client, new MqttQueue(message => client.PublishAsync(message, CancellationToken.None)));
        })];
    }

    /// <inheritdoc />
    public Action<int, int, long>? Arrived { get; set; }

    /// <summary>Connects to a broker.</summary>
    /// <param name="elsewhere">Where it is; null for one in this process.</param>
    public static async Task<BareLoop> StartAsync(IPEndPoint? elsewhere, Func<string, string?> password)
    {
        MqttServer? broker = null;
        IPEndPoint place = elsewhere ?? new IPEndPoint(IPAddress.Loopback, Ports.Free());
        if (elsewhere is null)
        {
            MqttServerFactory factory = new();
            broker = factory.CreateMqttServer(factory.CreateServerOptionsBuilder().WithDefaultEndpoint()
                .WithDefaultEndpointBoundIPAddress(IPAddress.Loopback).WithDefaultEndpointBoundIPV6Address(IPAddress.None)
                .WithDefaultEndpointPort(place.Port).WithMaxPendingMessagesPerClient(48_000).Build());
            await broker.StartAsync();
        }

        BareLoop loop = new(broker);
        for (int k = 0; k < ISpikeLoop.Sites; k++)
        {
            // RabbitMQ 3.10 knows only 3.1.1.
            MqttClientOptions options = new MqttClientOptionsBuilder().WithEndPoint(place).WithClientId($"s{k}")
                .WithCredentials($"s{k}", password($"s{k}") ?? string.Empty).WithProtocolVersion(MqttProtocolVersion.V311).Build();
            ((MqttClientTcpOptions)options.ChannelOptions).BufferSize = BufferBytes;
            ((MqttClientTcpOptions)options.ChannelOptions).NoDelay = true;
            await loop._sites[k].Client.ConnectAsync(options, TestContext.Current.CancellationToken);
            await loop._sites[k].Client.SubscribeAsync(MqttNames.Down($"s{k}"), MqttQualityOfServiceLevel.AtMostOnce,
                TestContext.Current.CancellationToken);
        }

        return loop;
    }

    /// <inheritdoc />
    public void Send(int site, int spikes)
    {
        byte[] packet = new byte[KeyedPacket.HeadSize + KeyedPacket.CodeSize + HeadOfBatch + (BytesOfSpike * spikes)];
        packet[8] = (byte)site;
        BinaryPrimitives.WriteInt32LittleEndian(packet.AsSpan(9), spikes);
        BinaryPrimitives.WriteInt64LittleEndian(packet, Stopwatch.GetTimestamp());
        _sites[site].Queue.Post(MqttNames.Down($"s{(site + 1) % ISpikeLoop.Sites}"), packet);
    }

    /// <inheritdoc />
    public Task<long> LeaveAsync() => Task.FromResult(0L);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        foreach ((IMqttClient client, MqttQueue queue) in _sites)
        {
            await queue.DisposeAsync();
            client.Dispose();
        }

        if (_broker is not null)
        {
            await _broker.StopAsync(new MqttServerStopOptions());
            _broker.Dispose();
        }
    }
}
