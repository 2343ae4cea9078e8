// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.IO.Compression;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text;

namespace NeuroMCU.Cli.Results;

/// <summary>A ZIP file to attach to a bug report: the findings, the versions, the settings. Keys and user files stay out of it.</summary>
internal static class Bundle
{
    public static void Write(string path, IReadOnlyList<Finding> findings, Func<string, string?> variable)
    {
        StringBuilder checks = new StringBuilder();
        foreach (Finding finding in findings)
        {
            checks.Append(finding.Health).Append('\t').Append(finding.Name).Append('\t').Append(finding.Detail).Append('\n');
        }

        OutputFile.Write(path, stream =>
        {
            using ZipArchive archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
            Add(archive, "doctor.txt", checks.ToString());
            Add(archive, "system.txt", System(variable));
        });
    }

    /// <summary>Version of this program with the commit that it was built from.</summary>
    public static string Version =>
        typeof(Bundle).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    private static string System(Func<string, string?> variable)
    {
        StringBuilder text = new StringBuilder();
        text.Append("neuromcu ").Append(Version).Append('\n');
        text.Append(RuntimeInformation.OSDescription).Append(' ').Append(RuntimeInformation.OSArchitecture).Append('\n');
        text.Append(RuntimeInformation.FrameworkDescription).Append('\n');
        foreach (string name in new[] { "NEUROMCU_DEVICE", "NEUROMCU_KEY_FILE", "LANG", "TERM", "NO_COLOR" })
        {
            text.Append(name).Append('=').Append(variable(name) ?? "(not set)").Append('\n');
        }

        text.Append("NEUROMCU_KEY ").Append(variable("NEUROMCU_KEY") is null ? "(not set)" : "(set; not shown)").Append('\n');
        return text.ToString();
    }

    private static void Add(ZipArchive archive, string name, string text)
    {
        using StreamWriter writer = new StreamWriter(archive.CreateEntry(name).Open());
        writer.Write(text);
    }
}
