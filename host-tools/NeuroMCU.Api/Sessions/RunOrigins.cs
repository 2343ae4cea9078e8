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
    public static IReadOnlyList<KeyValuePair<string, string>> Of(LoadedNetwork network, DeviceSession session, string program)
    {
        DeviceInfo info = session.Device.Client.Info;
        List<KeyValuePair<string, string>> origin =
        [
            new("program", program),
            new("network_text_sha256", network.Text is { } text
                ? Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.Text)))
                : string.Empty),
            new("settings", network.Text is { } set ? string.Join("; ", set.Settings.Select(s => s.ToString())) : string.Empty),
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
}
