// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Diagnostics;
using System.IO.Compression;
using System.Xml.Linq;

namespace NeuroMCU.Architecture.Tests;

/// <summary>What <c>./release</c> zips is whole: someone who has the zip alone can build, set up and order.</summary>
public sealed class ReleaseTests
{
    [Fact]
    public void The_zips_hold_every_file_of_the_firmware_a_text_for_each_board_and_every_sheet()
    {
        Assert.SkipUnless(Run("git", "rev-parse", "HEAD"), "no git, or a folder of sources without its repository");
        string folder = Directory.CreateTempSubdirectory("neuromcu-release-").FullName;
        try
        {
            Assert.True(Run("bash", "release", "--zips", "1.2.3", folder),
                "./release --zips failed; the texts of the boards come from a build of NeuroMCU.sln");
            HashSet<string> firmware = Names(folder, "firmware");
            string[] projects = [.. firmware.Where(name => name.EndsWith(".nfproj", StringComparison.Ordinal))];
            Assert.Equal(DeviceProjects.ProjectFiles.Select(Path.GetFileName).Order(StringComparer.Ordinal),
                projects.Select(Path.GetFileName).Order(StringComparer.Ordinal));
            Assert.Contains("firmware/NeuroMCU.Firmware.sln", firmware);
            foreach (string project in projects)
            {
                string home = Path.GetDirectoryName(Path.Combine(DeviceProjects.Root, project))!;
                IEnumerable<string> files = XDocument.Load(Path.Combine(DeviceProjects.Root, project)).Descendants()
                    .Where(item => item.Name.LocalName is "Compile" or "ProjectReference" or "None")
                    .Select(item => item.Attribute("Include")!.Value.Replace('\\', '/'))
                    .Select(file => Path.GetRelativePath(DeviceProjects.Root, Path.GetFullPath(Path.Combine(home, file)))
                        .Replace('\\', '/'));
                Assert.All(files, file => Assert.Contains(file, firmware));
            }

            HashSet<string> boards = Names(folder, "boards");
            string[] profiles = [.. Directory.GetFiles(Path.Combine(DeviceProjects.Root, "hardware", "boards"), "*.yaml")
                .Select(file => Path.GetFileNameWithoutExtension(file))];
            Assert.NotEmpty(profiles);
            Assert.All(profiles, board => Assert.Contains(board + "/board.txt", boards));

            HashSet<string> sheets = Names(folder, "schematics");
            Assert.All(
                Directory.GetFiles(Path.Combine(DeviceProjects.Root, "schematics"), "*.kicad_sch", SearchOption.AllDirectories),
                file => Assert.Contains(Path.GetRelativePath(DeviceProjects.Root, file).Replace('\\', '/'), sheets));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // Paths in a zip, without the folder that has the version in its name.
    private static HashSet<string> Names(string folder, string what)
    {
        using ZipArchive zip = ZipFile.OpenRead(Path.Combine(folder, $"neuromcu-1.2.3-{what}.zip"));
        Assert.All(zip.Entries, entry => Assert.StartsWith($"neuromcu-1.2.3-{what}/", entry.FullName, StringComparison.Ordinal));
        return [.. zip.Entries.Select(entry => entry.FullName[(entry.FullName.IndexOf('/', StringComparison.Ordinal) + 1)..])];
    }

    private static bool Run(string program, params string[] arguments)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(program, arguments)
            {
                WorkingDirectory = DeviceProjects.Root,
                RedirectStandardOutput = true,
                UseShellExecute = false
            })!;
            process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
