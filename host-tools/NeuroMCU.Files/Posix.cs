// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Runtime.InteropServices;

namespace NeuroMCU.Files;

/// <summary>The POSIX functions around terminals that .NET does not offer.</summary>
internal static class Posix
{
    public const short PollIn = 1;
    public const short PollOut = 4;

    // What a file system says that has nothing to flush for a folder.
    private const int InvalidArgument = 22;

    // struct termios is 60 to 72 bytes long, depending on the system; only the C library looks inside.
    private const int TermiosSize = 256;

    /// <summary>Makes a terminal pass bytes as they are: no echo, no line ends, no signals, 8 bits.</summary>
    /// <returns>False when the descriptor is no terminal.</returns>
    public static bool MakeRaw(int descriptor)
    {
        byte[] settings = new byte[TermiosSize];
        if (tcgetattr(descriptor, settings) != 0)
        {
            return false;
        }

        cfmakeraw(settings);
        return tcsetattr(descriptor, 0, settings) == 0;
    }

    /// <summary>Waits until something can be read or written.</summary>
    /// <returns>The events that came; 0 after the wait.</returns>
    public static short Wait(int descriptor, short events, int milliseconds)
    {
        var wanted = new PollDescriptor { Descriptor = descriptor, Events = events };
        return poll(ref wanted, 1, milliseconds) > 0 ? wanted.Returned : (short)0;
    }

    /// <summary>Forgets what has arrived and was not read.</summary>
    public static void ForgetInput(int descriptor) => _ = tcflush(descriptor, OperatingSystem.IsMacOS() ? 1 : 0);

    /// <summary>Takes an advisory lock on an open port, as pyserial and others do; false when another program has it.</summary>
    public static bool Lock(int descriptor) => flock(descriptor, 2 | 4) == 0;

    /// <summary>Gives the advisory lock back.</summary>
    public static void Unlock(int descriptor) => _ = flock(descriptor, 8);

    /// <summary>Waits until the names in a folder are on the disk; false when they could not be written.</summary>
    public static bool FlushFolder(string folder)
    {
        int descriptor = open(folder, 0);
        if (descriptor < 0)
        {
            return false;
        }

        bool done = fsync(descriptor) == 0 || Marshal.GetLastPInvokeError() == InvalidArgument;
        return close(descriptor) == 0 && done;
    }

#pragma warning disable IDE1006 // The names are the C library's.
    [DllImport("libc", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int posix_openpt(int flags);

    [DllImport("libc", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int grantpt(int descriptor);

    [DllImport("libc", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int unlockpt(int descriptor);

    [DllImport("libc", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern IntPtr ptsname(int descriptor);

    [DllImport("libc", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern nint read(int descriptor, byte[] buffer, nuint count);

    [DllImport("libc", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern nint write(int descriptor, ref byte data, nuint count);

    [DllImport("libc", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int close(int descriptor);

    [DllImport("libc"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern uint getuid();

    [DllImport("libc", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int fsync(int descriptor);

    [DllImport("libc", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int flock(int descriptor, int operation);

    [DllImport("libc", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int tcgetattr(int descriptor, byte[] settings);

    [DllImport("libc"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern void cfmakeraw(byte[] settings);

    [DllImport("libc", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int tcsetattr(int descriptor, int when, byte[] settings);

    [DllImport("libc", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int tcflush(int descriptor, int queue);

    [DllImport("libc", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int poll(ref PollDescriptor descriptor, nuint count, int milliseconds);
#pragma warning restore IDE1006

    [StructLayout(LayoutKind.Sequential)]
    private struct PollDescriptor
    {
        public int Descriptor;
        public short Events;
        public short Returned;
    }
}
