// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Files;

/// <summary>The disk of the operating system.</summary>
/// <param name="secret">Whether nobody but their owner may read the files that it makes, at no time.</param>
internal sealed class SystemDisk(bool secret) : IDisk
{
    public static readonly SystemDisk Instance = new(secret: false);

    public static readonly SystemDisk Secret = new(secret: true);

    public IEnumerable<string> Files(string folder) => Directory.EnumerateFiles(folder);

    public byte[]? Read(string path) => File.Exists(path) ? File.ReadAllBytes(path) : null;

    public Stream Create(string path)
    {
        FileStreamOptions options = new() { Mode = FileMode.Create, Access = FileAccess.Write };
        if (secret && !OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(path, options);
    }

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
