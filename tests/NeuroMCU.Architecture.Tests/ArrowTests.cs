// NeuroMCU, MIT licence. See LICENSE in the repository root.

using Mono.Cecil;

namespace NeuroMCU.Architecture.Tests;

public sealed class ArrowTests
{
    // The list of docs/design/architecture.md is the rule.
    private static readonly Dictionary<string, string[]> s_allowed = File
        .ReadAllText(Path.Combine(DeviceProjects.Root, "docs/design/architecture.md"))
        .Split("```arrows\n")[1].Split("```")[0]
        .Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(line => line.Split(':'))
        .ToDictionary(parts => parts[0], parts => parts[1].Split(' ', StringSplitOptions.RemoveEmptyEntries), StringComparer.Ordinal);

    private static readonly Lazy<IReadOnlyCollection<TypeArrow>> s_arrows = new(() => TypeArrows.Of([.. s_allowed.Keys.Select(Read)]));

    public static TheoryData<string> Projects => [.. s_allowed.Keys];

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_speaks_of_those_below_it_only(string project)
    {
        // The bench holds the device's own libraries (System.Device, nanoFramework) under their own names: device code speaks of them,
        // not of the bench.
        string[] beyond =
        [
            .. s_arrows.Value
                .Where(arrow => Short(arrow.FromAssembly) == project && arrow.ToAssembly != arrow.FromAssembly)
                .Where(arrow => arrow.ToAssembly != "NeuroMCU.VirtualBench"
                    || arrow.ToNamespace.StartsWith("NeuroMCU.", StringComparison.Ordinal))
                .Where(arrow => !s_allowed[project].Contains(Short(arrow.ToAssembly), StringComparer.Ordinal))
                .Select(arrow => arrow.ToString())
                .Order(StringComparer.Ordinal),
        ];

        Assert.True(beyond.Length == 0, string.Join(Environment.NewLine, beyond));
    }

    [Fact]
    public void No_arrow_is_allowed_that_nothing_uses()
    {
        HashSet<(string From, string To)> used = [.. s_arrows.Value.Select(arrow => (Short(arrow.FromAssembly), Short(arrow.ToAssembly)))];

        Assert.Equal([], s_allowed.SelectMany(pair => pair.Value.Select(to => (pair.Key, to))).Where(arrow => !used.Contains(arrow)));
    }

    [Fact]
    public void Every_project_has_its_line()
    {
        IEnumerable<string> projects = new[] { "firmware", "hardware", "host-tools", "benchmarks" }
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(DeviceProjects.Root, folder), "*.csproj",
                SearchOption.AllDirectories))
            .Select(path => Short(Path.GetFileNameWithoutExtension(path)));

        Assert.Equal(projects.Order(StringComparer.Ordinal), s_allowed.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Namespaces_need_one_another_in_one_direction()
    {
        IReadOnlyList<string> circles = Circles.In(s_arrows.Value);

        Assert.True(circles.Count == 0, string.Join(Environment.NewLine + Environment.NewLine, circles));
    }

    [Fact]
    public void Only_the_virtual_device_sees_firmware_and_bench_at_once()
    {
        IEnumerable<string> both = s_allowed.Keys.Where(project => s_allowed[project].Contains("Firmware")
            && s_allowed[project].Contains("VirtualBench"));

        Assert.Equal(["VirtualDevice"], both);
    }

    [Fact]
    public void A_circle_is_found_and_named()
    {
        using ModuleDefinition own = ModuleDefinition.ReadModule(typeof(ArrowTests).Assembly.Location);

        string circle = Assert.Single(Circles.In(TypeArrows.Of([own])));

        Assert.Contains("CircleFixtures.First.One -> NeuroMCU.Architecture.Tests.CircleFixtures.Second.Two", circle,
            StringComparison.Ordinal);
        Assert.Contains("CircleFixtures.Second.Two -> NeuroMCU.Architecture.Tests.CircleFixtures.First.One", circle,
            StringComparison.Ordinal);
        Assert.DoesNotContain("Bystander", circle, StringComparison.Ordinal);
    }

    private static ModuleDefinition Read(string project) =>
        ModuleDefinition.ReadModule(Path.Combine(AppContext.BaseDirectory, project == "Cli" ? "neuromcu.dll" : $"NeuroMCU.{project}.dll"));

    private static string Short(string assembly) => assembly == "neuromcu" ? "Cli" : assembly["NeuroMCU.".Length..];
}
