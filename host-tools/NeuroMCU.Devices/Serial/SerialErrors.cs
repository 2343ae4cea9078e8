// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Devices.Serial;

/// <summary>What can go wrong on opening a serial port, and what to do about it.</summary>
internal static class SerialErrors
{
    public static DeviceException NotFound(string path) => new(
        DeviceErrorKind.NotFound,
        $"there is no serial port {path}",
        File.Exists(path) ? "the file exists, but it is no serial port" : "no such device: unplugged, or under another name",
        "'neuromcu devices' lists the ports; id:USB-SERIAL stays the same when the number of the port changes");

    public static DeviceException Busy(string path, string why) => new(
        DeviceErrorKind.PortBusy,
        $"the port {path} is in use",
        why,
        $"close the program that uses it (serial monitor, IDE, another neuromcu); 'fuser {path}' names it");

    public static DeviceException Denied(string path, string why) => new(
        DeviceErrorKind.PermissionDenied,
        $"this user may not open {path}",
        why,
        "sudo usermod -a -G dialout $USER, then log out and in again");

    /// <summary>Sorts out why libserialport could not open a port that exists.</summary>
    public static DeviceException CannotOpen(string path, string said)
    {
        if (!File.Exists(path) && !OperatingSystem.IsWindows())
        {
            return NotFound(path);
        }

        if (said.Contains("ermission", StringComparison.Ordinal) || said.Contains("denied", StringComparison.OrdinalIgnoreCase))
        {
            // Windows says 'access denied' for a port that another program has open.
            return OperatingSystem.IsWindows() ? Busy(path, said) : Denied(path, said);
        }

        return said.Contains("busy", StringComparison.OrdinalIgnoreCase)
            ? Busy(path, said)
            : new DeviceException(DeviceErrorKind.NotFound, $"the port {path} cannot be opened", said,
                "'neuromcu devices' lists the ports");
    }
}
