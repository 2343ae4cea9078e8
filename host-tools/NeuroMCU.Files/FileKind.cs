// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace NeuroMCU.Files;

/// <summary>Tells files from pipes, devices and sockets, which .NET does not.</summary>
internal static class FileKind
{
    // struct statx is the same on every Linux: 256 bytes, the mode 28 bytes from its start.
    private const int StatusSize = 256;
    private const int ModeOffset = 28;
    private const int TypeMask = 0xF000;
    private const int RegularType = 0x8000;
    private const int CurrentFolder = -100;
    private const uint AskForType = 1;

    /// <summary>Whether a path that exists leads to a regular file; links are followed.</summary>
    /// <returns>False for a pipe, a device or a socket; true where the system cannot be asked.</returns>
    public static bool IsRegular(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            return OperatingSystem.IsWindows() || !System.IO.Path.GetFullPath(path).StartsWith("/dev/", StringComparison.Ordinal);
        }

        byte[] status = new byte[StatusSize];
        return statx(CurrentFolder, Encoding.UTF8.GetBytes(path + "\0"), 0, AskForType, status) != 0
            || (BinaryPrimitives.ReadUInt16LittleEndian(status.AsSpan(ModeOffset)) & TypeMask) == RegularType;
    }

#pragma warning disable IDE1006 // The name is the C library's.
    [DllImport("libc", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int statx(int folder, byte[] path, int flags, uint mask, byte[] status);
#pragma warning restore IDE1006
}
