// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;

namespace NeuroMCU.Devices;

/// <summary>
/// Where a device is. Text forms: <c>virtual</c>, <c>virtual:PROFILE</c>, <c>tcp://HOST:PORT</c>, <c>serial:PATH</c> (or just a path that
/// starts with <c>/</c>, or <c>COM3</c>), <c>id:USB-SERIAL</c>. The last two take a rate: <c>/dev/ttyUSB0@115200</c>.
/// </summary>
public abstract record DeviceAddress
{
    /// <summary>TCP port of a device when the address names none.</summary>
    public const int DefaultTcpPort = 5333;

    private const string Forms =
        "write 'virtual', 'virtual:ideal', 'tcp://HOST:PORT', 'serial:/dev/ttyUSB0[@BAUD]' or 'id:USB-SERIAL[@BAUD]'; 'neuromcu "
        + "devices' lists what is there";

    /// <summary>Reads an address.</summary>
    /// <param name="text">The text; null or empty stands for <c>virtual</c>.</param>
    /// <returns>The address.</returns>
    /// <exception cref="DeviceException">Kind <see cref="DeviceErrorKind.AddressInvalid" />.</exception>
    public static DeviceAddress Parse(string? text)
    {
        string address = text?.Trim() ?? "";
        if (address.Length == 0)
        {
            return new VirtualAddress();
        }

        if (address.StartsWith("tcp://", StringComparison.OrdinalIgnoreCase))
        {
            return ParseTcp(address);
        }

        // A Windows port name has a colon nowhere, a path starts with a slash; everything else is SCHEME or SCHEME:REST.
        if (address[0] == '/' || IsWindowsPort(address))
        {
            return ParseSerial(address, address);
        }

        int colon = address.IndexOf(':', StringComparison.Ordinal);
        string scheme = colon < 0 ? address : address[..colon];
        string rest = colon < 0 ? "" : address[(colon + 1)..];
        return scheme.ToLowerInvariant() switch
        {
            "virtual" when colon < 0 => new VirtualAddress(),
            "virtual" when rest.Length > 0 => new VirtualAddress(rest),
            "virtual" => throw Invalid(address, "the cost profile after 'virtual:' is missing"),
            "serial" when rest.Length > 0 => ParseSerial(address, rest),
            "serial" => throw Invalid(address, "the port after 'serial:' is missing"),
            "id" when rest.Length > 0 => ParseUsb(address, rest),
            "id" => throw Invalid(address, "the USB serial number after 'id:' is missing"),
            "tcp" => throw Invalid(address, "a TCP address is written 'tcp://HOST:PORT'"),
            _ => throw Invalid(address, $"'{scheme}' is no kind of address"),
        };
    }

    private static TcpAddress ParseTcp(string address)
    {
        string rest = address["tcp://".Length..].TrimEnd('/');
        int port = DefaultTcpPort;
        string host = rest;

        // An IPv6 address stands in brackets: tcp://[::1]:5333.
        int close = rest.StartsWith('[') ? rest.IndexOf(']', StringComparison.Ordinal) : -1;
        int colon = rest.IndexOf(':', Math.Max(0, close));
        if (colon >= 0)
        {
            host = rest[..colon];
            string number = rest[(colon + 1)..];
            if (!int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out port) || port is < 1 or > 65535)
            {
                throw Invalid(address, $"'{number}' is no TCP port (1 to 65535)");
            }
        }

        host = host.Trim('[', ']');
        return host.Length == 0 ? throw Invalid(address, "the host name is missing") : new TcpAddress(host, port);
    }

    private static SerialAddress ParseSerial(string address, string rest)
    {
        (string path, int? baud) = SplitRate(address, rest);
        return path.Length == 0 ? throw Invalid(address, "the port before '@' is missing") : new SerialAddress(path, baud);
    }

    private static UsbSerialAddress ParseUsb(string address, string rest)
    {
        (string serial, int? baud) = SplitRate(address, rest);
        return serial.Length == 0 ? throw Invalid(address, "the USB serial number before '@' is missing")
            : new UsbSerialAddress(serial, baud);
    }

    private static (string Name, int? BaudRate) SplitRate(string address, string rest)
    {
        int at = rest.LastIndexOf('@');
        if (at < 0)
        {
            return (rest, null);
        }

        string number = rest[(at + 1)..];
        return int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int baud) && baud is >= 300 and <= 10_000_000
            ? (rest[..at], baud)
            : throw Invalid(address, $"'{number}' is no rate in baud (300 to 10000000)");
    }

    private static bool IsWindowsPort(string text)
    {
        string name = text.Split('@')[0];
        return name.Length is > 3 and < 7
            && name.StartsWith("COM", StringComparison.OrdinalIgnoreCase)
            && int.TryParse(name.AsSpan(3), NumberStyles.None, CultureInfo.InvariantCulture, out _);
    }

    private static DeviceException Invalid(string address, string why) =>
        new(DeviceErrorKind.AddressInvalid, $"'{address}' is no device address", why, Forms);
}

/// <summary>The virtual device inside this process.</summary>
/// <param name="Profile">Name of the cost profile; null for the default, <c>ideal</c> for none.</param>
public sealed record VirtualAddress(string? Profile = null) : DeviceAddress
{
    /// <summary>Name of the cost profile on which nothing costs time; the device that an address puts on it has no limit of memory
    /// either.</summary>
    public const string WithoutCosts = "ideal";

    /// <inheritdoc />
    public override string ToString() => Profile is null ? "virtual" : "virtual:" + Profile;
}

/// <summary>A device that listens on TCP.</summary>
/// <param name="Host">Name or number of the host.</param>
/// <param name="Port">TCP port, 1 to 65535.</param>
public sealed record TcpAddress(string Host, int Port) : DeviceAddress
{
    /// <inheritdoc />
    public override string ToString() => Host.Contains(':', StringComparison.Ordinal)
        ? string.Create(CultureInfo.InvariantCulture, $"tcp://[{Host}]:{Port}")
        : string.Create(CultureInfo.InvariantCulture, $"tcp://{Host}:{Port}");
}

/// <summary>A device on a serial port.</summary>
/// <param name="Path">Path of the port, for example <c>/dev/ttyUSB0</c>.</param>
/// <param name="BaudRate">Rate in baud; null for the usual one.</param>
public sealed record SerialAddress(string Path, int? BaudRate = null) : DeviceAddress
{
    /// <inheritdoc />
    public override string ToString() => BaudRate is int baud
        ? string.Create(CultureInfo.InvariantCulture, $"serial:{Path}@{baud}")
        : "serial:" + Path;
}

/// <summary>A device on whichever serial port the USB adapter with this serial number has.</summary>
/// <param name="UsbSerial">Serial number of the USB adapter, as <c>neuromcu devices</c> prints it.</param>
/// <param name="BaudRate">Rate in baud; null for the usual one.</param>
public sealed record UsbSerialAddress(string UsbSerial, int? BaudRate = null) : DeviceAddress
{
    /// <inheritdoc />
    public override string ToString() => BaudRate is int baud
        ? string.Create(CultureInfo.InvariantCulture, $"id:{UsbSerial}@{baud}")
        : "id:" + UsbSerial;
}
