// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using System.Text;
using NeuroMCU.Compiler;
using NeuroMCU.Laboratory.Comparison;
using NeuroMCU.Networks.Reading;
using NeuroMCU.Recordings;
using NeuroMCU.Reference;
using NeuroMCU.Tests.Shared;

namespace NeuroMCU.Laboratory.Tests.Compare;

/// <summary>Circuits on the fixed-point engine against the double-precision reference: networks drawn at random, and the
/// examples.</summary>
public sealed class CircuitAgreementTests
{
    [Fact]
    public void Random_thyristor_networks_fire_the_same_spikes_on_both_engines()
    {
        int spikes = 0;
        for (int seed = 1; seed <= 30; seed++)
        {
            string text = ThyristorNetwork(new Random(seed));
            RunComparison result = Compare(NetworkCompiler.Compile(NetworkTexts.Parse(text)), 500000);
            spikes += result.SpikesReference;
            string story = string.Create(
                CultureInfo.InvariantCulture,
                $"seed {seed}: reference {result.SpikesReference}, engine {result.SpikesDevice}, {result.Matched100Us:P2} within 100 "
                + $"us, of\n{text}");
            Assert.True(result.Matched100Us >= 0.99 && Math.Abs(result.CountError) <= 0.01, story);
        }

        Assert.True(spikes > 5000, $"only {spikes} spikes");
    }

    [Theory]
    [InlineData("72.2 uA", "47 Ohm")]
    [InlineData("46.7 uA", "2.4 kOhm")]
    [InlineData("90 uA", "3 kOhm")]
    [InlineData("38.7 uA", "3 kOhm")]
    public void A_bursting_neuron_fires_alike_on_both_engines(string bias, string soma)
    {
        CompiledNetwork network = NetworkCompiler.Compile(NetworkTexts.Parse($$"""
            neuromcu: 1
            step: 10 us
            populations:
              cells: {model: bursting, size: 1, bias: {{bias}}, soma_resistance: {{soma}}}
            """));
        RunComparison result = Compare(network, 600000);
        Assert.True(result.SpikesReference >= 5);
        Assert.Equal(0, result.CountError);
        Assert.Equal(1, result.Matched100Us);
    }

    // Also longer than their files say.
    [Theory]
    [InlineData("thyristor-f-i.yaml", 5)]
    [InlineData("memory-bump.yaml", 12)]
    [InlineData("receptors.yaml", 5)]
    [InlineData("hybrid-bump.yaml", 12)]
    [InlineData("bursting-modes.yaml", 5)]
    [InlineData("motifs/adaptation.yaml", 6)]
    [InlineData("motifs/burster.yaml", 24)]
    [InlineData("motifs/cpg-antiphase.yaml", 12)]
    [InlineData("motifs/cpg-overlap.yaml", 24)]
    [InlineData("motifs/cpg-subordinate.yaml", 12)]
    [InlineData("motifs/graded-memory.yaml", 16)]
    [InlineData("motifs/hybrid-burster.yaml", 24)]
    [InlineData("motifs/hybrid-cpg-overlap.yaml", 12)]
    [InlineData("motifs/memory-perturbed.yaml", 18)]
    public void Examples_run_alike_on_both_engines(string example, int seconds)
    {
        CompiledNetwork network = NetworkCompiler.Compile(NetworkFile.Load(Path.Combine(NetworkTexts.Examples(), example)),
            new CompilerOptions { Twin = true });
        RunComparison result = Compare(network, seconds * 1_000_000L);
        string story = string.Create(
            CultureInfo.InvariantCulture,
            $"reference {result.SpikesReference}, engine {result.SpikesDevice}, {result.Matched100Us:P2} within 100 us, "
            + $"{result.Matched1Ms:P2} within 1 ms");
        Assert.True(result.SpikesReference > 50, story);
        Assert.True(result.Matched100Us >= 0.99 && result.Matched1Ms >= 0.999, story);
    }

