// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace NeuroMCU.Cli.Tests;

/// <summary>
/// Compares output with a text file beside the tests. What changes from machine to machine (folders, versions, durations) is replaced by a
/// word in angle brackets first. NEUROMCU_UPDATE_GOLDEN=1 rewrites the files; the change then shows in the commit.
/// </summary>
internal static partial class Golden
{
    public static void Check(string name, CliRun run, TemporaryFolder? folder = null, [CallerFilePath] string source = "")
    {
        string actual = $"exit code {(int)run.Code} ({ExitCodeName(run)})\n";
        if (run.Out.Length > 0)
        {
            actual += "--- standard output\n" + run.Out;
        }

        if (run.Error.Length > 0)
        {
            actual += "--- standard error\n" + run.Error;
        }

        if (folder is not null)
        {
            actual = actual.Replace(folder.Path, "<folder>", StringComparison.Ordinal);
        }

        // the test's own name stands for the program's
        actual = actual.Replace("  NeuroMCU.Cli.Tests ", "  neuromcu ", StringComparison.Ordinal);
        actual = Version().Replace(actual.Replace("\r\n", "\n", StringComparison.Ordinal), "<version>");
        string path = Path.Combine(Path.GetDirectoryName(source)!, "Golden", name + ".txt");
        if (Environment.GetEnvironmentVariable("NEUROMCU_UPDATE_GOLDEN") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, actual);
            return;
        }

        Assert.True(File.Exists(path), $"no golden text {path}: run with NEUROMCU_UPDATE_GOLDEN=1 and read what it writes");
        Assert.Equal(File.ReadAllText(path), actual);
    }

    private static string ExitCodeName(CliRun run) => run.Code.ToString();

    // 0.1.0-alpha.0.404+COMMIT of a clone, 0.1.0-alpha.0 of a folder of sources; the firmware's own 0.1.0 stays.
    [GeneratedRegex(@"\d+\.\d+\.\d+(-[\w.]+)?\+[0-9a-f]{40}|\d+\.\d+\.\d+-[\w.]+")]
    private static partial Regex Version();
}
