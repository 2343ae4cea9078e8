// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Runtime.InteropServices;
using NeuroMCU.Cli.Results;
using NeuroMCU.Devices.Keys;
using NeuroMCU.Devices.Serial;

namespace NeuroMCU.Cli.Verbs.Doctor;

/// <summary>What the host tool needs on this machine. No check opens a port or disturbs a device.</summary>
internal static class Checks
{
    private static readonly string[] s_browsers = ["chromium", "google-chrome", "firefox"];

    private const int ReadAndWrite = 6;   // R_OK | W_OK of access(2)

    public static IEnumerable<Finding> Run()
    {
        yield return Sdk();
        yield return SerialLibrary();
        foreach (Finding port in Ports())
        {
            yield return port;
        }

        yield return Key();
        yield return Folder("working folder", Environment.CurrentDirectory);
        yield return Browser();
    }

    private static Finding Sdk()
    {
        // The program itself runs on the runtime; building it again after an edit takes the SDK.
        string? root = Path.GetDirectoryName(RuntimeEnvironment.GetRuntimeDirectory().TrimEnd(Path.DirectorySeparatorChar));
        string? folder = root is null ? null : Path.GetFullPath(Path.Combine(root, "..", "..", "sdk"));
        string[] versions = folder is not null && Directory.Exists(folder)
            ? Directory.GetDirectories(folder).Select(d => Path.GetFileName(d)).Where(v => char.IsAsciiDigit(v[0]))
            .Order(StringComparer.Ordinal).ToArray()
            : [];
        bool current = versions.Any(v => v.StartsWith("10.", StringComparison.Ordinal));
        return current
            ? new Finding(".NET SDK", Health.Ok, $"{string.Join(", ", versions)} (runtime {Environment.Version})")
            : new Finding(
                ".NET SDK",
                Health.Problem,
                versions.Length == 0 ? $"none beside runtime {Environment.Version}" : "found only " + string.Join(", ", versions),
                "sudo apt-get install dotnet-sdk-10.0   (Microsoft's feed: packages.microsoft.com/debian/12/prod)");
    }

    private static Finding SerialLibrary()
    {
        string? version = SerialPorts.LibraryVersion;
        return version is not null
            ? new Finding("libserialport", Health.Ok, "version " + version)
            : new Finding(
                "libserialport",
                Health.Optional,
                "not installed: no serial ports (TCP and the virtual bench work)",
                OperatingSystem.IsMacOS() ? "brew install libserialport" : "sudo apt-get install libserialport0");
    }

    private static IEnumerable<Finding> Ports()
    {
        if (SerialPorts.LibraryVersion is null)
        {
            yield break;
        }

        IReadOnlyList<SerialPortInfo> ports = SerialPorts.List();
        if (!ports.Any(p => p.IsUsb))
        {
            yield return new Finding("USB serial ports", Health.Optional, "no board is plugged in",
                "plug one in, or work on the virtual bench: neuromcu info");
        }

        foreach (SerialPortInfo port in ports.Where(p => p.IsUsb))
        {
            string what = port.Description.Length > 0 ? $"{port.Path} ({port.Description})" : port.Path;
            yield return MayUse(port.Path)
                ? new Finding("serial port", Health.Ok, what, "neuromcu info --device serial:" + port.Path)
                : new Finding(
                    "serial port",
                    Health.Problem,
                    what + ": this user may not open it",
                    $"sudo usermod -a -G dialout {Environment.UserName}   (then log in again)");
        }
    }

    private static bool MayUse(string path) => OperatingSystem.IsWindows() || Access(path, ReadAndWrite) == 0;

    private static Finding Key()
    {
        try
        {
            return KeyStore.Find(null) is not null
                ? new Finding("key for TCP", Health.Ok, "found")
                : new Finding("key for TCP", Health.Optional, "none yet; a device on Wi-Fi or 'neuromcu virtual' asks for one",
                    "neuromcu virtual   (makes one)");
        }
        catch (DeviceException problem)
        {
            return new Finding("key for TCP", Health.Problem, problem.Message, problem.Next);
        }
    }

    private static Finding Folder(string name, string path)
    {
        try
        {
            string probe = Path.Combine(path, ".neuromcu-doctor-" + Environment.ProcessId);
            File.WriteAllText(probe, string.Empty);
            File.Delete(probe);
            return new Finding(name, Health.Ok, path);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return new Finding(name, Health.Problem, $"{path}: {problem.Message}", "cd to a folder that you may write to");
        }
    }

    private static Finding Browser()
    {
        string? found = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator)
            .SelectMany(folder => s_browsers.Select(name => Path.Combine(folder, name)))
            .FirstOrDefault(File.Exists);
        return found is not null
            ? new Finding("browser", Health.Ok, found)
            : new Finding("browser", Health.Optional, "none here; reports open on any machine", "sudo apt-get install chromium");
    }

    [DllImport("libc", EntryPoint = "access"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Access([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int mode);
}
