// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Runtime.InteropServices;

namespace NeuroMCU.Devices.Serial;

/// <summary>The serial ports of this machine.</summary>
public static class SerialPorts
{
    /// <summary>Gets the version of libserialport, or null when it is not installed.</summary>
    public static string? LibraryVersion => LibSerialPort.Version;

    /// <summary>Lists the ports. None is opened, so that no device is disturbed.</summary>
    /// <returns>The ports in the system's order.</returns>
    /// <exception cref="DeviceException">Kind <see cref="DeviceErrorKind.LibraryMissing" />: libserialport is not installed.</exception>
    public static IReadOnlyList<SerialPortInfo> List()
    {
        if (!LibSerialPort.IsInstalled)
        {
            throw LibSerialPort.Missing("the list of serial ports");
        }

        var ports = new List<SerialPortInfo>();
        if (LibSerialPort.sp_list_ports(out IntPtr list) != LibSerialPort.Ok)
        {
            return ports;
        }

        for (int k = 0; Marshal.ReadIntPtr(list, k * IntPtr.Size) is IntPtr port && port != IntPtr.Zero; k++)
        {
            bool usb = LibSerialPort.sp_get_port_transport(port) == LibSerialPort.TransportUsb;
            int vendor = 0;
            int product = 0;
            if (usb && LibSerialPort.sp_get_port_usb_vid_pid(port, out vendor, out product) != LibSerialPort.Ok)
            {
                vendor = 0;
                product = 0;
            }

            ports.Add(new SerialPortInfo(
                Marshal.PtrToStringUTF8(LibSerialPort.sp_get_port_name(port)) ?? "",
                Marshal.PtrToStringUTF8(LibSerialPort.sp_get_port_description(port)) ?? "")
            {
                IsUsb = usb,
                UsbVendor = vendor,
                UsbProduct = product,
                UsbSerial = usb ? Marshal.PtrToStringUTF8(LibSerialPort.sp_get_port_usb_serial(port)) : null,
            });
        }

        LibSerialPort.sp_free_port_list(list);
        return ports;
    }

    /// <summary>Opens a port for this program alone.</summary>
    /// <param name="path">Path of the port; a link to one will do.</param>
    /// <param name="baudRate">Rate in baud; a pseudo-terminal has none.</param>
    /// <returns>The open port.</returns>
    /// <exception cref="DeviceException">It is missing, busy or forbidden, or libserialport is not installed.</exception>
    public static ISerialPort Open(string path, int baudRate) =>
        TerminalPort.IsPseudoTerminal(path) ? TerminalPort.Open(path) : HardwarePort.Open(path, baudRate);

    /// <summary>Finds the port of a USB adapter.</summary>
    /// <param name="usbSerial">Serial number of the adapter.</param>
    /// <returns>Path of the port.</returns>
    /// <exception cref="DeviceException">Kind <see cref="DeviceErrorKind.NotFound" />: no adapter has that number.</exception>
    public static string FindByUsbSerial(string usbSerial)
    {
        var seen = new List<string>();
        foreach (SerialPortInfo port in List())
        {
            if (string.Equals(port.UsbSerial, usbSerial, StringComparison.OrdinalIgnoreCase))
            {
                return port.Path;
            }

            if (port.UsbSerial is not null)
            {
                seen.Add(port.UsbSerial);
            }
        }

        throw new DeviceException(
            DeviceErrorKind.NotFound,
            $"no USB adapter with the serial number '{usbSerial}' is plugged in",
            seen.Count == 0 ? "no USB adapter with a serial number was found" : "found: " + string.Join(", ", seen),
            "'neuromcu devices' lists the ports");
    }
}
