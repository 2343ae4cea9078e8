// NeuroMCU, MIT licence. See LICENSE in the repository root.

using Mono.Cecil;

namespace NeuroMCU.Architecture.Tests;

/// <summary>The check itself is checked: each fixture breaks one rule.</summary>
public sealed class DeviceRulesTests
{
    [Theory]
    [InlineData(nameof(Fixtures.CallsLinq), "System.Linq.Enumerable")]
    [InlineData(nameof(Fixtures.UsesGenericList), "generic type")]
    [InlineData(nameof(Fixtures.DeclaresGenericMethod), "generic method")]
    [InlineData(nameof(Fixtures.UsesTwoDimensions), "multi-dimensional array")]
    [InlineData(nameof(Fixtures.AllocatesOnStack), "localloc")]
    [InlineData(nameof(Fixtures.ChecksOverflow), "overflow check")]
    [InlineData(nameof(Fixtures.CallsFunctionPointer), "function pointer")]
    [InlineData(nameof(Fixtures.UsesDecimal), "decimal")]
    [InlineData(nameof(Fixtures.ReadsStopwatch), "System.Diagnostics.Stopwatch")]
    [InlineData(nameof(Fixtures.JoinsStrings), "System.String.Join")]
    [InlineData(nameof(Fixtures.HasVolatileField), "volatile")]
    public void Violation_is_found_and_named(string fixture, string expected)
    {
        Assert.Contains(Violations(fixture), violation => violation.Contains(expected, StringComparison.Ordinal));
    }

    [Fact]
    public void Plain_device_code_passes()
    {
        Assert.Empty(Violations(nameof(Fixtures.IsPlain)));
    }

    private static List<string> Violations(string fixture)
    {
        using var module = ModuleDefinition.ReadModule(typeof(Fixtures).Assembly.Location);
        var type = module.GetTypes().Single(candidate => candidate.Name == fixture);
        var own = typeof(Fixtures).Assembly.GetName().Name;
        return DeviceRules.Check([type], scope => scope == own).ToList();
    }
}
