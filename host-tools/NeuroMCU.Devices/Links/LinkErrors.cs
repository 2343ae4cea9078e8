// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Devices.Links;

/// <summary>Errors that all links word alike.</summary>
internal static class LinkErrors
{
    public static DeviceException Lost(string link, string why, Exception? inner) => new(
        DeviceErrorKind.LinkLost,
        $"the link to {link} broke",
        why,
        "check cable and power; 'neuromcu devices' shows what is connected, then repeat the command",
        inner);
}
