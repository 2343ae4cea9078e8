// NeuroMCU, MIT licence. See LICENSE in the repository root.

using Mono.Cecil;
using NeuroMCU.VirtualBench;

namespace NeuroMCU.Architecture.Tests;

/// <summary>The virtual bench stands where nanoFramework's libraries are: what it offers to the firmware, they have.</summary>
public sealed class BenchSurfaceTests
{
    [Fact]
    public void The_bench_offers_nothing_that_the_device_lacks()
    {
        using ModuleDefinition module = ModuleDefinition.ReadModule(typeof(Bench).Assembly.Location);
        TypeDefinition[] surface = module.GetTypes()
            .Where(t => (t.IsPublic || t.IsNestedPublic) && !Root(t).Namespace.StartsWith("NeuroMCU", StringComparison.Ordinal))
            .ToArray();
        Assert.True(surface.Length > 30);
        string[] foreign = surface.SelectMany(Members).Where(id => !ApiList.Contains(id)).Order(StringComparer.Ordinal).ToArray();
        Assert.Empty(foreign);
    }

    private static TypeDefinition Root(TypeDefinition type) => type.DeclaringType is null ? type : Root(type.DeclaringType);

    private static IEnumerable<string> Members(TypeDefinition type)
    {
        yield return DocumentationId.Of(type);
        foreach (MethodDefinition method in type.Methods.Where(m => m.IsPublic && !IsInherited(m)))
        {
            yield return DocumentationId.Of(method);
        }

        foreach (FieldDefinition field in type.Fields.Where(f => f.IsPublic && !f.IsRuntimeSpecialName))
        {
            yield return DocumentationId.Of(field);
        }
    }

    // What every object has; the list names it where a library overrides it.
    private static bool IsInherited(MethodDefinition method) => method.Name is "ToString" or "Equals" or "GetHashCode";
}
