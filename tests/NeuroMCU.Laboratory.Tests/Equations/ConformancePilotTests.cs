// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Compiler;
using NeuroMCU.Files.Diagnostics;
using NeuroMCU.Laboratory.Comparison;
using NeuroMCU.Laboratory.Models;
using NeuroMCU.Reference;
using NeuroMCU.Tests.Shared;

namespace NeuroMCU.Laboratory.Tests.Equations;

/// <summary>What is said of a network whose own values keep the device from double precision.</summary>
public sealed class ConformancePilotTests
{
    [Fact]
    public void Values_that_the_device_keeps_to_bring_no_word()
        => Assert.Empty(ConformancePilot.Of(Compiled.Of("model: adex, preset: tonic, size: 2, C: [200 pF, 190 pF]", 1000)));

    // Units of 0.02 mV are about one step of the recovery.
    [Fact]
    public void A_range_that_is_too_wide_is_named_with_its_population()
    {
        string text = File.ReadAllText(Path.Combine(NetworkTexts.Examples(), "..", "models", "neurons", "izhikevich.yaml"));
        string path = Compiled.File(text.Replace("range: [-120 mV, 120 mV]", "range: [-10 kV, 10 kV]", StringComparison.Ordinal));
        Diagnostic said = ConformancePilot.Of(Compiled.Of($"model: '{path}', preset: regular-spiking, size: 3", 2000))
            .First(d => d.Message.Contains("coarse", StringComparison.Ordinal));
        Assert.Contains("(population cells)", said.Message, StringComparison.Ordinal);
        Assert.Contains("narrow the `range` of `u`", said.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void Chaos_is_called_so_and_rounding_alone_parts_the_reference_from_itself()
    {
        CompiledNetwork compiled = Compiled.Of("model: adex, preset: irregular, size: 1", 1500);
        Diagnostic said = Assert.Single(ConformancePilot.Of(compiled));
        Assert.Contains("`cells` tears neighbours apart", said.Message, StringComparison.Ordinal);
        double? rounded = RoundedReference.Matched1Ms(compiled.Network, compiled,
            new ReferenceSimulator(compiled.Network).Run(compiled.Network.Duration));
        Assert.InRange(rounded!.Value, 0, 0.95);
    }

    [Fact]
    public void Rounding_leaves_even_firing_as_it_is()
    {
        CompiledNetwork compiled = Compiled.Of("model: adex, preset: tonic, size: 1", 300);
        Assert.Equal(1, RoundedReference.Matched1Ms(compiled.Network, compiled,
            new ReferenceSimulator(compiled.Network).Run(compiled.Network.Duration)));
    }
}
