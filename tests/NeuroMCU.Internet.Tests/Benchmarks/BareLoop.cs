// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Buffers.Binary;
using System.Diagnostics;
using System.Net;
using MQTTnet.Server;
using NeuroMCU.Internet.Mqtt;
using NeuroMCU.Internet.Packets;
using NeuroMCU.Internet.Tests.Hub;

namespace NeuroMCU.Internet.Tests.Benchmarks;

/// <summary>Publishers and subscribers without a hub: packets as long as those of sites, and nothing in them but when they left.</summary>
internal sealed class BareLoop : ISpikeLoop
{
    private const int HeadOfBatch = 18;
    private const int BytesOfSpike = 9;
    private readonly MqttConnection[] _sites;
    private readonly MqttServer? _broker;

    private BareLoop(IPEndPoint place, MqttServer? broker, Func<string, string?> password)
    {
        _broker = broker;
        _sites = [.. Enumerable.Range(0, ISpikeLoop.Sites).Select(k => new MqttConnection(place, $"s{k}", password($"s{k}"),
            MqttNames.Down($"s{k}"), null))];
        foreach (MqttConnection site in _sites)
        {
            site.Open((_, packet) => Arrived?.Invoke(packet[8], BinaryPrimitives.ReadInt32LittleEndian(packet.AsSpan(9)),
                (long)Stopwatch.GetElapsedTime(BinaryPrimitives.ReadInt64LittleEndian(packet)).TotalMicroseconds));
        }
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

        BareLoop loop = new(place, broker, password);
        await HubLab.Until(() => loop._sites.All(s => s.IsConnected));
        await Task.Delay(300, TestContext.Current.CancellationToken);   // their subscriptions are there
        return loop;
    }

    /// <inheritdoc />
    public void Send(int site, int spikes)
    {
        byte[] packet = new byte[KeyedPacket.HeadSize + KeyedPacket.CodeSize + HeadOfBatch + (BytesOfSpike * spikes)];
        packet[8] = (byte)site;
        BinaryPrimitives.WriteInt32LittleEndian(packet.AsSpan(9), spikes);
        BinaryPrimitives.WriteInt64LittleEndian(packet, Stopwatch.GetTimestamp());
        _sites[site].Send(MqttNames.Down($"s{(site + 1) % ISpikeLoop.Sites}"), packet);
    }

    /// <inheritdoc />
    public Task<long> LeaveAsync() => Task.FromResult(0L);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        foreach (MqttConnection site in _sites)
        {
            await site.DisposeAsync();
        }

        if (_broker is not null)
        {
            await _broker.StopAsync(new MqttServerStopOptions());
            _broker.Dispose();
        }
    }
}
