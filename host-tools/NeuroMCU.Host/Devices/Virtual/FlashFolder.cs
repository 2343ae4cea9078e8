// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using NeuroMCU.Host.Disks;
using NeuroMCU.VirtualBench.Storage;

namespace NeuroMCU.Host.Devices.Virtual
{
    /// <summary>
    /// Keeps the files of a virtual device in a folder, so that they survive the process as flash survives power-off. One process at a
    /// time may use it.
    /// </summary>
    internal sealed class FlashFolder : IDisposable
    {
        private const string LockName = ".lock";

        private readonly FileStream _lock;
        private readonly IDisk _disk;
        private long _steps = -1;

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
                ? System.IO.Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify), ".local", "state")
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
                        path, new FileStream(System.IO.Path.Combine(path, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None), disk ?? SystemDisk.Instance);
                }
                catch (IOException problem) when (problem is not (DirectoryNotFoundException or PathTooLongException) && File.Exists(System.IO.Path.Combine(path, LockName)))
                {
                    // A device that is served stays; anything else is a command that will end soon.
                    RunningDevice? served = RunningDevices.List().FirstOrDefault(device => string.Equals(device.StateFolder, path, StringComparison.Ordinal));
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

        /// <summary>Fills the device's flash.</summary>
        public void Load(VirtualFlash flash)
        {
            try
            {
                foreach (string file in Files())
                {
                    flash.Put(System.IO.Path.GetFileName(file), File.ReadAllBytes(file));
                }
            }
            catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
            {
                throw Unusable(Path, problem);
            }

            Follow(flash);
        }

        /// <summary>Goes on with another flash that holds the same files.</summary>
        public void Follow(VirtualFlash flash) => _steps = flash.Steps;

        /// <summary>Takes over what the device has changed since the last call.</summary>
        public void Save(VirtualFlash flash)
        {
            if (flash.Steps == _steps)
            {
                return;
            }

            _steps = flash.Steps;
            try
            {
                foreach (string name in flash.Files)
                {
                    Replace(System.IO.Path.Combine(Path, name), flash.Contents(name)!);
                }

                foreach (string file in Files().Where(file => !flash.Files.Contains(System.IO.Path.GetFileName(file), StringComparer.Ordinal)).ToArray())
                {
                    _disk.Delete(file);
                }

                _disk.FlushFolder(Path);
            }
            catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
            {
                throw Unusable(Path, problem);
            }
        }

        public void Dispose() => _lock.Dispose();

        private void Replace(string path, byte[] content)
        {
            if (File.Exists(path) && new FileInfo(path).Length == content.Length && File.ReadAllBytes(path).AsSpan().SequenceEqual(content))
            {
                return;
            }

            WholeFile.Write(path, file => file.Write(content), _disk);
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

        private IEnumerable<string> Files() =>
            Directory.EnumerateFiles(Path).Where(file => !System.IO.Path.GetFileName(file).StartsWith('.'));
    }
}
