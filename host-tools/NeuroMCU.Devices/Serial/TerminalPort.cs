// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace NeuroMCU.Devices.Serial;

/// <summary>
/// A pseudo-terminal used as a serial port. libserialport refuses these: they have no modem lines to ask about (TIOCMGET gives
/// ENOTTY) and no entry under /sys/class/tty, so that they are opened here, with the same rules otherwise.
/// </summary>
internal sealed class TerminalPort : ISerialPort
{
    private readonly SafeFileHandle _handle;
    private readonly int _descriptor;

    private TerminalPort(SafeFileHandle handle)
    {
        _handle = handle;
        _descriptor = (int)handle.DangerousGetHandle();
    }

    /// <summary>Tells pseudo-terminals from ports that exist as hardware.</summary>
    public static bool IsPseudoTerminal(string path)
    {
        string target;
        try
        {
            target = File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
        }
        catch (IOException)
        {
            return false;
        }

        // Linux: /dev/pts/3. macOS: /dev/ttys003.
        return target.StartsWith("/dev/pts/", StringComparison.Ordinal)
            || (OperatingSystem.IsMacOS() && target.StartsWith("/dev/ttys", StringComparison.Ordinal));
    }

    /// <summary>Opens a pseudo-terminal for this program alone.</summary>
    public static TerminalPort Open(string path)
    {
        SafeFileHandle handle;
        try
        {
            handle = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        }
        catch (FileNotFoundException)
        {
            throw SerialErrors.NotFound(path);
        }
        catch (UnauthorizedAccessException problem)
        {
            throw SerialErrors.Denied(path, problem.Message);
        }
        catch (IOException problem)
        {
            throw SerialErrors.Busy(path, problem.Message);
        }

        var port = new TerminalPort(handle);
        if (!Posix.MakeRaw(port._descriptor))
        {
            handle.Dispose();
            throw SerialErrors.NotFound(path);
        }

        Posix.ForgetInput(port._descriptor);
        return port;
    }

    /// <inheritdoc />
    public int Read(byte[] buffer, int milliseconds)
    {
        short events = Posix.Wait(_descriptor, Posix.PollIn, milliseconds);
        if ((events & Posix.PollIn) == 0)
        {
            return events == 0 ? 0 : throw new IOException("the other end of the terminal was closed");
        }

        nint count = Posix.read(_descriptor, buffer, (nuint)buffer.Length);
        return count > 0 ? (int)count : throw new IOException("the other end of the terminal was closed");
    }

    /// <inheritdoc />
    public void Write(ReadOnlySpan<byte> data, int milliseconds)
    {
        while (data.Length > 0)
        {
            if ((Posix.Wait(_descriptor, Posix.PollOut, milliseconds) & Posix.PollOut) == 0)
            {
                throw new IOException($"the terminal took nothing for {milliseconds} ms");
            }

            nint count = Posix.write(_descriptor, ref MemoryMarshal.GetReference(data), (nuint)data.Length);
            if (count <= 0)
            {
                throw new IOException(Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError()));
            }

            data = data[(int)count..];
        }
    }

    /// <inheritdoc />
    public void Dispose() => _handle.Dispose();
}
