// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Xml.Linq;
using Mono.Cecil;

namespace NeuroMCU.Architecture.Tests;

/// <summary>
/// The projects below tests/device/Mscorlib compile device code against the mscorlib of the package nanoFramework.CoreLibrary. That they
/// build is the proof; here stands what the proof rests on.
/// </summary>
public sealed class MscorlibTests
{
    private static readonly string[] s_compiled = ["NeuroMCU.Core", "NeuroMCU.Hearing", "NeuroMCU.Models", "NeuroMCU.Protocol",
        "NeuroMCU.DeviceBenchmarks"];

    public static TheoryData<string> Compiled => [.. s_compiled];

    [Theory]
    [MemberData(nameof(Compiled))]
    public void Device_build_rests_on_the_mscorlib_that_the_device_project_names(string assembly)
    {
        var project = DeviceProjects.ProjectFiles.Single(path => Path.GetFileNameWithoutExtension(path) == assembly);
        var named = XDocument.Load(project).Descendants().Select(item => item.Attribute("Include")?.Value ?? string.Empty)
            .Single(include => include.StartsWith("mscorlib,", StringComparison.Ordinal));
        using var module = ModuleDefinition.ReadModule(PathOf(assembly, assembly + ".dll"));

        var references = module.AssemblyReferences.ToDictionary(reference => reference.Name, reference => reference.FullName,
            StringComparer.Ordinal);

        Assert.Equal(named, references["mscorlib"]);
        Assert.Subset(new HashSet<string>(StringComparer.Ordinal) { "mscorlib", "NeuroMCU.Core", "NeuroMCU.Hearing", "NeuroMCU.Models",
            "NeuroMCU.StandIns.Device" }, references.Keys.ToHashSet(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_device_project_that_needs_only_mscorlib_is_compiled_against_it()
    {
        var alone = DeviceProjects.ProjectFiles
            .Where(path => XDocument.Load(Path.Combine(Path.GetDirectoryName(path)!, "packages.config")).Descendants("package")
                .Count() == 1)
            .Select(path => Path.GetFileNameWithoutExtension(path));

        Assert.Subset(s_compiled.ToHashSet(StringComparer.Ordinal), alone.ToHashSet(StringComparer.Ordinal));
    }

    [Fact]
    public void List_of_members_of_mscorlib_is_that_of_the_package()
    {
        using var module = ModuleDefinition.ReadModule(PathOf("NeuroMCU.Core", "mscorlib.dll"));

        // Generic types stand in both, but device code may use none.
        var listed = ApiList.Of("mscorlib").Where(id => !id.Contains('`', StringComparison.Ordinal));
        var has = PublicMembers(module).Where(id => !id.Contains('`', StringComparison.Ordinal)).Distinct(StringComparer.Ordinal);
        Assert.Equal(has.Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Stand_ins_have_no_member_that_the_libraries_lack()
    {
        using var module = ModuleDefinition.ReadModule(PathOf("NeuroMCU.Protocol", "NeuroMCU.StandIns.Device.dll"));

        // The constructor of an abstract class is the compiler's.
        Assert.All(PublicMembers(module).Where(id => id != "M:System.Text.Encoding.#ctor"), id => Assert.True(ApiList.Contains(id), id));
    }

    // Below this configuration's output; the project's name is the assembly's with the ending Device.
    private static string PathOf(string assembly, string file)
    {
        var own = AppContext.BaseDirectory.Replace('\\', '/');
        return Path.Combine(own.Replace("/NeuroMCU.Architecture.Tests/", $"/{assembly}.Device/", StringComparison.Ordinal), file);
    }

    // Public and protected members but for what the CLR does not implement (BeginInvoke, EndInvoke) and finalizers.
    private static IEnumerable<string> PublicMembers(ModuleDefinition module)
    {
        foreach (var type in module.GetTypes().Where(IsVisible))
        {
            yield return DocumentationId.Of(type);
            foreach (var method in type.Methods.Where(method => (method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly)
                && !IsOmitted(method)))
            {
                yield return DocumentationId.Of(method);
            }

            foreach (var field in type.Fields.Where(field => (field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly)
                && field.Name != "value__"))
            {
                yield return DocumentationId.Of(field);
            }
        }
    }

    private static bool IsVisible(TypeDefinition type) => type.IsNested ? (type.IsNestedPublic || type.IsNestedFamily)
        && IsVisible(type.DeclaringType) : type.IsPublic;

    private static bool IsOmitted(MethodDefinition method) =>
        method.Name is "BeginInvoke" or "EndInvoke" or "Finalize" || (method.IsConstructor && method.IsStatic);
}
