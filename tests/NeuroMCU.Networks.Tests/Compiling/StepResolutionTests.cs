// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using System.Text.RegularExpressions;
using NeuroMCU.Compiler;
using NeuroMCU.Files.Diagnostics;
using NeuroMCU.Tests.Shared;

namespace NeuroMCU.Networks.Tests.Compiling;

/// <summary>A state that moves by less than the device can count is refused or named, with a step that mends it.</summary>
public sealed partial class StepResolutionTests
{
    // The current of a synapse decays over nine seconds; its unit follows from the largest weight, in thresholds.
    private const string Slow = """
        neuromcu: 1
        step: STEP us
        duration: 1 s
        populations:
          s: {model: input, size: 1}
          c: {model: lif, size: 2, tau: 10 s, threshold: THRESHOLD, synapse: exponential, tau_excitatory: 9 s, tau_inhibitory: 5 ms}
        inputs:
          - {to: s, poisson: {rate: 50 Hz} }
        projections:
          - {from: s, to: c, connect: all-to-all, weight: WEIGHT, delay: 1 ms}
        """;

    [Theory]
    [InlineData("0.001", "1")]
    [InlineData("1.0", "1000")]
    [InlineData("0.5", "20")]
    public void What_would_stand_still_is_refused_and_the_advised_step_mends_it(string threshold, string weight)
    {
        Diagnostic refused = Assert.Single(Assert.Throws<NetworkFileException>(() => Compile(10, threshold, weight)).Diagnostics);

        Assert.Equal((6, "populations.c"), (refused.Line, refused.Path));
        Assert.Contains("the excitatory current of `c` moves by", refused.Message, StringComparison.Ordinal);
        Assert.Contains("it would stand still or go in jumps", refused.Message, StringComparison.Ordinal);
        Match step = Advised().Match(refused.Hint);
        double advised = double.Parse(step.Groups[1].Value, CultureInfo.InvariantCulture) * (step.Groups[2].Value == "ms" ? 1000 : 1);

        // At the step that it names nothing is found any more, and at half of it there still is something.
        Assert.DoesNotContain(Compile((int)advised, threshold, weight).Report.Warnings, IsOfResolution);
        Assert.Contains(Compile((int)advised / 2, threshold, weight).Report.Warnings, IsOfResolution);
    }

    [Fact]
    public void What_moves_by_few_units_is_named_and_runs()
    {
        Diagnostic found = Assert.Single(Compile(10, "1.0", "1").Report.Warnings, IsOfResolution);

        Assert.Contains("its course is rough", found.Message, StringComparison.Ordinal);
        Assert.Equal("write a `step` of 20 us or more", found.Hint);
        Assert.DoesNotContain(Compile(20, "1.0", "1").Report.Warnings, IsOfResolution);
    }

    [Theory]
    [InlineData("10 nC", 10, "", "runs")]
    [InlineData("0.1 nC", 500, "", "runs")]
    [InlineData("0.1 nC", 10, "", "refused")]
    [InlineData("10 nC", 10, ", channels: [0]", "named")]
    [InlineData("0.1 nC", 10, ", channels: [0]", "refused")]
    public void A_receptor_whose_current_hardly_decays_in_a_step_gets_a_finer_unit_where_there_is_one(
        string charge, int step, string channels, string outcome)
    {
        string text = $$"""
            neuromcu: 1
            board: thyristor-starter
            step: {{step}} us
            duration: 1 s
            populations:
              s: {model: input, size: 1}
              c: {model: thyristor, size: 1, preset: w25, receptors: RECEPTORS{{channels}} }
            inputs:
              - {to: s, poisson: {rate: 50 Hz} }
            projections:
              - {from: s, to: c, connect: all-to-all, receptor: slow, weight: {{charge}}, delay: 1 ms}
            """.Replace("RECEPTORS", "{slow: {kind: ampa, tau: 5 s}}", StringComparison.Ordinal);

        // The hold current of 108 uA lets the unit of computed neurons be a quarter of that of channels, and no finer.
        IReadOnlyList<Diagnostic> found = outcome == "refused"
            ? Assert.Throws<NetworkFileException>(() => NetworkCompiler.Compile(NetworkTexts.Parse(text))).Diagnostics
            : [.. NetworkCompiler.Compile(NetworkTexts.Parse(text)).Report.Warnings.Where(IsOfResolution)];

        Assert.Equal(outcome == "runs" ? 0 : 1, found.Count);
        Assert.All(found, f => Assert.Contains("the current of receptor `slow` of `c` moves by", f.Message, StringComparison.Ordinal));
    }

    private static CompiledNetwork Compile(int step, string threshold, string weight) => NetworkCompiler.Compile(NetworkTexts.Parse(
        Slow.Replace("STEP", step.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("THRESHOLD", threshold, StringComparison.Ordinal)
            .Replace("WEIGHT", weight, StringComparison.Ordinal)));

    private static bool IsOfResolution(Diagnostic found) => found.Message.Contains("units of the device in a step",
        StringComparison.Ordinal);

    [GeneratedRegex("write a `step` of ([0-9.]+) (ms|us) or more")]
    private static partial Regex Advised();
}
