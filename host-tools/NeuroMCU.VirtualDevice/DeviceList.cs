// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Devices.Serial;

namespace NeuroMCU.VirtualDevice;

/// <summary>Something that a device may be connected to.</summary>
internal sealed record FoundDevice(string Address, string Kind, string Description)
{
    /// <summary>Gets an address that stays the same when the port's number changes; null when there is none.</summary>
    public string? StableAddress { get; init; }

    /// <summary>Gets USB vendor and product, <c>10c4:ea60</c>; null when it is not on USB.</summary>
    public string? Usb { get; init; }
}

/// <summary>What there is to connect to. No port is opened and no device is disturbed.</summary>
internal sealed class DeviceList
{
    private DeviceList(IReadOnlyList<FoundDevice> devices, string? hint)
    {
        Devices = devices;
        Hint = hint;
    }

    /// <summary>Gets what was found; the virtual device in this process is always there.</summary>
    public IReadOnlyList<FoundDevice> Devices { get; }

    /// <summary>Gets what to do to find more; null when nothing was in the way.</summary>
    public string? Hint { get; }

    /// <summary>Looks for devices.</summary>
    /// <returns>What is there.</returns>
    public static DeviceList Find()
    {
        var devices = new List<FoundDevice> { new("virtual", "virtual", "virtual device inside neuromcu (default)") };
        foreach (RunningDevice running in RunningDevices.List())
        {
            string about =
                $"virtual device '{running.Name}', profile {running.Profile}, process "
                + $"{running.ProcessId.ToString(CultureInfo.InvariantCulture)}";
            if (running.Tcp is not null)
            {
                devices.Add(new FoundDevice(running.Tcp, "tcp", about));
            }

            if (running.Serial is not null)
            {
                devices.Add(new FoundDevice("serial:" + running.Serial, "serial", about));
            }
        }

        if (SerialPorts.LibraryVersion is null)
        {
            return new DeviceList(devices, "serial ports are not listed: " + LibSerialPort.Missing("the list of serial ports").Next);
        }

        bool any = false;
        foreach (SerialPortInfo port in SerialPorts.List())
        {
            if (port.IsUsb)
            {
                any = true;
                devices.Add(new FoundDevice("serial:" + port.Path, "serial", port.Description)
                {
                    StableAddress = string.IsNullOrEmpty(port.UsbSerial) ? null : "id:" + port.UsbSerial,
                    Usb = port.UsbVendor == 0 ? null : string.Create(CultureInfo.InvariantCulture,
                        $"{port.UsbVendor:x4}:{port.UsbProduct:x4}"),
                });
            }
            else
            {
                devices.Add(new FoundDevice("serial:" + port.Path, "serial", port.Description.Length == 0 ? "serial port"
                    : port.Description));
            }
        }

        return new DeviceList(devices, any ? null
            : "no USB serial port found: plug the board in with a data cable (many cables only charge)");
    }
}
