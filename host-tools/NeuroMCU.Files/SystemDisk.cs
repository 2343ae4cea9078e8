// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Files;

/// <summary>The disk of the operating system.</summary>
internal sealed class SystemDisk : IDisk
{
    public static readonly SystemDisk Instance = new();

    public IEnumerable<string> Files(string folder) => Directory.EnumerateFiles(folder);

    public byte[]? Read(string path) => File.Exists(path) ? File.ReadAllBytes(path) : null;

    public Stream Create(string path) => new FileStream(path, FileMode.Create, FileAccess.Write);

    public void Flush(Stream file) => ((FileStream)file).Flush(flushToDisk: true);

    public void Move(string from, string to) => File.Move(from, to, overwrite: true);

    public void Delete(string path) => File.Delete(path);

    public void FlushFolder(string folder)
    {
        // Windows writes names through by itself and opens no folder for this.
        if (!OperatingSystem.IsWindows() && !Posix.FlushFolder(folder))
        {
            throw new IOException($"the folder '{folder}' could not be flushed to the disk");
        }
    }
}
