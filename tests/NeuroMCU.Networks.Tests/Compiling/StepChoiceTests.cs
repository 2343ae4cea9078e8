// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Compiler;
using NeuroMCU.Tests.Shared;

namespace NeuroMCU.Networks.Tests.Compiling;

/// <summary>The step that the compiler takes for neurons of a board when the file leaves it open.</summary>
public sealed class StepChoiceTests
{
    private static readonly int[] s_steps = [100, 200, 500, 1000, 2000, 5000];

    /// <summary>The shortest step that the device has the time for, by what compiling with each step says; never beyond half a time
    /// constant.</summary>
    [Theory]
    [InlineData("thyristor-8-33n", "w25-33n", null, "50 uA, 54 uA, 70 uA, 93 uA", null)]
    [InlineData("thyristor-8-33n", "w25-33n", null, "50 uA, 54 uA, 70 uA, 93 uA", 50.0)]
    [InlineData("thyristor-8-33n", "w25-33n", null, "50 uA, 54 uA, 70 uA, 93 uA", 5.0)]
    [InlineData("thyristor-8-33n", "w25-33n", null, "50 uA, 54 uA, 70 uA, 93 uA", 1.0)]
    [InlineData("thyristor-8-33n", "w25-33n", "esp32-rev3", "50 uA, 93 uA", 20.0)]
    [InlineData("thyristor-8", "w25", "esp32-rev3", "50 uA, 54 uA, 60 uA, 64 uA, 70 uA, 75 uA, 82 uA, 90 uA", 10.0)]
    [InlineData("thyristor-8", "w25", "ideal", "50 uA, 54 uA", 10.0)]
    public void It_is_the_shortest_that_the_device_keeps(string board, string set, string? costs, string currents, double? tau)
    {
        int longest = tau is { } ms ? (int)(1000 * ms / 2) : int.MaxValue;
        CompileReport chosen = Compile("");
        Assert.True(chosen.StepChosen);
        int[] allowed = [.. s_steps.Where(step => step <= longest)];
        int[] kept = [.. allowed.Where(step => Compile($"step: {step} us").DeviceLoad <= 0.9)];
        Assert.Equal(kept.Length > 0 ? kept[0] : allowed[^1], chosen.Step);

        CompileReport Compile(string step)
        {
            string receptor = tau is { } t ? string.Create(CultureInfo.InvariantCulture, $", receptors: {{ampa: {{tau: {t} ms}}}}") : "";
            string text = $$"""
                neuromcu: 1
                board: {{board}}
                {{step}}
                populations:
                  a: {model: thyristor, size: {{currents.Split(',').Length}}, preset: {{set}}, channels: [{{Channels(currents)}}], bias: [{{currents}}]{{receptor}}}
                """;
            return NetworkCompiler.Compile(NetworkTexts.Parse(text), new CompilerOptions { CostProfile = costs }).Report;
        }
    }

    private static string Channels(string currents) => string.Join(", ", Enumerable.Range(1, currents.Split(',').Length)
        .Select(n => $"n{n}"));
}
