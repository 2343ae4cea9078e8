// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using System.Net;
using NeuroMCU.Files.Yaml;

namespace NeuroMCU.Internet.Hub;

/// <summary>Reads addresses with a port.</summary>
internal static class Endpoints
{
    /// <summary>What an address of a broker begins with.</summary>
    public const string MqttScheme = "mqtt://";

    /// <summary>What an address of a broker begins with to which the connection is encrypted.</summary>
    public const string MqttsScheme = "mqtts://";

    /// <summary>An address such as 127.0.0.1:5006.</summary>
    /// <param name="anyPort">Whether port 0, any free one, will do.</param>
    /// <returns>The address, or null (reported).</returns>
    public static IPEndPoint? Read(ReadContext context, Field field, bool anyPort)
    {
        string text = field.Text ?? string.Empty;
        text = text.StartsWith(MqttScheme, StringComparison.Ordinal) ? text[MqttScheme.Length..]
            : text.StartsWith(MqttsScheme, StringComparison.Ordinal) ? text[MqttsScheme.Length..]
            : text;
        int colon = text.LastIndexOf(':');
        string host = colon < 0 ? string.Empty : text[..colon].Trim('[', ']');
        IPAddress? address = host == "localhost" ? IPAddress.Loopback : IPAddress.TryParse(host, out IPAddress? parsed) ? parsed : null;
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
