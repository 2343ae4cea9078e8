// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using NeuroMCU.Devices.Client;

namespace NeuroMCU.Api.Sessions;

/// <summary>What a recording says of its making.</summary>
internal static class RunOrigins
{
    public static IReadOnlyList<KeyValuePair<string, string>> Of(LoadedNetwork network, DeviceSession session, string program,
        long begun, HandLog hand)
    {
        DeviceInfo info = session.Device.Client.Info;
        List<KeyValuePair<string, string>> origin =
        [
            new("program", program),
            new("network_text_sha256", network.Text is { } text
                ? Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.Text)))
                : string.Empty),
            new("settings", network.Text is { } set ? string.Join("; ", set.Settings.Select(s => s.ToString())) : string.Empty),
            new(LiveOrigin.Text, network.Text is { } written ? LiveOrigin.Encode(written.Text) : string.Empty),
            new(LiveOrigin.Path, network.Text is { } placed && File.Exists(placed.Path) ? Path.GetFullPath(placed.Path) : string.Empty),
            new(LiveOrigin.FilesHash, HashOf(network.Compiled?.Network.FilesRead ?? [])),
            new(LiveOrigin.Twin, network.Text?.Twin == true ? "yes" : string.Empty),
            new(LiveOrigin.Begun, begun.ToString(CultureInfo.InvariantCulture)),
            new(LiveOrigin.ByHand, hand.ToString()),
            new("seed", network.Compiled?.Network.Seed.ToString(CultureInfo.InvariantCulture) ?? string.Empty),
            new("step_us", network.Tables.Step.ToString(CultureInfo.InvariantCulture)),
            new("device", session.Request.Address ?? "virtual"),
            new("board", info.BoardName),
            new("board_id", info.BoardId.ToString("x8", CultureInfo.InvariantCulture)),
            new("device_id", info.DeviceId),
            new("firmware", info.Firmware),
            new("protocol", info.Protocol),
            new("host", RuntimeInformation.OSDescription),
            new("dotnet", RuntimeInformation.FrameworkDescription),
            new("made", DateTimeOffset.Now.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture)),
        ];
        return [.. origin.Where(o => o.Value.Length > 0)];
    }

    // Over the content of the files in their order, as the verbs hash them.
    private static string HashOf(IReadOnlyCollection<string> files)
    {
        if (files.Count == 0)
        {
            return string.Empty;
        }

        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string file in files.Where(File.Exists))
        {
            hash.AppendData(File.ReadAllBytes(file));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
