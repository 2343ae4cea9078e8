// NeuroMCU, MIT licence. See LICENSE in the repository root.

using Mono.Cecil;

namespace NeuroMCU.Architecture.Tests;

public sealed class ArrowTests
{
    // Every project and all that its code may speak of. docs/design/architecture.md says why.
    private const string Allowed = """
        Core:
        Models: Core
        Hearing: Core
        Protocol: Core
        Parts:
        VirtualBench: Core Parts
        Hardware: Core
        Firmware: Core Hardware Hearing Models Protocol
        Boot: Core Firmware Hardware
        DeviceBenchmarks: Core Hearing Models
        Files:
        Networks: Core Files Hardware Models Parts VirtualBench
        Recordings: Core Files Protocol
        Reference: Core Files Networks Recordings
        Compiler: Core Files Hardware Hearing Models Networks Recordings Reference VirtualBench
        Devices: Compiler Core Files Models Networks Protocol Recordings
        VirtualDevice: Compiler Core Devices Files Firmware Hardware Networks Parts VirtualBench
        Laboratory: Compiler Core Devices Files Hardware Hearing Models Networks Parts Recordings Reference VirtualBench VirtualDevice
        Internet: Compiler Core Devices Files Laboratory Models Networks Recordings
        Cli: Compiler Core DeviceBenchmarks Devices Files Hardware Internet Laboratory Models Networks Parts Protocol Recordings Reference VirtualBench VirtualDevice
        """;

    private static readonly Dictionary<string, string[]> s_allowed = Allowed.Split('\n')
        .Select(line => line.Trim().Split(':'))
        .ToDictionary(parts => parts[0], parts => parts[1].Split(' ', StringSplitOptions.RemoveEmptyEntries), StringComparer.Ordinal);

    private static readonly Lazy<IReadOnlyCollection<TypeArrow>> s_arrows = new(() => TypeArrows.Of([.. s_allowed.Keys.Select(Read)]));

    public static TheoryData<string> Projects => [.. s_allowed.Keys];

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_speaks_of_those_below_it_only(string project)
    {
        // The bench holds the device's own libraries (System.Device, nanoFramework) under their own names: device code speaks of them, not of the bench.
        string[] beyond =
        [
            .. s_arrows.Value
                .Where(arrow => Short(arrow.FromAssembly) == project && arrow.ToAssembly != arrow.FromAssembly)
                .Where(arrow => arrow.ToAssembly != "NeuroMCU.VirtualBench" || arrow.ToNamespace.StartsWith("NeuroMCU.", StringComparison.Ordinal))
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
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(DeviceProjects.Root, folder), "*.csproj", SearchOption.AllDirectories))
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
        IEnumerable<string> both = s_allowed.Keys.Where(project => s_allowed[project].Contains("Firmware") && s_allowed[project].Contains("VirtualBench"));

        Assert.Equal(["VirtualDevice"], both);
    }

    [Fact]
    public void A_circle_is_found_and_named()
    {
        using ModuleDefinition own = ModuleDefinition.ReadModule(typeof(ArrowTests).Assembly.Location);

        string circle = Assert.Single(Circles.In(TypeArrows.Of([own])));

        Assert.Contains("CircleFixtures.First.One -> NeuroMCU.Architecture.Tests.CircleFixtures.Second.Two", circle, StringComparison.Ordinal);
        Assert.Contains("CircleFixtures.Second.Two -> NeuroMCU.Architecture.Tests.CircleFixtures.First.One", circle, StringComparison.Ordinal);
        Assert.DoesNotContain("Bystander", circle, StringComparison.Ordinal);
    }

    private static ModuleDefinition Read(string project) =>
        ModuleDefinition.ReadModule(Path.Combine(AppContext.BaseDirectory, project == "Cli" ? "neuromcu.dll" : $"NeuroMCU.{project}.dll"));

    private static string Short(string assembly) => assembly == "neuromcu" ? "Cli" : assembly["NeuroMCU.".Length..];
}
