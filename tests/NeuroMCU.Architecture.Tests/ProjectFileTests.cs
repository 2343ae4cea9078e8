// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Xml.Linq;

namespace NeuroMCU.Architecture.Tests;

/// <summary>
/// A device project (.nfproj) names its files one by one, its host twin (.csproj) takes all in the folder and the files that it names
/// elsewhere: both must build the same. Set NEUROMCU_UPDATE_PROJECTS=1 to have the .nfproj files rewritten from the folders.
/// </summary>
public sealed class ProjectFileTests
{
    private static readonly XNamespace s_msbuild = "http://schemas.microsoft.com/developer/msbuild/2003";

    public static TheoryData<string> Projects =>
        [.. DeviceProjects.ProjectFiles.Select(path => Path.GetRelativePath(DeviceProjects.Root, path).Replace('\\', '/'))];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Both_project_files_compile_the_same_sources(string project)
    {
        var path = Path.Combine(DeviceProjects.Root, project);
        var sources = Sources(path);
        if (Environment.GetEnvironmentVariable("NEUROMCU_UPDATE_PROJECTS") == "1")
        {
            Rewrite(path, sources);
        }

        var listed = XDocument.Load(path).Descendants(s_msbuild + "Compile").Select(item => item.Attribute("Include")!.Value).ToArray();

        Assert.Equal(sources, listed);
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void Every_package_reference_is_in_packages_config(string project)
    {
        var path = Path.Combine(DeviceProjects.Root, project);
        var packages = XDocument.Load(Path.Combine(Path.GetDirectoryName(path)!, "packages.config")).Descendants("package")
            .ToDictionary(item => item.Attribute("id")!.Value + "." + item.Attribute("version")!.Value, StringComparer.OrdinalIgnoreCase);

        var hints = XDocument.Load(path).Descendants(s_msbuild + "HintPath").Select(item => item.Value).ToArray();

        Assert.NotEmpty(hints);
        Assert.All(hints, hint => Assert.Contains(hint.Split('\\').SkipWhile(part => part != "packages").ElementAt(1), packages.Keys));
    }

    private static string[] Sources(string project) => Own(Path.GetDirectoryName(project)!).Concat(Shared(project))
        .Order(StringComparer.Ordinal).ToArray();

    // A pattern stands for what a package of nanoFramework brings on the device.
    private static IEnumerable<string> Shared(string project) => XDocument.Load(Path.ChangeExtension(project, ".csproj"))
        .Descendants("Compile")
        .Select(item => item.Attribute("Include")!.Value.Replace('/', '\\'))
        .Where(file => !file.Contains('*', StringComparison.Ordinal));

    private static IEnumerable<string> Own(string folder) => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(folder, file).Replace('/', '\\'))
        .Where(file => !file.StartsWith("bin\\", StringComparison.Ordinal) && !file.StartsWith("obj\\", StringComparison.Ordinal));

    private static void Rewrite(string path, string[] sources)
    {
        var document = XDocument.Load(path, LoadOptions.PreserveWhitespace);
        var group = document.Descendants(s_msbuild + "Compile").First().Parent!;
        group.RemoveNodes();
        foreach (var source in sources)
        {
            group.Add("\n    ", new XElement(s_msbuild + "Compile", new XAttribute("Include", source)));
        }

        group.Add("\n  ");
        // The text form of a document leaves its declaration out.
        File.WriteAllText(path, document.Declaration + "\n" + document.ToString(SaveOptions.DisableFormatting).Trim() + "\n");
    }
}
