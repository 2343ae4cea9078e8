// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Security.Cryptography;

namespace NeuroMCU.Internet.Mqtt;

/// <summary>Topics of a hub, and what a site shows to the broker.</summary>
internal static class MqttNames
{
    /// <summary>User and client of a hub at a broker that is not its own.</summary>
    public const string Hub = "neuromcu-hub";

    /// <summary>State of a site that is connected.</summary>
    public const string Online = "online";

    /// <summary>The last will of a site.</summary>
    public const string Offline = "offline";

    private const string Prefix = "neuromcu/";
    private const string UpEnd = "/up";

    /// <summary>All topics on which sites send.</summary>
    public const string AllUp = Prefix + "+" + UpEnd;

    /// <summary>Topic on which a site sends.</summary>
    /// <returns>The topic.</returns>
    public static string Up(string site) => Prefix + site + UpEnd;

    /// <summary>Topic on which the hub sends to a site.</summary>
    /// <returns>The topic.</returns>
    public static string Down(string site) => Prefix + site + "/down";

    /// <summary>Retained topic that says whether a site is connected.</summary>
    /// <returns>The topic.</returns>
    public static string State(string site) => Prefix + site + "/state";

    /// <summary>The site that sends on a topic.</summary>
    /// <returns>Its name; null when nobody sends packets there.</returns>
    public static string? SiteOf(string topic) =>
        topic.StartsWith(Prefix, StringComparison.Ordinal) && topic.EndsWith(UpEnd, StringComparison.Ordinal)
        && topic.Length > Prefix.Length + UpEnd.Length
            ? topic[Prefix.Length..^UpEnd.Length]
            : null;

    /// <summary>What a site shows to the broker: it proves the key and does not tell it.</summary>
    /// <returns>64 hexadecimal digits.</returns>
    public static string Password(byte[] key) => Convert.ToHexStringLower(HMACSHA256.HashData(key, (byte[])[.. "neuromcu hub mqtt"u8]));
}
