// NeuroMCU, MIT licence. See LICENSE in the repository root.

using Mono.Cecil;
using Mono.Cecil.Rocks;

namespace NeuroMCU.Architecture.Tests;

public sealed class UnsignedFlowTests
{
    [Fact]
    public void Device_code_reads_no_sign_from_an_unsigned_slot()
    {
        var modules = DeviceProjects.AssemblyNames.Select(name => ModuleDefinition.ReadModule(DeviceProjects.PathOf(name))).ToList();

        var violations = UnsignedFlow.Check(modules.SelectMany(module => module.GetAllTypes()).SelectMany(type => type.Methods));

        Assert.True(violations.Count == 0, string.Join(Environment.NewLine, violations));
        modules.ForEach(module => module.Dispose());
    }

    [Theory]
    [InlineData(nameof(UnsignedFixtures.ShiftsLocal), "Run(System.UInt32): shr")]
    [InlineData(nameof(UnsignedFixtures.ShiftsSum), "Run(System.Int32): shr")]
    [InlineData(nameof(UnsignedFixtures.ShiftsElement), "Run(System.UInt64[]): shr")]
    [InlineData(nameof(UnsignedFixtures.ShiftsDifferenceOfWidened), "Run(System.UInt32): shr")]
    [InlineData(nameof(UnsignedFixtures.ShiftsOneOfTwo), "Run(System.Int32,System.UInt32,System.Boolean): shr")]
    [InlineData(nameof(UnsignedFixtures.ShiftsEnum), "shr")]
    [InlineData(nameof(UnsignedFixtures.KeepsABitAbove), "Run(System.UInt32): shr")]
    [InlineData(nameof(UnsignedFixtures.TakesRemainder), "Run(System.UInt32,System.Int32): rem")]
    [InlineData(nameof(UnsignedFixtures.Widens), "Run(System.UInt32): conv.i8")]
    [InlineData(nameof(UnsignedFixtures.ConvertsToFloat), "Run(System.UInt32): conv.r4")]
    [InlineData(nameof(UnsignedFixtures.ConvertsToDouble), "Run(System.UInt32&): conv.r8")]
    [InlineData(nameof(UnsignedFixtures.PassesAsSigned), "Halve(System.Int32,System.Int32): shr")]
    [InlineData(nameof(UnsignedFixtures.ShiftsResult), "Run(System.UInt64): shr")]
    [InlineData(nameof(UnsignedFixtures.PassesThroughInterface), "Half::Scale(System.Int32): shr")]
    public void Sign_from_an_unsigned_slot_is_found_and_named(string fixture, string expected)
    {
        Assert.Contains(expected, Assert.Single(Violations(fixture)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(nameof(UnsignedFixtures.StoresFirst))]
    [InlineData(nameof(UnsignedFixtures.NarrowsFirst))]
    [InlineData(nameof(UnsignedFixtures.StaysUnsigned))]
    [InlineData(nameof(UnsignedFixtures.SubtractsFromSigned))]
    [InlineData(nameof(UnsignedFixtures.KeepsTheBitsBelow))]
    [InlineData(nameof(UnsignedFixtures.CatchesAndLeaves))]
    public void What_both_answer_alike_passes(string fixture)
    {
        Assert.Empty(Violations(fixture));
    }

    private static IReadOnlyList<string> Violations(string fixture)
    {
        using var module = ModuleDefinition.ReadModule(typeof(UnsignedFixtures).Assembly.Location);
        var fixtures = module.GetAllTypes().Where(type => type.Name == fixture || type.DeclaringType?.Name == fixture
            || type.Name == nameof(UnsignedFixtures.IScale));
        return UnsignedFlow.Check(fixtures.SelectMany(type => type.Methods).ToList());
    }
}
