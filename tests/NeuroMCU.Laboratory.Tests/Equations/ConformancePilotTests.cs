// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Compiler;
using NeuroMCU.Files.Diagnostics;
using NeuroMCU.Laboratory.Comparison;
using NeuroMCU.Laboratory.Models;
using NeuroMCU.Networks.Reading;
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

    // Alone and without input it would rest.
    [Theory]
    [InlineData("[-120 mV, 120 mV]", false)]
    [InlineData("[-10 kV, 10 kV]", true)]
    public void A_neuron_that_only_synapses_drive_is_followed_with_what_they_bring(string range, bool coarse)
    {
        string text = File.ReadAllText(Path.Combine(NetworkTexts.Examples(), "..", "models", "neurons", "izhikevich.yaml"));
        string path = Compiled.File(text.Replace("range: [-120 mV, 120 mV]", "range: " + range, StringComparison.Ordinal));
        CompiledNetwork compiled = NetworkCompiler.Compile(NetworkFile.Parse($$"""
            neuromcu: 1
            step: 100 us
            duration: 800 ms
            record: {spikes: [cells]}
            populations:
              drive: {model: input, size: 30}
              cells: {model: '{{path}}', preset: regular-spiking, size: 3, I: 0 mV}
            projections:
              - {from: drive, to: cells, connect: all-to-all, weight: 5 mV, delay: 1.53 ms}
              - {from: cells, to: cells, connect: {list: [[0, 1], [2, 1]]}, weight: 20 mV, delay: 2 ms}
            inputs:
              - {to: drive, poisson: {rate: 30 Hz} }
              - {to: cells, dc: {amplitude: 2 mV, start: 100 ms} }
            """, "pilot.yaml"), new CompilerOptions { Unlimited = true });
        IReadOnlyList<Diagnostic> said = ConformancePilot.Of(compiled);
        Assert.Equal(coarse, said.Any(d => d.Message.Contains("slips in", StringComparison.Ordinal)
            && d.Message.Contains("(population cells)", StringComparison.Ordinal)));
        Assert.True(coarse || said.Count == 0, string.Join("; ", said));
    }

    // A channel has no spikes to slip; under a waveform its variable is what counts.
    [Theory]
    [InlineData("10 V", false)]
    [InlineData("1 GV", true)]
    public void A_channel_under_a_waveform_is_followed_by_its_variable(string end, bool coarse)
    {
        string path = Compiled.File($$"""
            neuromcu-model: 1
            name: slow
            parameters: {tau: {default: 500 ms} }
            inputs: {V: {unit: V, range: [-2 V, 2 V]} }
            state: {x: {start: 0 V, range: [-{{end}}, {{end}}] } }
            equations: dx/dt = (V - x)/tau
            """);
        CompiledNetwork compiled = NetworkCompiler.Compile(NetworkFile.Parse($$"""
            neuromcu: 1
            duration: 500 ms
            populations:
              channel: {model: '{{path}}', size: 1}
            inputs:
              - {to: channel, sine: {amplitude: 1 V, period: 200 ms} }
            """, "pilot.yaml"));
        Assert.Equal(coarse, Says(ConformancePilot.Of(compiled)));
        Assert.Equal(coarse, Says(ModelCheck.Run(path, string.Empty, 100, 500_000).Findings));
        static bool Says(IEnumerable<Diagnostic> said) => said.Any(d => d.Hint.Contains("narrow the `range` of `x`", StringComparison.Ordinal));
    }

    // Euler at 20 us loses every sixth spike of these bursts (Pinsky and Rinzel at 1.5 uA/cm^2: 56 in 1.5 s), rk4 none.
    [Theory]
    [InlineData("euler", true)]
    [InlineData("rk4", false)]
    public void A_step_that_loses_spikes_is_named(string method, bool loses)
    {
        string text = File.ReadAllText(Path.Combine(NetworkTexts.Examples(), "..", "models", "neurons", "pinsky-rinzel.yaml"));
        string path = Compiled.File(text.Replace("method: euler", "method: " + method, StringComparison.Ordinal));
        CompiledNetwork compiled = NetworkCompiler.Compile(NetworkFile.Parse(
            $"neuromcu: 1\nstep: 20 us\nduration: 1500 ms\npopulations:\n  cells: {{model: '{path}', size: 1, I_s: 1.5 uA/cm^2}}\n",
            "pilot.yaml"), new CompilerOptions { Unlimited = true });
        IReadOnlyList<Diagnostic> said = ConformancePilot.Of(compiled);
        Assert.Equal(loses, said.Count > 0);
        Assert.All(said, d => Assert.Matches("^a step of 20 us is too long: it gives 4[0-9] spikes, and 5[0-9] with .*population cells",
            d.Message));
        Assert.All(said, d => Assert.Contains("`method: rk4`", d.Hint, StringComparison.Ordinal));
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
