// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Diagnostics;
using System.Globalization;
using NeuroMCU.VirtualBench.Storage;

namespace NeuroMCU.VirtualDevice;

/// <summary>
/// Keeps the files of a virtual device in a folder, so that they survive the process as flash survives power-off. One process at a
/// time may use it.
/// </summary>
internal sealed class FlashFolder : IDisposable
{
    private const string LockName = ".lock";
    private const string NodesName = ".nodes";
    private const string WorkName = ".nodes-work";
    private const long NotSaved = -1;

    private readonly FileStream _lock;
    private readonly IDisk _disk;
    private long _saved = NotSaved;
    private long _refused = NotSaved;

    private FlashFolder(string path, FileStream held, IDisk disk)
    {
        Path = path;
        _disk = disk;
        _lock = held;
    }

    public string Path { get; }

    /// <summary>Gets the usual folder of a virtual device.</summary>
    public static string DefaultPath(string name)
    {
        string? state = Environment.GetEnvironmentVariable("XDG_STATE_HOME");
        string root = string.IsNullOrEmpty(state)
            ? System.IO.Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile,
                Environment.SpecialFolderOption.DoNotVerify), ".local", "state")
            : state;
        return System.IO.Path.Combine(root, "neuromcu", "virtual", name);
    }

    /// <summary>Opens a folder; waits a while when another process has it.</summary>
    public static FlashFolder Open(string path, TimeSpan patience, IDisk? disk = null)
    {
        long begin = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                Directory.CreateDirectory(path);
                return new FlashFolder(
                    path, new FileStream(System.IO.Path.Combine(path, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite,
                        FileShare.None), disk ?? SystemDisk.Instance);
            }
            catch (IOException problem) when (problem is not (DirectoryNotFoundException or PathTooLongException)
                && File.Exists(System.IO.Path.Combine(path, LockName)))
            {
                // A device that is served stays; anything else is a command that will end soon.
                RunningDevice? served = RunningDevices.List()
                    .FirstOrDefault(device => string.Equals(device.StateFolder, path, StringComparison.Ordinal));
                if (served is not null || Stopwatch.GetElapsedTime(begin) > patience)
                {
                    throw InUse(path, served, problem);
                }

                Thread.Sleep(50);
            }
            catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
            {
                throw Unusable(path, problem);
            }
        }
    }

    /// <summary>Fills the device's flash, and removes what a process that was killed while it wrote has left.</summary>
    public void Load(VirtualFlash flash)
    {
        try
        {
            foreach (string file in _disk.Files(Path).ToArray())
            {
                string name = System.IO.Path.GetFileName(file);
                if (!name.StartsWith('.'))
                {
                    flash.Put(name, _disk.Read(file));
                }
                else if (name is not (LockName or NodesName or WorkName))
                {
                    _disk.Delete(file);
                }
            }
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw Unusable(Path, problem);
        }

        Follow(flash);
    }

    /// <summary>Goes on with another flash that holds the same files.</summary>
    public void Follow(VirtualFlash flash) => _saved = flash.Steps;

    /// <summary>Takes over what the device has changed since the last call; returns when it is on the disk, names and bytes.</summary>
    /// <exception cref="IOException">The disk refuses.</exception>
    public void Save(VirtualFlash flash)
    {
        if (flash.Steps == _saved)
        {
            return;
        }

        _saved = NotSaved;
        try
        {
            foreach (string name in flash.Files)
            {
                Replace(System.IO.Path.Combine(Path, name), flash.Contents(name)!);
            }

            string[] gone = [.. _disk.Files(Path).Where(file => IsGone(file, flash))];
            foreach (string file in gone)
            {
                _disk.Delete(file);
            }

            if (gone.Length > 0)
            {
                _disk.FlushFolder(Path);
            }
        }
        catch (UnauthorizedAccessException problem)
        {
            throw new IOException(problem.Message, problem);
        }

        _saved = flash.Steps;
    }

    /// <summary>Takes over what the device has changed and asked nobody to wait for. What the disk refuses is tried again with the next
    /// change.</summary>
    /// <returns>Why it refused; null when it did not, or was not asked.</returns>
    public string? TrySave(VirtualFlash flash)
    {
        if (flash.Steps == _saved || flash.Steps == _refused)
        {
            return null;
        }

        try
        {
            Save(flash);
            return null;
        }
        catch (IOException problem)
        {
            _refused = flash.Steps;
            return problem.Message;
        }
    }

    /// <summary>Gets the state in which the nodes of the board were when the power went: they are no part of the flash.</summary>
    /// <returns>Numbers; null when there are none.</returns>
    public double[]? LoadNodes()
    {
        try
        {
            return _disk.Read(System.IO.Path.Combine(Path, NodesName)) is { } bytes
                ? System.Runtime.InteropServices.MemoryMarshal.Cast<byte, double>(bytes).ToArray() : null;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw Unusable(Path, problem);
        }
    }

    /// <summary>Keeps the state of the nodes.</summary>
    public void SaveNodes(IReadOnlyList<double> state)
    {
        try
        {
            Replace(System.IO.Path.Combine(Path, NodesName),
                System.Runtime.InteropServices.MemoryMarshal.AsBytes<double>([.. state]).ToArray());
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw Unusable(Path, problem);
        }
    }

    /// <summary>Notes that nodes are worked on, or that their state is kept. A process that is killed in between leaves the
    /// note.</summary>
    public void MarkNodes(bool worked)
    {
        string path = System.IO.Path.Combine(Path, WorkName);
        if (worked)
        {
            File.WriteAllText(path, string.Empty);
        }
        else
        {
            File.Delete(path);
        }
    }

    /// <summary>Gets a value indicating whether a process was killed while nodes were worked on.</summary>
    public bool NodesWereWorkedOn => File.Exists(System.IO.Path.Combine(Path, WorkName));

    public void Dispose() => _lock.Dispose();

    private void Replace(string path, byte[] content)
    {
        if (_disk.Read(path) is not { } former || !former.AsSpan().SequenceEqual(content))
        {
            WholeFile.Write(path, file => file.Write(content), _disk);
        }
    }

    private static DeviceException InUse(string path, RunningDevice? served, IOException problem)
    {
        string? address = served?.Tcp ?? (served?.Serial is null ? null : "serial:" + served.Serial);
        return new DeviceException(
            DeviceErrorKind.PortBusy,
            $"the virtual device in '{path}' is in use",
            served is null
                ? "another neuromcu runs it"
                : string.Create(CultureInfo.InvariantCulture, $"'neuromcu virtual' serves it (process {served.ProcessId})"),
            address is null
                ? "wait until the other command has ended; XDG_STATE_HOME=DIR gives this one a flash of its own"
                : $"talk to it: --device {address}",
            problem);
    }

    private static DeviceException Unusable(string path, Exception problem) => new(
        DeviceErrorKind.FileAccess,
        $"the folder '{path}' of the virtual device cannot be used",
        problem.Message,
        "choose another place with XDG_STATE_HOME=DIR",
        problem);

    private static bool IsGone(string file, VirtualFlash flash)
    {
        string name = System.IO.Path.GetFileName(file);
        return !name.StartsWith('.') && !flash.Files.Contains(name, StringComparer.Ordinal);
    }
}
