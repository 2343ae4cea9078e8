// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Compiler;
using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Image;
using NeuroMCU.Core.Numerics;
using NeuroMCU.Files.Diagnostics;
using NeuroMCU.Models;
using NeuroMCU.Networks;
using NeuroMCU.Networks.Reading;
using NeuroMCU.Tests.Shared;

namespace NeuroMCU.Networks.Tests.Compiling;

public sealed class CompilerTests
{
    private static Diagnostic Refused(string text, CompilerOptions? options = null)
    {
        return Assert.Single(Assert.Throws<NetworkFileException>(() => NetworkCompiler.Compile(NetworkTexts.Parse(text), options))
            .Diagnostics);
    }

    [Fact]
    public void The_threshold_becomes_one_membrane_unit()
    {
        PopulationTable cells = NetworkCompiler.Compile(NetworkTexts.Parse(NetworkTexts.Good)).Tables.Populations[1];
        Assert.Equal([Formats.MembraneOne], cells.Parameters[LeakyModel.Threshold]);
        Assert.Equal([(int)Math.Round(-5 / 15.0 * Formats.MembraneOne)], cells.Parameters[LeakyModel.ResetValue]);
        Assert.Equal([0], cells.Parameters[LeakyModel.Initial]);
        Assert.Equal([int.MinValue], cells.Parameters[LeakyModel.Floor]);
        Assert.Equal([2000], cells.Parameters[LeakyModel.Refractory]);
        Assert.Equal((long)Math.Round(Math.Pow(2, 40) / Math.Log(2) / 20000), Assert.Single(cells.Parameters[Lif.LeakRate]));
    }

    [Fact]
    public void The_image_reads_back_as_the_tables()
    {
        CompiledNetwork network = NetworkCompiler.Compile(NetworkTexts.Parse(NetworkTexts.Good));
        NetworkTables back = ImageReader.Read(network.Image, 0, network.Image.Length, ModelList.All);
        Assert.Equal(network.Tables.Step, back.Step);
        Assert.Equal(network.Tables.SpikeTimes, back.SpikeTimes);
        Assert.Equal(network.Tables.Projections[0].Synapses, back.Projections[0].Synapses);
        Assert.Equal(network.Tables.Projections[0].Weights, back.Projections[0].Weights);
        Assert.Equal(network.Tables.Symbols, back.Symbols);
    }

    [Fact]
    public void Rounding_errors_stay_below_what_the_formats_promise()
    {
        CompileReport report =
            NetworkCompiler.Compile(NetworkFile.Load(System.IO.Path.Combine(NetworkTexts.Examples(), "random-100-exponential.yaml")))
            .Report;
        Assert.Contains(report.Quantisation, q => string.Equals(q.Parameter, "threshold", StringComparison.Ordinal));
        Assert.All(report.Quantisation, q => Assert.InRange(Math.Abs(q.Relative), 0, 1e-5));
        Assert.Contains(report.Quantisation, q => q.Absolute != 0);
    }

    [Fact]
    public void Exponential_couplings_are_the_response_of_the_linear_equations()
    {
        // P·I must equal the solution of τ u' = −u + I·exp(−t/τx) after one step, here integrated by brute force in small steps.
        string text = NetworkTexts.With("refractory: 2 ms",
            "refractory: 2 ms\n    synapse: exponential\n    tau_excitatory: 5 ms\n    tau_inhibitory: 20 ms");
        PopulationTable cells = NetworkCompiler.Compile(NetworkTexts.Parse(text)).Tables.Populations[1];
        foreach ((long coupling, double tauSynapse) in new[] { (cells.Parameters[ExponentialLif.ExcitatoryCoupling][0], 5000.0),
            (cells.Parameters[ExponentialLif.InhibitoryCoupling][0], 20000.0) })
        {
            const int parts = 100000;
            double u = 0;
            const double dt = 100.0 / parts;
            for (int k = 0; k < parts; k++)
            {
                double middle = (k + 0.5) * dt;
                double half = u + ((Math.Exp(-(middle - (dt / 2)) / tauSynapse) - u) * dt / 2 / 20000);
                u += (Math.Exp(-middle / tauSynapse) - half) * dt / 20000;
            }

            Assert.Equal(u, coupling / Math.Pow(2, 31), 9);
        }
    }

