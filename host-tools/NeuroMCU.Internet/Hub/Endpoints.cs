// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using System.Net;
using System.Net.Sockets;
using NeuroMCU.Files.Yaml;

namespace NeuroMCU.Internet.Hub;

/// <summary>Reads addresses with a port.</summary>
internal static class Endpoints
{
    /// <summary>What an address of a broker begins with.</summary>
    public const string MqttScheme = "mqtt://";

    /// <summary>What an address of a broker begins with to which the connection is encrypted.</summary>
    public const string MqttsScheme = "mqtts://";

    /// <summary>What an address of a hub begins with that is reached by a WebSocket.</summary>
    public const string WebSocketScheme = "ws://";

    /// <summary>Where health and metrics are served: on this machine only.</summary>
    /// <returns>The address, or null (none, or reported).</returns>
    public static IPEndPoint? ReadMetrics(ReadContext context, Field? field)
    {
        IPEndPoint? metrics = field == null ? null : Read(context, field, anyPort: false);
        if (metrics != null && !IPAddress.IsLoopback(metrics.Address))
        {
            context.Error(field!, "is " + field!.Describe() + ": metrics are served without a key, on this machine only",
                "write `127.0.0.1:9464`, and let Prometheus, a proxy with TLS or a tunnel run here");
        }

        return metrics;
    }

    /// <summary>What to do about a port that could not be opened.</summary>
    /// <returns>The next step.</returns>
    public static string HintFor(Exception problem) => problem.GetBaseException() is SocketException
    { SocketErrorCode: SocketError.AddressNotAvailable }
        ? "this machine has no such address: name one of its own under `listen` (ip -brief address), or 0.0.0.0 for all of them"
        : "end what uses the port, or name another one under `listen`";

    /// <summary>An address such as 127.0.0.1:5006.</summary>
    /// <param name="anyPort">Whether port 0, any free one, will do.</param>
    /// <returns>The address, or null (reported).</returns>
    public static IPEndPoint? Read(ReadContext context, Field field, bool anyPort)
    {
        string text = field.Text ?? string.Empty;
        string? scheme = Array.Find([MqttScheme, MqttsScheme, WebSocketScheme], s => text.StartsWith(s, StringComparison.Ordinal));
        text = text[(scheme?.Length ?? 0)..];
        int colon = text.LastIndexOf(':');
        string host = colon < 0 ? string.Empty : text[..colon].Trim('[', ']');
        IPAddress? address = host == "localhost" ? IPAddress.Loopback : IPAddress.TryParse(host, out IPAddress? parsed)
            && (host.Contains(':', StringComparison.Ordinal) || parsed.ToString() == host) ? parsed : null;   // 1.2.3 is no 1.2.0.3
        bool number = int.TryParse(text[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out int port)
            && port <= IPEndPoint.MaxPort;
        if (address != null && number && (port > 0 || anyPort))
        {
            return new IPEndPoint(address, port);
        }

        context.Error(field, "is " + field.Describe() + ", expected an address with a port", "write numbers, such as `127.0.0.1:5006`");
        return null;
    }
}
