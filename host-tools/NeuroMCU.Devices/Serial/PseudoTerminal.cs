// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace NeuroMCU.Devices.Serial;

/// <summary>
/// The device's end of a pseudo-terminal: whoever opens <see cref="Path" /> as a serial port talks to this object. Bytes that nobody
/// reads are dropped when the system's buffer is full, as on a cable.
/// </summary>
public sealed class PseudoTerminal : IDisposable
{
    private readonly int _master;
    private readonly SafeFileHandle _held;
    private bool _closed;

    private PseudoTerminal(int master, string path)
    {
        _master = master;
        Path = path;

        // Held open so that the terminal survives hosts that come and go. The lock, which .NET takes on every file, is for the host.
        _held = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        Posix.Unlock((int)_held.DangerousGetHandle());
        Posix.MakeRaw((int)_held.DangerousGetHandle());
    }

    /// <summary>Gets the path that hosts open, for example <c>/dev/pts/3</c>.</summary>
    public string Path { get; }

    /// <summary>Gets the number of bytes that were dropped because nobody read.</summary>
    public long Dropped { get; private set; }

    /// <summary>Makes a pseudo-terminal.</summary>
    /// <returns>The terminal.</returns>
    /// <exception cref="DeviceException">Kind <see cref="DeviceErrorKind.NotSupported" />: the system has none to give.</exception>
    public static PseudoTerminal Open()
    {
        if (OperatingSystem.IsWindows())
        {
            throw Unsupported("Windows has no pseudo-terminals that programs can open as serial ports");
        }

        // O_RDWR | O_NOCTTY: it must not become this program's own terminal. O_NONBLOCK, where it may be given here: a host that does
        // not read must not stop the device.
        int master = Posix.posix_openpt(2 | (OperatingSystem.IsMacOS() ? 0x20000 : 0x100 | 0x800));
        if (master < 0 || Posix.grantpt(master) != 0 || Posix.unlockpt(master) != 0)
        {
            throw Unsupported(Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError()));
        }

        string? path = Marshal.PtrToStringUTF8(Posix.ptsname(master));
        return path is null ? throw Unsupported("the system does not name it") : new PseudoTerminal(master, path);
    }

    /// <summary>Reads what a host sent; waits when there is nothing.</summary>
    /// <param name="buffer">Receives the bytes.</param>
    /// <param name="milliseconds">Longest wait.</param>
    /// <returns>Number of bytes; 0 when none came.</returns>
    public int Read(byte[] buffer, int milliseconds)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        if ((Posix.Wait(_master, Posix.PollIn, milliseconds) & Posix.PollIn) == 0)
        {
            return 0;
        }

        return (int)Math.Max(0, Posix.read(_master, buffer, (nuint)buffer.Length));
    }

    /// <summary>Sends bytes to the host.</summary>
    /// <param name="data">The bytes.</param>
    public void Write(ReadOnlySpan<byte> data)
    {
        while (data.Length > 0)
        {
            if ((Posix.Wait(_master, Posix.PollOut, 0) & Posix.PollOut) == 0)
            {
                Dropped += data.Length;
                return;
            }

            nint count = Posix.write(_master, ref MemoryMarshal.GetReference(data), (nuint)data.Length);
            if (count <= 0)
            {
                Dropped += data.Length;
                return;
            }

            data = data[(int)count..];
        }
    }

    /// <summary>Closes the terminal; hosts that have it open lose the link.</summary>
    public void Dispose()
    {
        if (!_closed)
        {
            _closed = true;
            _held.Dispose();
            _ = Posix.close(_master);
        }
    }

    private static DeviceException Unsupported(string why) => new(
        DeviceErrorKind.NotSupported, "no pseudo-terminal can be made", why, "use the TCP address instead: 'neuromcu virtual' prints it");
}
