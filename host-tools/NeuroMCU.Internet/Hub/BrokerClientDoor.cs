// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Collections.Concurrent;
using System.Net;
using NeuroMCU.Internet.Clocks;
using NeuroMCU.Internet.Mqtt;

namespace NeuroMCU.Internet.Hub;

/// <summary>The hub as a client of another broker.</summary>
internal sealed class BrokerClientDoor : IHubDoor
{
    private readonly MqttConnection _connection;
    private long _overflow;

    /// <summary>Connects to the broker; it goes on by itself until it works.</summary>
    /// <param name="password">Password of the user <c>neuromcu-hub</c>; null for none.</param>
    /// <param name="tls">Encrypts the connection; null for none.</param>
    public BrokerClientDoor(IPEndPoint broker, string? password, TlsFiles? tls, BlockingCollection<Datagram> inbox, MicrosecondClock clock,
        Action<string> say)
    {
        _connection = new MqttConnection(broker, MqttNames.Hub, password, MqttNames.AllUp, null) { Say = say, Tls = tls };
        _connection.Open((topic, packet) =>
        {
            if (MqttNames.SiteOf(topic) is { } site
                && !inbox.TryAdd(new Datagram(Transport.Mqtt, new MqttEndPoint(site), packet, clock.Now)))
            {
                Interlocked.Increment(ref _overflow);
            }
        });
    }

    /// <inheritdoc />
    public long Overflow => Interlocked.Read(ref _overflow) + _connection.Overflow;

    /// <inheritdoc />
    public bool Send(byte[] bytes, EndPoint to) => to is MqttEndPoint site && _connection.Send(MqttNames.Down(site.Site), bytes);

    /// <inheritdoc />
    public void Dispose() => Task.Run(async () => await _connection.DisposeAsync().ConfigureAwait(false)).Wait(3000);
}
