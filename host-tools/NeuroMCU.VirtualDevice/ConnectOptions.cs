// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Devices.Links;

namespace NeuroMCU.VirtualDevice;

/// <summary>How to connect to a device.</summary>
public sealed record ConnectOptions
{
    /// <summary>Rate of a serial port in baud when nothing else is said: the most that common USB bridges carry without errors.</summary>
    public const int DefaultBaudRate = 921600;

    /// <summary>Gets the file with the pre-shared key; null for the usual places (see <see cref="Devices.Keys.KeyStore" />).</summary>
    public string? KeyFile { get; init; }

    /// <summary>Gets the rate of a serial port in baud, when the address names none.</summary>
    public int BaudRate { get; init; } = DefaultBaudRate;

    /// <summary>Gets the settings of a virtual device in this process.</summary>
    public VirtualDeviceOptions Virtual { get; init; } = new();

    /// <summary>Gets what is put between the link and the client, for example something that damages frames in a test; null for
    /// nothing.</summary>
    public Func<IDeviceLink, IDeviceLink>? LinkFilter { get; init; }
}
