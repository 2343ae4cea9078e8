// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Text.RegularExpressions;

namespace NeuroMCU.Architecture.Tests;

public sealed partial class DocumentationTests
{
    public static TheoryData<string> Pages => [.. new[] { ".", "docs", "examples", "benchmarks" }
        .Select(folder => Path.Combine(DeviceProjects.Root, folder))
        .Where(Directory.Exists)
        .SelectMany(folder => Directory.EnumerateFiles(folder, "*.md", folder.EndsWith('.') ? SearchOption.TopDirectoryOnly
            : SearchOption.AllDirectories))
        .Select(path => Path.GetRelativePath(DeviceProjects.Root, path).Replace('\\', '/'))
        .Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_link_within_the_repository_leads_somewhere(string page)
    {
        var path = Path.Combine(DeviceProjects.Root, page);

        var broken =
            from Match link in Link().Matches(File.ReadAllText(path))
            let target = link.Groups[1].Value.Split('#')[0]
            where target.Length > 0 && !target.Contains("://", StringComparison.Ordinal)
            let file = Path.Combine(Path.GetDirectoryName(path)!, target)
            where !File.Exists(file) && !Directory.Exists(file)
            select target;

        Assert.Empty(broken);
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_path_that_a_page_names_exists(string page)
    {
        var gone =
            from Match path in NamedPath().Matches(File.ReadAllText(Path.Combine(DeviceProjects.Root, page)))
            let target = Path.Combine(DeviceProjects.Root, path.Groups[1].Value)
            where !File.Exists(target) && !Directory.Exists(target)
            select path.Groups[1].Value;

        Assert.Empty(gone.Distinct(StringComparer.Ordinal));
    }

    // `host-tools/NeuroMCU.Networks/Projection.cs`; X stands for a name that a reader gives.
    [GeneratedRegex(@"`((?:firmware|hardware|host-tools|tests|benchmarks)/NeuroMCU\.(?![\w./]*/X)[\w./-]*[\w/])`")]
    private static partial Regex NamedPath();

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();
}
