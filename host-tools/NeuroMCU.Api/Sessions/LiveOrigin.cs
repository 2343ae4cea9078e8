// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Text.Json;

namespace NeuroMCU.Api.Sessions;

/// <summary>Names of what a recording of the API says of its network beyond what other recordings say: enough to repeat the run.</summary>
public static class LiveOrigin
{
    /// <summary>The network file itself, as <see cref="Encode" /> writes it.</summary>
    public const string Text = "network_text";

    /// <summary>Path of the network file, against which tables are found; absent for a text without one.</summary>
    public const string Path = "network_path";

    /// <summary>SHA-256 over the files that the network reads.</summary>
    public const string FilesHash = "files_sha256";

    /// <summary>Present when channels of a board were computed.</summary>
    public const string Twin = "twin";

    /// <summary>Network time in µs at which the run began.</summary>
    public const string Begun = "begun_at_us";

    /// <summary>What was changed by hand since time 0; absent when nothing was.</summary>
    public const string ByHand = "by_hand";

    /// <summary>Writes a text on one line.</summary>
    /// <param name="text">The text.</param>
    /// <returns>A JSON string.</returns>
    public static string Encode(string text) => JsonSerializer.Serialize(text);

    /// <summary>Reads what <see cref="Encode" /> wrote.</summary>
    /// <param name="line">The line.</param>
    /// <returns>The text.</returns>
    /// <exception cref="JsonException">It is no such line.</exception>
    public static string Decode(string line) => JsonSerializer.Deserialize<string>(line) ?? string.Empty;
}