    [Fact]
    public void Traces_are_in_volts_and_microamperes_on_both_engines()
    {
        CompiledNetwork network = NetworkCompiler.Compile(NetworkTexts.Parse("""
            neuromcu: 1
            populations:
              cells: {model: thyristor, size: 1, bias: 40 uA}
            inputs:
              - {to: cells, dc: {amplitude: 3.5 uA, start: 50 ms}}
            record:
              traces:
                - {population: cells, neurons: 0, every: 1 ms}
                - {population: cells, neurons: 0, every: 1 ms, quantity: current}
            """));
        RunRecording engine = EngineRun.Run(network, 100000);
        Assert.Equal(["cells[0]", "cells[0].current"], engine.Traces.Select(t => t.Name));
        Assert.Equal(["V", "uA"], engine.Traces.Select(t => t.Unit));
        Assert.Equal(43.5, engine.Traces[1].Values[60], 3);
        Assert.All(RunComparison.Of(network, new ReferenceSimulator(network.Network).Run(100000), engine).Traces,
            t => Assert.InRange(t.MembraneUnits, 0, 5e-4));
    }

    private static RunComparison Compare(CompiledNetwork network, long until)
    {
        RunRecording reference = new ReferenceSimulator(network.WithRoundedWeights(), network.Schemes).Run(until);
        return RunComparison.Of(network, reference, EngineRun.Run(network, until));
    }

    // Two populations in a ring of receptors, charge packets from a source, drive that comes and goes, presets and spread drawn by the
    // seed.
    private static string ThyristorNetwork(Random random)
    {
        string[] presets = ["w25", "w25-33n", "bench"];
        string[] kinds = ["ampa", "nmda", "gaba_a", "gaba_b"];
        StringBuilder text = new("neuromcu: 1\nstep: 1 ms\nduration: 500 ms\npopulations:\n  stim: {model: input, size: 2}\n");
        for (int p = 0; p < 2; p++)
        {
            string spread = random.Next(2) == 0 ? "spread: measured, " : string.Empty;
            text.Append(CultureInfo.InvariantCulture,
                $"  p{p}: {{model: thyristor, size: 3, preset: {presets[random.Next(3)]}, {spread}bias: "
                + $"{Number(35 + (40 * random.NextDouble()))} uA, ");
            text.Append(CultureInfo.InvariantCulture,
                $"receptors: {{a: {{kind: {kinds[random.Next(4)]}, tau: {Number(5 + (200 * random.NextDouble()))} ms}}}}}}\n");
        }

        text.Append("projections:\n");
        for (int p = 0; p < 2; p++)
        {
            text.Append(CultureInfo.InvariantCulture,
                $"  - {{from: p{p}, to: p{1 - p}, connect: all-to-all, receptor: a, weight: {Number(20 * random.NextDouble())} nC, "
                + $"delay: {random.Next(3000)} us}}\n");
            text.Append(CultureInfo.InvariantCulture,
                $"  - {{from: stim, to: p{p}, connect: all-to-all, weight: {Number(40 * (random.NextDouble() - 0.3))} nC, delay: "
                + $"{random.Next(3000)} us}}\n");
        }

        text.Append("inputs:\n  - to: stim\n    spikes: [");
        text.AppendJoin(", ", Enumerable.Range(0, 40)
            .Select(_ => string.Create(CultureInfo.InvariantCulture, $"[{random.Next(2)}, {random.Next(500)} ms]")));
        text.Append(CultureInfo.InvariantCulture,
            $"]\n  - {{to: p0, dc: {{amplitude: {Number(60 * (random.NextDouble() - 0.4))} uA, start: 100 ms, stop: 300 ms}}}}\n");
        return text.ToString();
    }

    private static string Number(double value)
    {
        return value.ToString("F5", CultureInfo.InvariantCulture);
    }
}
