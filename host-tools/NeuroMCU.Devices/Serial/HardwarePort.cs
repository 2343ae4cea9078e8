// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Runtime.InteropServices;

namespace NeuroMCU.Devices.Serial;

/// <summary>A serial port opened with libserialport: 8 bits, no parity, 1 stop bit, no flow control.</summary>
/// <remarks>
/// DTR and RTS are left as the system sets them on opening, both at once. Boards with an ESP32 wire them to reset and boot select
/// so that only the two lines in different states do something: setting one after the other would restart the device. This is why the
/// port is not <c>System.IO.Ports.SerialPort</c>: its version 10 sets RTS on opening and clears it afterwards, which resets an ESP32.
/// </remarks>
internal sealed class HardwarePort : ISerialPort
{
    private readonly string _path;
    private IntPtr _port;

    private HardwarePort(string path, IntPtr port)
    {
        _path = path;
        _port = port;
    }

    /// <summary>Opens a port for this program alone.</summary>
    /// <returns>The open port.</returns>
    /// <exception cref="DeviceException">It is missing, busy or forbidden, or libserialport is not installed.</exception>
    public static HardwarePort Open(string path, int baudRate)
    {
        if (!LibSerialPort.IsInstalled)
        {
            throw LibSerialPort.Missing($"the serial port {path}");
        }

        if (LibSerialPort.sp_get_port_by_name(path, out IntPtr port) != LibSerialPort.Ok)
        {
            throw SerialErrors.NotFound(path);
        }

        try
        {
            if (LibSerialPort.sp_open(port, LibSerialPort.ModeReadWrite) != LibSerialPort.Ok)
            {
                throw SerialErrors.CannotOpen(path, LibSerialPort.LastError());
            }

            var opened = new HardwarePort(path, port);
            opened.Configure(baudRate);
            return opened;
        }
        catch
        {
            _ = LibSerialPort.sp_close(port);
            LibSerialPort.sp_free_port(port);
            throw;
        }
    }

    /// <inheritdoc />
    public int Read(byte[] buffer, int milliseconds)
    {
        int count = LibSerialPort.sp_blocking_read_next(_port, buffer, (nuint)buffer.Length, (uint)milliseconds);

        // A port that was pulled out reads as empty; only a question about its buffer tells.
        if (count < 0 || (count == 0 && LibSerialPort.sp_input_waiting(_port) < 0))
        {
            throw new IOException(LibSerialPort.LastError());
        }

        return count;
    }

    /// <inheritdoc />
    public void Write(ReadOnlySpan<byte> data, int milliseconds)
    {
        int count = LibSerialPort.sp_blocking_write(_port, ref MemoryMarshal.GetReference(data), (nuint)data.Length, (uint)milliseconds);
        if (count < 0)
        {
            throw new IOException(LibSerialPort.LastError());
        }

        if (count < data.Length)
        {
            throw new IOException($"the port took {count} of {data.Length} bytes in {milliseconds} ms");
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        if (_port != IntPtr.Zero)
        {
            _ = LibSerialPort.sp_close(_port);
            LibSerialPort.sp_free_port(_port);
            _port = IntPtr.Zero;
        }
    }

    private void Configure(int baudRate)
    {
        if (!OperatingSystem.IsWindows()
            && LibSerialPort.sp_get_port_handle(_port, out IntPtr handle) == LibSerialPort.Ok
            && !Posix.Lock((int)handle))
        {
            throw SerialErrors.Busy(_path, "another program holds the lock on it");
        }

        // One setting at a time: a set of all of them would include DTR and RTS.
        if (LibSerialPort.sp_set_baudrate(_port, baudRate) != LibSerialPort.Ok
            || LibSerialPort.sp_set_bits(_port, 8) != LibSerialPort.Ok
            || LibSerialPort.sp_set_parity(_port, LibSerialPort.ParityNone) != LibSerialPort.Ok
            || LibSerialPort.sp_set_stopbits(_port, 1) != LibSerialPort.Ok
            || LibSerialPort.sp_set_xon_xoff(_port, 0) != LibSerialPort.Ok)
        {
            throw new DeviceException(
                DeviceErrorKind.NotFound,
                $"the port {_path} cannot be set to {baudRate} baud, 8N1",
                LibSerialPort.LastError(),
                $"give a rate that the adapter has, the one of the board profile: {_path}@115200");
        }

        _ = LibSerialPort.sp_flush(_port, LibSerialPort.BufferInput);
    }
}
