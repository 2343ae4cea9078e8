// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Diagnostics;
using System.Text.Json;

namespace NeuroMCU.VirtualDevice;

/// <summary>A virtual device that another process serves.</summary>
/// <param name="Name">Its name.</param>
/// <param name="ProcessId">The process.</param>
/// <param name="Tcp">Its TCP address; null when it has none.</param>
/// <param name="Serial">Path of its pseudo-terminal; null when it has none.</param>
/// <param name="Profile">Name of its cost profile.</param>
/// <param name="StateFolder">Folder that stands for its flash; null when it keeps nothing.</param>
public sealed record RunningDevice(string Name, int ProcessId, string? Tcp, string? Serial, string Profile, string? StateFolder = null);

/// <summary>
/// Where virtual devices of this user announce themselves: one file each in <c>$XDG_RUNTIME_DIR/neuromcu</c>, or in
/// <c>neuromcu-USERID</c> in the folder for temporary files.
/// </summary>
public static class RunningDevices
{
    /// <summary>Gets the folder of the announcements.</summary>
    public static string Folder
    {
        get
        {
            string? runtime = Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR");
            if (!string.IsNullOrEmpty(runtime))
            {
                return Path.Combine(runtime, "neuromcu");
            }

            string user = OperatingSystem.IsWindows() ? Environment.UserName : Posix.getuid()
                .ToString(System.Globalization.CultureInfo.InvariantCulture);
            return Path.Combine(Path.GetTempPath(), "neuromcu-" + user);
        }
    }

    /// <summary>Lists the devices whose processes are alive; announcements of dead ones are removed.</summary>
    /// <returns>The devices, by name.</returns>
    public static IReadOnlyList<RunningDevice> List()
    {
        string folder = Folder;
        if (!Directory.Exists(folder))
        {
            return [];
        }

        var found = new List<RunningDevice>();
        foreach (string file in Directory.EnumerateFiles(folder, "*.json"))
        {
            try
            {
                if (JsonSerializer.Deserialize<RunningDevice>(File.ReadAllText(file)) is RunningDevice device && IsAlive(device.ProcessId))
                {
                    found.Add(device);
                }
                else
                {
                    File.Delete(file);
                }
            }
            catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or JsonException)
            {
                // Being written or removed at this moment, or not ours: it is no device that could be offered.
                continue;
            }
        }

        return [.. found.OrderBy(device => device.Name, StringComparer.Ordinal)];
    }

    /// <summary>Announces a device.</summary>
    /// <returns>Takes the announcement back when disposed.</returns>
    /// <exception cref="DeviceException">Kind <see cref="DeviceErrorKind.FileAccess" />: the folder cannot be written.</exception>
    internal static IDisposable Announce(RunningDevice device)
    {
        string folder = Folder;
        try
        {
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(folder);
            }
            else
            {
                Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }

            string path = Path.Combine(folder, $"{device.ProcessId}-{device.Name}.json");
            File.WriteAllText(path + ".new", JsonSerializer.Serialize(device));
            File.Move(path + ".new", path, overwrite: true);
            return new Announcement(path);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new DeviceException(
                DeviceErrorKind.FileAccess,
                $"the virtual device cannot be announced in '{folder}'",
                problem.Message,
                "set XDG_RUNTIME_DIR to a folder that you may write",
                problem);
        }
    }

    private static bool IsAlive(int process)
    {
        try
        {
            using Process found = Process.GetProcessById(process);
            return !found.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private sealed class Announcement(string path) : IDisposable
    {
        public void Dispose()
        {
            try
            {
                File.Delete(path);
            }
            catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
            {
                // The next 'devices' removes it: its process is gone then.
                return;
            }
        }
    }
}
