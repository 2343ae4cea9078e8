// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Files.Yaml;

namespace NeuroMCU.Internet.Mqtt;

/// <summary>How a connection to a broker is encrypted, as a hub file or a site file says it.</summary>
/// <param name="Certificate">File with one's own certificate and what leads from it to its authority, PEM; null for none.</param>
/// <param name="PrivateKey">File with its private key, PEM; null for none.</param>
/// <param name="Authority">File with the authorities that are trusted, PEM; null for those of the machine.</param>
/// <param name="Name">Name or address that the broker's certificate is to be for; null for the address that is called.</param>
internal sealed record TlsPlan(string? Certificate, string? PrivateKey, string? Authority, string? Name)
{
    private const string Example = "{certificate: hub.crt, key: hub.pem}";

    /// <summary>Reads the encryption of a broker that listens.</summary>
    /// <returns>The files, or null (reported).</returns>
    public static TlsPlan? ReadServer(ReadContext context, Field field)
    {
        if (MapReader.Open(context, field, "a map with `certificate` and `key`") is not { } map)
        {
            return null;
        }

        map.Refuse("a broker that listens checks no name", "name");
        TlsPlan? plan = Read(context, map);
        if (plan is { Certificate: null })
        {
            context.Error(map.Field, "has no certificate to show", "write `tls: " + Example + "`");
        }

        return plan;
    }

    /// <summary>Reads the encryption of a client.</summary>
    /// <returns>The files, or null (reported).</returns>
    public static TlsPlan? ReadClient(ReadContext context, Field field) =>
        MapReader.Open(context, field, "a map with `authority`") is { } map ? Read(context, map) : null;

    private static TlsPlan? Read(ReadContext context, MapReader map)
    {
        string? certificate = File(context, map, "certificate");
        string? key = File(context, map, "key");
        string? authority = File(context, map, "authority");
        string? name = map.Take("name") is { } field ? Scalars.Text(context, field, "a name") : null;
        if ((certificate == null) != (key == null))
        {
            context.Error(map.Field, certificate == null ? "has a key and no certificate" : "has a certificate and no key",
                "write both: `" + Example + "`");
        }

        map.Finish();
        return new TlsPlan(certificate, key, authority, name);
    }

    private static string? File(ReadContext context, MapReader map, string field) =>
        map.Take(field) is { } f && Scalars.Text(context, f, "the name of a file") is { } file
            ? Path.Combine(context.Directory, file) : null;
}
