// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Devices.Keys;

/// <summary>Files with keys, and who may read them.</summary>
internal static class KeyFiles
{
    /// <summary>Whether a file may be read by everybody on this machine.</summary>
    /// <returns>False also where there is no file, and on Windows, whose rights say it otherwise.</returns>
    public static bool IsOpen(string path) =>
        !OperatingSystem.IsWindows() && File.Exists(path) && (File.GetUnixFileMode(path) & UnixFileMode.OtherRead) != UnixFileMode.None;

    /// <summary>Says so.</summary>
    /// <returns>A line with the next step.</returns>
    public static string Warning(string path) => $"everybody on this machine can read {path}; next: chmod 600 {path}";

    /// <summary>What to do about a key file that cannot be used.</summary>
    /// <param name="otherwise">The next step where it holds no key, or there is none.</param>
    /// <returns>The next step.</returns>
    public static string HintFor(DeviceException problem, string path, string otherwise) =>
        problem.InnerException is UnauthorizedAccessException
            ? problem.Kind == DeviceErrorKind.KeyMissing ? $"let the user who runs this read it: ls -l {path}"
                : $"let the user who runs this write it, or name another file: ls -ld {Path.GetDirectoryName(Path.GetFullPath(path))}"
            : otherwise;
}
