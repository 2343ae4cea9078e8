// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Net;
using NeuroMCU.Internet.Mqtt;

namespace NeuroMCU.Internet.Site;

/// <summary>Carries packets over a broker.</summary>
internal sealed class MqttCarrier : ISiteCarrier
{
    private readonly MqttConnection _connection;
    private readonly string _up;

    /// <summary>Makes a carrier. With a certificate of its own the site shows no password: brokers would look at nothing else.</summary>
    public MqttCarrier(IPEndPoint broker, string site, byte[] key, Action<string>? say = null, TlsFiles? tls = null)
    {
        _up = MqttNames.Up(site);
        _connection = new MqttConnection(broker, site, tls?.Own is null ? MqttNames.Password(key) : null,
            MqttNames.Down(site), MqttNames.State(site))
        {
            Say = say,
            Tls = tls,
        };
    }

    /// <inheritdoc />
    public string? Trouble => _connection.Refusal;

    /// <inheritdoc />
    public void Open(Action<byte[]> received) => _connection.Open((_, packet) => received(packet));

    /// <inheritdoc />
    public void Send(byte[] packet) => _connection.Send(_up, packet);

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _connection.DisposeAsync();
}
