// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Files;

/// <summary>
/// Writes a file so that whatever fails, its name stands for the former content or for the new one, whole: it is written beside,
/// flushed, and moved into place. Once that has returned, the new one also survives a power failure.
/// </summary>
internal static class WholeFile
{
    /// <summary>Writes a file.</summary>
    /// <param name="disk">The disk; null for the system's.</param>
    /// <exception cref="IOException">The disk refuses; the former file is as it was.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder cannot be written.</exception>
    public static void Write(string path, Action<Stream> write, IDisk? disk = null)
    {
        disk ??= SystemDisk.Instance;
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        string beside = Path.Combine(folder, "." + Path.GetFileName(path) + "." + Path.GetRandomFileName());
        try
        {
            using (Stream file = disk.Create(beside))
            {
                write(file);
                disk.Flush(file);
            }

            disk.Move(beside, path);
        }
        catch (Exception problem)
        {
            disk.Delete(beside);
            if (problem is ArgumentOutOfRangeException { ParamName: "value" })
            {
                // How .NET puts it that the file would be larger than the system, or the user's limit, allows.
                throw new IOException(problem.Message, problem);
            }

            throw;
        }

        disk.FlushFolder(folder);
    }
}
