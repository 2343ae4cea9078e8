// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Devices.Serial;

/// <summary>A serial port of this machine.</summary>
/// <param name="Path">Path, for example <c>/dev/ttyUSB0</c>.</param>
/// <param name="Description">What the system calls it; empty when it says nothing.</param>
public sealed record SerialPortInfo(string Path, string Description)
{
    /// <summary>Gets a value indicating whether it hangs on USB.</summary>
    public bool IsUsb { get; init; }

    /// <summary>Gets the USB vendor number; 0 when unknown.</summary>
    public int UsbVendor { get; init; }

    /// <summary>Gets the USB product number; 0 when unknown.</summary>
    public int UsbProduct { get; init; }

    /// <summary>Gets the USB serial number, or null when the adapter has none.</summary>
    public string? UsbSerial { get; init; }
}
