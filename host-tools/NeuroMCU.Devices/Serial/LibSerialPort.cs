// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Runtime.InteropServices;

namespace NeuroMCU.Devices.Serial;

/// <summary>The functions of libserialport (0.1.1 and later, sigrok.org/wiki/Libserialport) that NeuroMCU uses.</summary>
internal static class LibSerialPort
{
    public const int Ok = 0;
    public const int ErrorArgument = -1;
    public const int ModeReadWrite = 3;
    public const int TransportUsb = 1;
    public const int ParityNone = 0;
    public const int BufferInput = 1;

    // Debian names the library by its ABI only; other systems add what they are used to.
    private const string Library = "libserialport.so.0";

    static LibSerialPort()
    {
        NativeLibrary.SetDllImportResolver(typeof(LibSerialPort).Assembly, static (name, assembly, paths) =>
        {
            if (string.Equals(name, Library, StringComparison.Ordinal))
            {
                foreach (string candidate in (string[])[Library, "serialport", "libserialport", "libserialport-0"])
                {
                    if (NativeLibrary.TryLoad(candidate, assembly, paths, out IntPtr handle))
                    {
                        return handle;
                    }
                }
            }

            return IntPtr.Zero;
        });
    }

    /// <summary>Gets a value indicating whether the library is there.</summary>
    public static bool IsInstalled
    {
        get
        {
            try
            {
                return sp_get_lib_version_string() != IntPtr.Zero;
            }
            catch (DllNotFoundException)
            {
                return false;
            }
        }
    }

    /// <summary>Gets the library's version, or null when it is not there.</summary>
    public static string? Version => IsInstalled ? Marshal.PtrToStringUTF8(sp_get_package_version_string()) : null;

    /// <summary>Makes the error for a missing library.</summary>
    public static DeviceException Missing(string wanted) => new(
        DeviceErrorKind.LibraryMissing,
        $"{wanted} needs libserialport, which is not installed",
        "serial ports are opened through that library",
        OperatingSystem.IsMacOS() ? "brew install libserialport" : "apt-get install libserialport0");

    /// <summary>Gets what the system said about the last call that failed.</summary>
    public static string LastError()
    {
        IntPtr text = sp_last_error_message();
        string message = Marshal.PtrToStringUTF8(text) ?? "";
        sp_free_error_message(text);
        return message;
    }

#pragma warning disable IDE1006 // The names are the library's.
    [DllImport(Library), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern IntPtr sp_get_lib_version_string();

    [DllImport(Library), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern IntPtr sp_get_package_version_string();

    [DllImport(Library), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int sp_list_ports(out IntPtr list);

    [DllImport(Library), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern void sp_free_port_list(IntPtr list);

    [DllImport(Library), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int sp_get_port_by_name([MarshalAs(UnmanagedType.LPUTF8Str)] string name, out IntPtr port);

    [DllImport(Library), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern void sp_free_port(IntPtr port);

    [DllImport(Library), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int sp_open(IntPtr port, int mode);

    [DllImport(Library), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int sp_close(IntPtr port);

    [DllImport(Library), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int sp_get_port_handle(IntPtr port, out IntPtr handle);

    [DllImport(Library), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern IntPtr sp_get_port_name(IntPtr port);

    [DllImport(Library), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern IntPtr sp_get_port_description(IntPtr port);

    [DllImport(Library), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int sp_get_port_transport(IntPtr port);

    [DllImport(Library), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int sp_get_port_usb_vid_pid(IntPtr port, out int vendor, out int product);

    [DllImport(Library), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern IntPtr sp_get_port_usb_serial(IntPtr port);

    [DllImport(Library), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int sp_set_baudrate(IntPtr port, int baudRate);

    [DllImport(Library), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int sp_set_bits(IntPtr port, int bits);

    [DllImport(Library), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int sp_set_parity(IntPtr port, int parity);

    [DllImport(Library), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int sp_set_stopbits(IntPtr port, int stopBits);

    [DllImport(Library), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int sp_set_xon_xoff(IntPtr port, int mode);

    [DllImport(Library), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int sp_flush(IntPtr port, int buffers);

    [DllImport(Library), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int sp_input_waiting(IntPtr port);

    [DllImport(Library), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int sp_blocking_read_next(IntPtr port, byte[] buffer, nuint count, uint milliseconds);

    [DllImport(Library), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int sp_blocking_write(IntPtr port, ref byte data, nuint count, uint milliseconds);

    [DllImport(Library), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern IntPtr sp_last_error_message();

    [DllImport(Library), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern void sp_free_error_message(IntPtr text);
#pragma warning restore IDE1006
}
