// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Text;

namespace NeuroMCU.Files;

/// <summary>
/// Writes files so that they appear under their names only when they are whole and on disk: a full disk or a crash leaves what was there
/// before. Pipes and devices, such as <c>/dev/stdout</c>, are written directly.
/// </summary>
public static class OutputFile
{
    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Writes a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="write">Writes its content.</param>
    /// <exception cref="OutputFileException">It cannot be written; what was there before is still there.</exception>
    public static void Write(string path, Action<Stream> write) => Write(path, write, SystemDisk.Instance);

    private static void Write(string path, Action<Stream> write, SystemDisk disk)
    {
        ArgumentNullException.ThrowIfNull(write);
        if (File.Exists(path) && !FileKind.IsRegular(path))
        {
            using FileStream device = new(path, FileMode.Open, FileAccess.Write);
            write(device);
            return;
        }

        string final = Final(path);
        try
        {
            UnixFileMode? mode = File.Exists(final) && !OperatingSystem.IsWindows() ? File.GetUnixFileMode(final) : null;
            WholeFile.Write(final, write, disk);
            if (mode is { } kept && !OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(final, kept);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OutputFileException(path, e);
        }
    }

    /// <summary>Writes a text in UTF-8, without a byte order mark.</summary>
    /// <param name="path">The file.</param>
    /// <param name="write">Writes its content.</param>
    /// <exception cref="OutputFileException">It cannot be written; what was there before is still there.</exception>
    public static void WriteText(string path, Action<TextWriter> write) => WriteText(path, write, SystemDisk.Instance);

    /// <summary>Writes a text in UTF-8, without a byte order mark.</summary>
    /// <param name="path">The file.</param>
    /// <param name="text">Its content.</param>
    /// <exception cref="OutputFileException">It cannot be written; what was there before is still there.</exception>
    public static void WriteText(string path, string text) => WriteText(path, writer => writer.Write(text));

    /// <summary>Writes a text that holds a key: a new file may be read by its owner only, at no time by others.</summary>
    /// <param name="path">The file.</param>
    /// <param name="text">Its content.</param>
    /// <exception cref="OutputFileException">It cannot be written; what was there before is still there.</exception>
    public static void WriteSecret(string path, string text) => WriteText(path, writer => writer.Write(text), SystemDisk.Secret);

    private static void WriteText(string path, Action<TextWriter> write, SystemDisk disk)
    {
        ArgumentNullException.ThrowIfNull(write);
        Write(path, stream =>
        {
            using StreamWriter writer = new(stream, s_utf8, leaveOpen: true) { NewLine = "\n" };
            write(writer);
        }, disk);
    }

    // A link stays a link: its target is what is written.
    private static string Final(string path) =>
        File.Exists(path) && new FileInfo(path).ResolveLinkTarget(returnFinalTarget: true) is { } target ? target.FullName : path;
}