    [Theory]
    [InlineData("weight: 16 mV", "weight: 2000 mV", "projections[0].weight", "out of range")]
    [InlineData("reset: -70 mV", "reset: -2 V", "populations.cells.reset", "times the threshold away from rest")]
    public void What_the_formats_cannot_hold_is_refused_at_its_place(string old, string replacement, string path, string message)
    {
        Diagnostic error = Refused(NetworkTexts.With(old, replacement));
        Assert.Equal(path, error.Path);
        Assert.True(error.Line > 1);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Too_many_neurons_are_refused_at_a_population()
    {
        string text = "neuromcu: 1\npopulations:\n" + string.Concat(Enumerable.Range(0, 9)
            .Select(i => $"  p{i}: {{model: input, size: 4096}}\n"));
        Diagnostic error = Refused(text);
        Assert.Contains("36864 neurons", error.Message, StringComparison.Ordinal);
        Assert.Equal(DiagnosticKind.TooBig, error.Kind);
        Assert.Equal("populations.p8", error.Path);
    }

    [Fact]
    public void A_network_that_outgrows_the_heap_is_refused_with_both_numbers()
    {
        CompiledNetwork fits = NetworkCompiler.Compile(NetworkTexts.Parse(NetworkTexts.Good));
        Diagnostic error = Refused(NetworkTexts.Good, new CompilerOptions { HeapLimit = fits.Report.HeapBytes - 1 });
        Assert.Contains($"{fits.Report.HeapBytes} bytes", error.Message, StringComparison.Ordinal);
        Assert.Equal(fits.Report.HeapBytes, NetworkCompiler.Compile(NetworkTexts.Parse(NetworkTexts.Good),
            new CompilerOptions { HeapLimit = fits.Report.HeapBytes }).Report.HeapBytes);
        Assert.Equal(fits.Report.HeapBytes, fits.Report.Memory.Sum(m => m.Bytes));
    }

    [Fact]
    public void A_network_of_128_neurons_and_4096_synapses_fits_a_device_of_48_kilobytes()
    {
        const string text = """
            neuromcu: 1
            populations:
              stimulus: {model: input, size: 16}
              cells: {model: lif, size: 112, tau: {uniform: [8 ms, 12 ms]}, threshold: {normal: [1.0, 0.02]}, refractory: 2 ms}
            projections:
              - {from: stimulus, to: cells, connect: {probability: 0.3, seed: 4}, weight: 0.4, delay: 1 ms}
              - {from: cells, to: cells, connect: {probability: 0.29, seed: 7}, weight: 0.02, delay: {uniform: [1 ms, 5 ms]}}
            inputs: [{to: stimulus, poisson: {rate: 20 Hz}}]
            """;
        CompileReport report = NetworkCompiler.Compile(NetworkTexts.Parse(text), new CompilerOptions { HeapLimit = 48 * 1024 }).Report;
        Assert.Equal(128, report.Neurons);
        Assert.InRange(report.Synapses, 4096, 4300);
        Assert.All(report.Memory, m => Assert.True(m.Bytes > 0, m.Name));
    }

    [Fact]
    public void A_front_end_without_its_bands_is_refused_name_by_name()
    {
        string text = NetworkTexts.Good + "\nhearing: {left: stim, right: other, sample_rate: 8 kHz, parameters: {bandwith: [1 Hz]}}\n";
        NetworkFileException error = Assert.Throws<NetworkFileException>(
            () => NetworkCompiler.Compile(NetworkTexts.Parse(text.Replace("  cells:", "  other: {model: input, size: 3}\n  cells:",
                StringComparison.Ordinal))));
        Assert.Contains(error.Diagnostics, d => d.Message.Contains("low_resonance", StringComparison.Ordinal));
        Assert.Contains(error.Diagnostics, d => d.Hint.Contains("did you mean `bandwidth`?", StringComparison.Ordinal));
        Assert.All(error.Diagnostics, d => Assert.True(d.Line > 1));
    }

    [Fact]
    public void A_network_that_keeps_the_device_too_busy_is_warned_of()
    {
        CompileReport quiet = NetworkCompiler.Compile(NetworkTexts.Parse(NetworkTexts.Good)).Report;
        Assert.InRange(quiet.DeviceLoad, 0.0001, 1);
        Assert.Empty(quiet.Warnings);
        CompileReport clocked =
            NetworkCompiler.Compile(NetworkTexts.Parse(NetworkTexts.With("model: lif", "model: lif\n    update: clocked"))).Report;
        Assert.True(clocked.DeviceLoad > 1, "10 000 steps a second are too many for an interpreter");
        Assert.Contains("run late", Assert.Single(clocked.Warnings).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_example_compiles_for_the_board_of_the_virtual_bench()
    {
        string[] examples = System.IO.Directory.GetFiles(NetworkTexts.Examples(), "*.yaml", System.IO.SearchOption.AllDirectories)
            .Where(path => System.IO.File.ReadAllText(path).Contains("\nneuromcu: 1\n", StringComparison.Ordinal)).ToArray();
        Assert.True(examples.Length >= 7);

        // One that names sites is larger than a board: the tests of sites compile its parts.
        Network[] networks = [.. examples.Select(path => NetworkFile.Load(path)).Where(network => network.Sites is null)];
        Assert.InRange(networks.Length, examples.Length - 2, examples.Length);
        Assert.All(networks, network => Assert.NotEmpty(NetworkCompiler.Compile(network).Image));
    }

    [Fact]
    public void The_board_is_bound_by_the_checksum_of_its_name()
    {
        Assert.Equal(0u, NetworkCompiler.Compile(NetworkTexts.Parse(NetworkTexts.Good)).Tables.BoardId);
        CompiledNetwork bound =
            NetworkCompiler.Compile(NetworkTexts.Parse(NetworkTexts.With("step: 0.1 ms", "step: 0.1 ms\nboard: ears-wrover")));
        Assert.Equal(NetworkCompiler.BoardId("ears-wrover"), bound.Tables.BoardId);
        Assert.Equal("ears-wrover", bound.Report.Board);
        Assert.True(bound.Report.HeapLimit > 1000000);

        // CRC-32 of "123456789" is the check value of the algorithm.
        Assert.Equal(0xCBF43926u, NetworkCompiler.BoardId("123456789"));
    }

    [Theory]
    [InlineData("board: ears-devkt", "did you mean `ears-devkit`?", DiagnosticKind.Name)]
    [InlineData("board: ears-devkit\noutputs: [{population: cells, neuron: 0, output: 9}]", "2 (flag)", DiagnosticKind.Other)]
    public void What_the_board_lacks_is_refused(string lines, string hint, DiagnosticKind kind)
    {
        Diagnostic error = Refused(NetworkTexts.With("step: 0.1 ms", "step: 0.1 ms\n" + lines));
        Assert.Contains(hint, error.Hint, StringComparison.Ordinal);
        Assert.Equal(kind, error.Kind);
        Assert.True(error.Line > 1);
    }

    [Fact]
    public void Microphones_are_read_at_rates_of_the_board()
    {
        string text = NetworkTexts.With("step: 0.1 ms",
            "step: 0.1 ms\nboard: ears-devkit\nhearing: {left: stim, right: ear, sample_rate: 96 kHz}")
            .Replace("  cells:", "  ear: {model: input, size: 3}\n  cells:", StringComparison.Ordinal);
        NetworkFileException error = Assert.Throws<NetworkFileException>(() => NetworkCompiler.Compile(NetworkTexts.Parse(text)));
        Assert.Contains(error.Diagnostics, d => d.Hint.Contains("48000 Hz", StringComparison.Ordinal));
    }

    [Fact]
    public void An_image_too_big_for_the_store_is_refused()
    {
        string spikes = string.Join(", ", Enumerable.Range(0, 12000).Select(i => $"[0, {i} ms]"));
        Diagnostic error = Refused(NetworkTexts.With("[[0, 5 ms], [2, 7.5 ms]]", "[" + spikes + "]"),
            new CompilerOptions { HeapLimit = int.MaxValue });
        Assert.Equal(DiagnosticKind.TooBig, error.Kind);
        Assert.Contains("store", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_weight_limit_widens_the_range_and_no_limit_doubles_it()
    {
        SynapseMap plain = SynapseMap.FromTables(NetworkCompiler.Compile(NetworkTexts.Parse(NetworkTexts.Good)).Tables);
        Assert.InRange(plain.LimitOf(0), 32, 64);
        SynapseMap wide =
            SynapseMap.FromTables(
                NetworkCompiler.Compile(NetworkTexts.Parse(NetworkTexts.With("weight: 16 mV", "weight: 16 mV\n    weight_limit: 100 mV")))
                .Tables);
        Assert.InRange(wide.LimitOf(0), 100, 200);
        Assert.Equal("projections[0].weight_limit",
            NetworkTexts.OnlyError(NetworkTexts.With("weight: 16 mV", "weight: 16 mV\n    weight_limit: 10 mV")).Path);
    }

    [Fact]
    public void Loops_without_delay_need_a_refractory_period()
    {
        const string loop = """
            neuromcu: 1
            populations:
              a: {model: lif, size: 2, tau: 10 ms, threshold: 1.0}
              b: {model: lif, size: 2, tau: 10 ms, threshold: 1.0}
            projections:
              - {from: a, to: b, connect: one-to-one, weight: 2.0, delay: 0 ms}
              - {from: b, to: a, connect: one-to-one, weight: 2.0, delay: 0 ms}
            """;
        Assert.Contains("refractory", Refused(loop).Hint, StringComparison.Ordinal);
        Assert.NotNull(
            NetworkCompiler.Compile(NetworkTexts.Parse(loop.Replace("b: {model: lif,", "b: {model: lif, refractory: 1 ms,",
                StringComparison.Ordinal))));

        // One neuron without a refractory period is enough to go round, wherever it stands in its population.
        foreach (string refractory in new[] { "[0 ms, 1 ms]", "[1 ms, 0 ms]" })
        {
            Refused(loop.Replace("b: {model: lif,", $"b: {{model: lif, refractory: {refractory},", StringComparison.Ordinal));
        }

        Assert.NotNull(
            NetworkCompiler.Compile(NetworkTexts.Parse(loop.Replace("b: {model: lif,", "b: {model: lif, refractory: [1 ms, 1 us],",
                StringComparison.Ordinal))));
        Assert.NotNull(
            NetworkCompiler.Compile(NetworkTexts.Parse(loop.Replace("weight: 2.0, delay: 0 ms}\n  - {from: b",
                "weight: 2.0, delay: 1 us}\n  - {from: b", StringComparison.Ordinal))));
    }

    [Fact]
    public void Idle_networks_are_cheaper_event_driven_and_busy_ones_clocked_if_they_fire_alike_then()
    {
        UpdateAdvice idle = Assert.Single(NetworkCompiler.Compile(NetworkTexts.Parse(NetworkTexts.Good)).Report.Updates);
        Assert.Equal(("event", "event"), (idle.Cheaper, idle.Chosen));
        Assert.True(idle.Factor > 100, idle.ToString());

        string busy = NetworkTexts.With("spikes: [[0, 5 ms], [2, 7.5 ms]]", "poisson: {rate: 5 kHz}")
            .Replace("step: 0.1 ms", "step: 10 ms", StringComparison.Ordinal)
            .Replace("one-to-one", "all-to-all", StringComparison.Ordinal);
        CompiledNetwork compiled = NetworkCompiler.Compile(NetworkTexts.Parse(busy));
        UpdateAdvice advice = Assert.Single(compiled.Report.Updates);
        Assert.Equal(("clocked", "event"), (advice.Cheaper, advice.Chosen));
        Assert.Equal(UpdateScheme.Event, compiled.Schemes[1]);
        Assert.True(advice.RateDifference < -0.1, advice.ToString());
        Assert.InRange(advice.InputRate, 43000, 47000);

        UpdateAdvice forced =
            Assert.Single(
                NetworkCompiler.Compile(NetworkTexts.Parse(busy.Replace("model: lif", "model: lif\n    update: event",
                    StringComparison.Ordinal))).Report.Updates);
        Assert.Equal(("clocked", "event"), (forced.Cheaper, forced.Chosen));
        Assert.Contains("the file asks for event", forced.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_file_may_size_the_queues()
    {
        NetworkTables tables =
            NetworkCompiler.Compile(NetworkTexts.Parse(NetworkTexts.With("step: 0.1 ms",
                "step: 0.1 ms\ncapacity: {queue: 77, spikes: 99}"))).Tables;
        Assert.Equal((77, 99), (tables.QueueCapacity, tables.SpikeCapacity));
    }

    [Fact]
    public void Readouts_and_outputs_keep_hundredths()
    {
        const string text = """
            neuromcu: 1
            populations: {map: {model: lif, size: 3, tau: 1 ms, threshold: 1.0}}
            readouts: {azimuth: {population: map, values: [-12.345 deg, 0 deg, 90 deg], window: 50 ms, min_spikes: 4}}
            outputs: [{readout: azimuth, output: 2, from: -45.5 deg, to: 45 deg}, {population: map, neuron: 1, output: 3, pulse: 2 ms}]
            """;
        CompiledNetwork network = NetworkCompiler.Compile(NetworkTexts.Parse(text));
        Assert.Equal([-1235, 0, 9000], network.Tables.Readouts[0].Values);
        Assert.Equal((OutputSource.Readout, 0, 2, -4550, 4500), Tuple(network.Tables.Outputs[0]));
        Assert.Equal((OutputSource.Neuron, 1, 3, 0, 2000), Tuple(network.Tables.Outputs[1]));
        Assert.Equal("deg", network.Symbols.Readouts[0].Unit);
    }

    private static (int Source, int Index, int Output, int From, int To) Tuple(OutputTable t)
    {
        return (t.Source, t.Index, t.Output, t.From, t.To);
    }
}
