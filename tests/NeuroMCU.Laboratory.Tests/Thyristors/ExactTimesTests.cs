// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Compiler;
using NeuroMCU.Laboratory.Comparison;
using NeuroMCU.Networks;
using NeuroMCU.Parts;
using NeuroMCU.Recordings;
using NeuroMCU.Reference;
using NeuroMCU.Tests.Shared;
using NeuroMCU.VirtualBench.Circuits;

namespace NeuroMCU.Laboratory.Tests.Thyristors;

/// <summary>Engine, reference and the virtual board's circuit against the equations themselves: no rate is off by its rounding, at any
/// step.</summary>
public sealed class ExactTimesTests
{
    [Theory]
    [InlineData(72.2, 47, 10)]
    [InlineData(72.2, 47, 1000)]
    [InlineData(46.7, 2400, 50)]
    [InlineData(60, 3000, 100)]
    [InlineData(90, 3000, 200)]
    [InlineData(90, 3000, 1000)]
    [InlineData(38.7, 3000, 500)]
    public void A_bursting_neuron_fires_when_its_equations_say(double microamperes, double soma, int step)
    {
        const double Duration = 0.5;
        Network network = NetworkTexts.Parse(string.Create(CultureInfo.InvariantCulture, $$"""
            neuromcu: 1
            step: {{step}} us
            populations:
              cells: {model: bursting, size: 1, bias: {{microamperes}} uA, soma_resistance: {{soma}} Ohm, initial: 0.8 V}
            """));
        List<double> exact = new BurstingEquations(microamperes * 1e-6, soma, 0.8).Spikes(Duration);
        Assert.True(exact.Count >= 14);
        CompiledNetwork compiled = NetworkCompiler.Compile(network);
        Agree("engine", exact, Seconds(EngineRun.Run(compiled, (long)(Duration * 1e6))));
        Agree("reference", exact, Seconds(new ReferenceSimulator(network, compiled.Schemes).Run((long)(Duration * 1e6))));

        // The board's circuit starts empty.
        BurstingCell cell = network.Populations[0].PartOf(0)!.Bursting!;
        Agree("board", new BurstingEquations(microamperes * 1e-6, soma, 0).Spikes(Duration),
            [.. CircuitRates.Spikes(new BurstingCircuit(cell), microamperes * 1e-6, 0, Duration)]);
    }

    // Rates from 10 to 1500 Hz, from close to the onset to close to the block.
    [Theory]
    [InlineData("preset: w23", 37.2, 10)]
    [InlineData("preset: w23", 60, 20)]
    [InlineData("preset: w23", 127, 40)]
    [InlineData("preset: w25", 47, 45)]
    [InlineData("preset: w25", 75, 150)]
    [InlineData("preset: w25", 107.5, 180)]
    [InlineData("preset: w25-33n", 50.5, 170)]
    [InlineData("preset: w25-33n", 92.8, 450)]
    [InlineData("preset: w25-33n", 124, 480)]
    [InlineData("preset: bench", 60, 100)]
    [InlineData("preset: w25, capacitance: 15 nF, release: 0.14 ms", 90, 1400)]
    [InlineData("preset: w25, capacitance: 1 uF, onset: 5 uA, release: 0.4 ms", 30, 10)]
    [InlineData("preset: w25, capacitance: 0.47 uF, onset: 1.2 uA, release: 0.4 ms", 100, 60)]
    public void A_thyristor_neuron_keeps_to_its_closed_form(string fields, double microamperes, double least)
    {
        Network network = NetworkTexts.Parse(string.Create(CultureInfo.InvariantCulture, $$"""
            neuromcu: 1
            populations:
              cells: {model: thyristor, size: 1, {{fields}}, bias: {{microamperes}} uA}
            """));
        ThyristorCell cell = network.Populations[0].PartOf(0)!.Cell!;
        double period = ThyristorRate.Cycle(cell, microamperes * 1e-6)!.Value.Period;
        Assert.InRange(1 / period, least, 1600);
        double seconds = 2 + (60 * period);
        CompiledNetwork compiled = NetworkCompiler.Compile(network);

        // The bar is 0.005 %, and a whole microsecond at either end.
        double tolerance = (5e-5 * period) + (1e-6 / ((seconds / period) - 4));
        Assert.Equal(period, Period(Seconds(EngineRun.Run(compiled, (long)(seconds * 1e6)))), tolerance);
        Assert.Equal(period, Period(Seconds(new ReferenceSimulator(network, compiled.Schemes).Run((long)(seconds * 1e6)))), tolerance);
        Assert.Equal(period, Period([.. CircuitRates.Spikes(new ThyristorCircuit(cell), microamperes * 1e-6, 0, seconds)]), tolerance);
    }

    [Fact]
    public void Nothing_adds_up_over_two_hours()
    {
        Network network = NetworkTexts.Parse("""
            neuromcu: 1
            populations:
              cells: {model: thyristor, size: 1, preset: w23, bias: 60 uA}
            """);
        double[] spikes = Seconds(EngineRun.Run(NetworkCompiler.Compile(network), 7200_000_000));
        double period = ThyristorRate.Cycle(ThyristorPresets.Get("w23"), 60e-6)!.Value.Period;
        Assert.Equal(spikes[1] + ((spikes.Length - 2) * period), spikes[^1], 7200 * 1e-6);
    }

    private static void Agree(string what, List<double> exact, double[] spikes)
    {
        Assert.True(exact.Count == spikes.Length, $"{what}: {spikes.Length} spikes, the equations make {exact.Count}");
        double worst = exact.Zip(spikes, (a, b) => Math.Abs(a - b)).Max();
        Assert.True(worst < 10e-6, string.Create(CultureInfo.InvariantCulture, $"{what}: a spike is {worst * 1e6:F1} us off"));
    }

    private static double[] Seconds(RunRecording run) => Array.ConvertAll(run.Spikes.Times, t => t * 1e-6);

    private static double Period(double[] spikes) => (spikes[^1] - spikes[1]) / (spikes.Length - 2);
}
