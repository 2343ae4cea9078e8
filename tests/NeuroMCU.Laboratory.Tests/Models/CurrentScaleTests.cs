// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using System.Text;
using NeuroMCU.Compiler;
using NeuroMCU.Files.Diagnostics;
using NeuroMCU.Files.Units;
using NeuroMCU.Laboratory.Comparison;
using NeuroMCU.Networks;
using NeuroMCU.Networks.Models;
using NeuroMCU.Networks.Reading;
using NeuroMCU.Recordings;
using NeuroMCU.Reference;
using NeuroMCU.Tests.Shared;

namespace NeuroMCU.Laboratory.Tests.Models;

/// <summary>Neurons from picoamperes to hundreds of microamperes run right, or are refused with what to change.</summary>
public sealed class CurrentScaleTests
{
    private const int Duration = 300_000;
    private const int Sets = 60;

    public static TheoryData<string, string> Circuits
    {
        get
        {
            TheoryData<string, string> all = [];
            foreach (CircuitModel model in CircuitModels.All)
            {
                foreach (string preset in model.Presets)
                {
                    all.Add(model.Name, preset);
                }
            }

            return all;
        }
    }

    // I, C and 1/R times k leave every equation of voltages and times as it was.
    [Theory]
    [MemberData(nameof(Circuits))]
    public void A_circuit_of_smaller_currents_and_capacitances_fires_at_the_same_times(string model, string preset)
    {
        SpikeRecord full = Run(model, preset, 1, out _).Spikes;
        Assert.True(full.Times.Length >= 6, $"{full.Times.Length} spikes prove nothing");
        foreach (double k in new[] { 0.3, 1e-2, 1e-4, 1e-6 })
        {
            RunRecording small = Run(model, preset, k, out CompiledNetwork network);
            Assert.Equal(full.Neurons, small.Spikes.Neurons);
            Assert.All(full.Times.Zip(small.Spikes.Times), t => Assert.InRange(t.Second - t.First, -20, 20));
            Assert.Equal(0, small.Saturations.Sum(s => s.Value));

            // What a trace shows of the current is what the file says, in its unit.
            double microamperes = CircuitModels.Find(model)!.TypicalCurrent(preset) * k;
            Assert.InRange(small.Traces[0].Values[0] / microamperes, 1 - 1e-5, 1 + 1e-5);
            StateUnit unit = Assert.Single(network.Report.Units);
            Assert.InRange(microamperes, 1000 * unit.Resolution, unit.Reach);
            Assert.DoesNotContain(network.Report.Warnings, w => w.Message.Contains("units of the device", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Random_neurons_over_eight_decades_of_current_agree_with_the_twin_or_are_refused_with_advice()
    {
        List<string> refused = [];
        int spikes = 0;
        for (int seed = 1; seed <= Sets; seed++)
        {
            string text = RandomNeurons(new Random(seed));
            CompiledNetwork network;
            try
            {
                network = NetworkCompiler.Compile(NetworkTexts.Parse(text));
            }
            catch (NetworkFileException e)
            {
                refused.Add(e.Message);
                Assert.All(e.Diagnostics, d => Assert.False(string.IsNullOrEmpty(d.Hint), d.Message));
                continue;
            }

            RunRecording twin = new ReferenceSimulator(network.WithRoundedWeights(), network.Schemes).Run(Duration);
            RunRecording engine = EngineRun.Run(network, Duration);
            RunComparison result = RunComparison.Of(network, twin, engine);
            spikes += result.SpikesReference;
            Assert.True(
                result.Matched100Us >= 0.99 && Math.Abs(result.CountError) <= 0.01 && engine.Saturations.All(s => s.Value == 0),
                string.Create(CultureInfo.InvariantCulture,
                    $"seed {seed}: twin {result.SpikesReference}, engine {result.SpikesDevice}, {result.Matched100Us:P1} within 100 us\n{text}"));
        }

        Assert.True(refused.Count <= Sets / 10 && spikes > 20 * Sets,
            $"{spikes} spikes; {refused.Count} of {Sets} refused: {string.Join(Environment.NewLine, refused)}");
    }

    // Twenty picoamperes of a synapse beside tens of microamperes of a leak: no unit counts both.
    [Fact]
    public void Currents_too_far_apart_are_refused_and_the_advice_mends_it()
    {
        const string Text = """
            neuromcu: 1
            step: 10 us
            duration: 1 s
            populations:
              s: {model: input, size: 1}
              c: {model: thyristor, size: 1, preset: w25, receptors: {slow: {kind: ampa, tau: 5 s}}}
            inputs:
              - {to: s, poisson: {rate: 50 Hz} }
            projections:
              - {from: s, to: c, connect: all-to-all, receptor: slow, weight: 0.01 nC, delay: 1 ms}
            """;
        Diagnostic refused = Assert.Single(Assert.Throws<NetworkFileException>(
            () => NetworkCompiler.Compile(NetworkTexts.Parse(Text))).Diagnostics);
        Assert.Contains("the current of receptor `slow` of `c` moves by", refused.Message, StringComparison.Ordinal);
        string advised = refused.Hint["write a `step` of ".Length..].Split(" or more")[0];
        NetworkCompiler.Compile(NetworkTexts.Parse(Text.Replace("step: 10 us", "step: " + advised, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("onset: 5 pA, hold: 20 pA, load: 1 MOhm", "bias: 30 uA", "`bias` of 30 uA")]
    [InlineData("onset: 5 pA, hold: 300 uA, load: 1 Ohm", "bias: 10 pA", "`hold` of 300 uA")]
    public void What_the_unit_of_a_weak_leak_cannot_hold_is_named_with_the_unit(string part, string input, string blamed)
    {
        string text = $$"""
            neuromcu: 1
            populations:
              c: {model: thyristor, size: 1, {{part}}, {{input}}, capacitance: 1 nF}
            """;
        Diagnostic found = Assert.Throws<NetworkFileException>(() => NetworkCompiler.Compile(NetworkTexts.Parse(text))).Diagnostics[0];
        Assert.True(found.Message.Contains(blamed, StringComparison.Ordinal)
            || found.Hint.Contains("lower the largest current", StringComparison.Ordinal), found.Message + " / " + found.Hint);
        Assert.Contains("in steps of", found.Message, StringComparison.Ordinal);
    }

    private static RunRecording Run(string model, string preset, double k, out CompiledNetwork network)
    {
        CircuitModel declaration = CircuitModels.Find(model)!;
        IReadOnlyDictionary<string, double> values = declaration.ValuesOf(preset);
        StringBuilder fields = new();
        foreach (CircuitParameter parameter in declaration.Parameters.Where(p => p.Name != "bias"))
        {
            double value = values[parameter.Name] * parameter.Dimension switch
            {
                Dimension.Current or Dimension.Capacitance => k,
                Dimension.Resistance => 1 / k,
                _ => 1,
            };
            fields.Append(", ").Append(parameter.Name).Append(": ").Append(Text(value)).Append(' ').Append(BaseOf(parameter.Dimension));
        }

        double bias = declaration.TypicalCurrent(preset) * k;
        double charge = values["capacitance"] * k;
        network = NetworkCompiler.Compile(NetworkTexts.Parse($$"""
            neuromcu: 1
            step: 100 us
            duration: 300 ms
            populations:
              drive: {model: input, size: 1}
              cells: {model: {{model}}, size: 2, bias: [{{Text(bias)}} uA, {{Text(bias * 1.05)}} uA]{{fields}},
                receptors: {a: {kind: ampa, tau: 8 ms} } }
            projections:
              - {from: drive, to: cells, connect: all-to-all, weight: {{Text(charge * 5)}} nC, delay: 1 ms}
              - {from: drive, to: cells, connect: all-to-all, receptor: a, weight: {{Text(charge * 20)}} nC, delay: 2 ms}
            inputs:
              - {to: drive, poisson: {rate: 40 Hz, seed: 5} }
            record:
              traces:
                - {population: cells, neurons: 0, every: 10 ms, quantity: current}
            """));
        return EngineRun.Run(network, Duration);
    }

    // Onset from 1 pA to 100 uA, the rest of the part around it: a neuron that fires 10 to 300 times a second whatever its currents.
    private static string RandomNeurons(Random random)
    {
        double onset = Math.Pow(10, -6 + (8 * random.NextDouble()));
        double hold = onset * (1.6 + (3 * random.NextDouble()));
        double threshold = 0.8 + (3 * random.NextDouble());
        double knee = threshold * 0.7 * random.NextDouble();
        double on = threshold * 0.3 * random.NextDouble();
        double bias = onset * Math.Pow(hold / onset, 0.2 + (0.6 * random.NextDouble()));

        // In kOhm, uF and uA: the voltage at the hold current is a part of the threshold.
        double load = (threshold - on) * (0.1 + (0.6 * random.NextDouble())) / hold * 1e3;
        double capacitance = bias * (0.003 + (0.05 * random.NextDouble())) / threshold;
        double charge = capacitance * threshold * 1e3 * 0.1 * random.NextDouble();
        if (random.Next(6) == 0)
        {
            // A synapse that is far too weak for these neurons.
            charge *= Math.Pow(10, -7 * random.NextDouble());
        }

        return $$"""
            neuromcu: 1
            step: 100 us
            duration: 300 ms
            populations:
              drive: {model: input, size: 1}
              cells: {model: thyristor, size: 3, bias: {{Text(bias)}} uA, onset: {{Text(onset)}} uA, hold: {{Text(hold)}} uA,
                threshold: {{Text(threshold)}} V, knee: {{Text(knee)}} V, on_voltage: {{Text(on)}} V, load: {{Text(load)}} kOhm,
                on_resistance: 0 Ohm, capacitance: {{Text(capacitance)}} uF, release: {{random.Next(2000)}} us,
                memory: 0 mV, receptors: {a: {kind: ampa, tau: {{1 + random.Next(50)}} ms} } }
            projections:
              - {from: drive, to: cells, connect: all-to-all, receptor: a, weight: {{Text(charge)}} nC, delay: 1 ms}
            inputs:
              - {to: drive, poisson: {rate: 60 Hz, seed: {{random.Next(1000)}} } }
            """;
    }

    private static string BaseOf(Dimension dimension) => dimension switch
    {
        Dimension.Current => "uA",
        Dimension.Capacitance => "uF",
        Dimension.Resistance => "kOhm",
        Dimension.Voltage => "mV",
        _ => "us",
    };

    private static string Text(double value) => value.ToString("0.####################", CultureInfo.InvariantCulture);
}
