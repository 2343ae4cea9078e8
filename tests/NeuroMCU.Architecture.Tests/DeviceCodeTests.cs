// NeuroMCU, MIT licence. See LICENSE in the repository root.

using Mono.Cecil;

namespace NeuroMCU.Architecture.Tests;

public sealed class DeviceCodeTests
{
    public static TheoryData<string> Assemblies => [.. DeviceProjects.AssemblyNames];

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void Device_code_uses_only_what_the_device_has(string assemblyName)
    {
        using var module = ModuleDefinition.ReadModule(DeviceProjects.PathOf(assemblyName));

        var violations = DeviceRules.Check(DeviceRules.TypesOf(module), DeviceProjects.AssemblyNames.Contains).ToList();

        Assert.True(violations.Count == 0, string.Join(Environment.NewLine, violations));
    }

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void Device_code_holds_no_floating_point_arithmetic_in_the_engine(string assemblyName)
    {
        using var module = ModuleDefinition.ReadModule(DeviceProjects.PathOf(assemblyName));

        var offenders =
            from type in DeviceRules.TypesOf(module)
            where type.Namespace.StartsWith("NeuroMCU.Core", StringComparison.Ordinal)
            || type.Namespace.StartsWith("NeuroMCU.Models", StringComparison.Ordinal)
            || type.Namespace.StartsWith("NeuroMCU.Hearing", StringComparison.Ordinal)
            from method in type.Methods
            where method.HasBody
            from instruction in method.Body.Instructions
            where instruction.OpCode.Name.Contains("r4", StringComparison.Ordinal)
            || instruction.OpCode.Name.Contains("r8", StringComparison.Ordinal)
            select $"{method.FullName}: {instruction.OpCode.Name}";

        Assert.Empty(offenders);
    }

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void Assembly_fits_the_limits_of_a_portable_executable_on_the_device(string assemblyName)
    {
        const int MaxBytes = 65536;
        using var module = ModuleDefinition.ReadModule(DeviceProjects.PathOf(assemblyName));

        var code = module.GetTypes().SelectMany(type => type.Methods).Where(method => method.HasBody).Sum(method => method.Body.CodeSize);

        Assert.True(code < MaxBytes, $"{assemblyName} holds {code} bytes of IL, the device takes {MaxBytes}");
    }

    // All that runs texts, with the check of their programs; it shares an assembly with the hand-written models.
    [Fact]
    public void The_vector_machine_is_small()
    {
        const int MaxBytes = 12 * 1024;
        using var module = ModuleDefinition.ReadModule(DeviceProjects.PathOf("NeuroMCU.Models"));

        var code = DeviceRules.TypesOf(module).Where(type => type.Namespace == "NeuroMCU.Models.Machine")
            .SelectMany(type => type.Methods).Where(method => method.HasBody).Sum(method => method.Body.CodeSize);

        Assert.InRange(code, 4096, MaxBytes);
    }
}
