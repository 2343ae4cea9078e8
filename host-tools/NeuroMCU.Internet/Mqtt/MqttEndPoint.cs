// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Net;

namespace NeuroMCU.Internet.Mqtt;

/// <summary>A site behind a broker, as an address.</summary>
internal sealed class MqttEndPoint(string site) : EndPoint
{
    /// <summary>Name of the site whose topics it uses.</summary>
    public string Site { get; } = site;

    /// <inheritdoc />
    public override string ToString() => "the broker, " + MqttNames.Up(Site);
}
