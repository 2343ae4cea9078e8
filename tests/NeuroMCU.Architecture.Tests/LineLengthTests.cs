// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Architecture.Tests;

public sealed class LineLengthTests
{
    private const int Most = 140;

    // A text that is one piece for its reader (a message, a line of YAML, a data table of a sample) stays in one piece.
    [Fact]
    public void Lines_of_code_and_comments_fit_on_a_screen()
    {
        string[] folders = ["firmware", "hardware", "host-tools", "benchmarks", "tests"];
        var tooLong = new List<string>();
        foreach (string path in folders.SelectMany(f => Directory.EnumerateFiles(
            Path.Combine(DeviceProjects.Root, f), "*.cs", SearchOption.AllDirectories)))
        {
            if (path.Contains("/Samples/", StringComparison.Ordinal) || path.Contains("/obj/", StringComparison.Ordinal))
            {
                continue;
            }

            string[] lines = File.ReadAllLines(path);
            bool raw = false;
            for (int i = 0; i < lines.Length; i++)
            {
                if (lines[i].Length > Most && !raw && !lines[i].Contains('"', StringComparison.Ordinal))
                {
                    tooLong.Add($"{Path.GetRelativePath(DeviceProjects.Root, path)}:{i + 1}: {lines[i].Length} characters");
                }

                raw ^= lines[i].Split("\"\"\"").Length % 2 == 0;
            }
        }

        Assert.True(tooLong.Count == 0, string.Join(Environment.NewLine, tooLong));
    }
}
