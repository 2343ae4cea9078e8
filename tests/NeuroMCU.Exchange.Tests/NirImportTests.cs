// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Exchange.Nir;
using NeuroMCU.Networks;
using NeuroMCU.Networks.Reading;
using NeuroMCU.Recordings;
using NeuroMCU.Reference;

namespace NeuroMCU.Exchange.Tests;

public sealed class NirImportTests : IDisposable
{
    // The stimulus of the first experiment of the NIR paper, in steps of 0.1 ms.
    private static readonly int[] s_stimulus = [60, 220, 270, 310, 320, 350, 370, 400, 410, 430, 440, 450, 460, 470, 480, 490, 500,
        510, 520,
        530, 670, 680, 690, 700, 710, 720, 730, 740, 750, 760, 770, 780, 840, 850];

    private readonly NirFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void The_neuron_of_the_NIR_paper_fires_its_four_spikes()
    {
        string path = _files.Chain("lif.nir", NirFiles.Node("Affine", ("weight", NirFiles.Matrix([1], 1, 1)), ("bias", new float[] { 0 })),
            NirFiles.Node("LIF", ("tau", new[] { 0.0025f }), ("r", new[] { 1f }), ("v_leak", new[] { 0f }),
                ("v_threshold", new[] { 0.1f })));
        RunRecording run = Run(path, new NirOptions { Duration = 100_000 }, s_stimulus.Select(s => (0, s * 100L)), "cells");

        Assert.Equal([46_000, 51_000, 71_000, 76_000], Fired(run, "cells").Select(s => s.Time));
        double[] exact = Exact(0.0025, 0.1);
        double rms = Math.Sqrt(run.Traces[0].Values.Zip(exact, (a, b) => (a - b) * (a - b)).Average());
        Assert.InRange(rms, 0, 0.011 * 0.1);
    }

    [Fact]
    public void Currents_and_membranes_follow_the_steps_of_the_torch_programs()
    {
        const int Inputs = 3;
        const int Cells = 4;
        Random random = new(5);
        float[] weights = [.. Enumerable.Range(0, Inputs * Cells).Select(_ => (float)(random.NextDouble() * 2 - 0.6))];
        float[] loops = [.. Enumerable.Range(0, Cells * Cells).Select(_ => (float)(random.NextDouble() - 0.5))];
        float[] bias = [0.01f, -0.02f, 0, 0.03f];
        double[] All(double value) => [.. Enumerable.Repeat(value, Cells)];
        string path = _files.Write("cuba.nir", NirFiles.Graph(
            [("input", NirFiles.Node("Input", ("shape", new long[] { Inputs }))),
                ("fc", NirFiles.Node("Affine", ("weight", NirFiles.Matrix(weights, Cells, Inputs)), ("bias", bias))),
                ("w_rec", NirFiles.Node("Linear", ("weight", NirFiles.Matrix(loops, Cells, Cells)))),
                ("cells", NirFiles.Node("CubaLIF", ("tau_syn", All(4e-4)), ("tau_mem", All(1e-3)), ("r", All(10)), ("v_leak", All(0)),
                    ("v_threshold", All(1)), ("w_in", All(4)))),
                ("output", NirFiles.Node("Output", ("shape", new long[] { Cells })))],
            ("input", "fc"), ("fc", "cells"), ("cells", "w_rec"), ("w_rec", "cells"), ("cells", "output")));
        (int Neuron, long Time)[] spikes = [.. Enumerable.Range(0, 300).SelectMany(step => Enumerable.Range(0, Inputs)
            .Where(_ => random.NextDouble() < 0.15).Select(i => (i, (step + 1) * 100L)))];
        RunRecording run = Run(path, new NirOptions { Duration = 30_000 }, spikes);

        double[] current = new double[Cells];
        double[] membrane = new double[Cells];
        List<(long, int)> expected = [];
        bool[] last = new bool[Cells];
        for (int step = 0; step < 300; step++)
        {
            bool[] fired = new bool[Cells];
            for (int n = 0; n < Cells; n++)
            {
                double into = bias[n] + spikes.Where(s => s.Time == (step + 1) * 100).Sum(s => weights[n * Inputs + s.Neuron])
                    + Enumerable.Range(0, Cells).Where(m => last[m]).Sum(m => loops[n * Cells + m]);
                current[n] = 0.75 * current[n] + into;
                membrane[n] = 0.9 * membrane[n] + current[n];
                fired[n] = membrane[n] > 1;
                membrane[n] = fired[n] ? 0 : membrane[n];
                if (fired[n])
                {
                    expected.Add(((step + 1) * 100, n));
                }
            }

            last = fired;
        }

        Assert.True(expected.Count > 50, $"{expected.Count} spikes");
        Assert.Equal(expected, Fired(run, "cells").Select(s => (s.Time, s.Neuron)).Order());
    }

    [Theory]
    [InlineData(0.0025, 25, 100, NirDecay.Euler)]
    [InlineData(0.0025, 24.019736, 100, NirDecay.Exact)]
    [InlineData(0.02, 20, 1000, NirDecay.Euler)]
    [InlineData(0.02, 1, 100, NirDecay.Euler)]
    [InlineData(0.0001, 1, 10, NirDecay.Euler)]
    public void The_step_of_the_program_that_wrote_the_file_is_found(double tau, double r, int step, NirDecay decay)
    {
        string path = _files.Chain("step.nir", NirFiles.Node("Linear", ("weight", NirFiles.Matrix([1], 1, 1))),
            NirFiles.Node("LIF", ("tau", new[] { (float)tau }), ("r", new[] { (float)r }), ("v_leak", new[] { 0f }),
                ("v_threshold", new[] { 1f })));
        NirImport import = NirImport.Read(path, "step", new NirOptions());
        Assert.Equal((step, decay), (import.Step, import.Decay));
    }

    [Fact]
    public void Chains_of_linear_nodes_are_multiplied_out_and_delays_kept()
    {
        string path = _files.Write("chain.nir", NirFiles.Graph(
            [("in", NirFiles.Node("Input", ("shape", new long[] { 1, 2 }))),
                ("flat", NirFiles.Node("Flatten", ("start_dim", 0L), ("end_dim", -1L))),
                ("a", NirFiles.Node("Linear", ("weight", NirFiles.Matrix([1, 2, 3, 4], 2, 2)))),
                    ("d", NirFiles.Node("Delay", ("delay", new[] { 0.001, 0.003 }))),
                ("s", NirFiles.Node("Scale", ("scale", new[] { 2f, -1f }))),
                    ("b", NirFiles.Node("Linear", ("weight", NirFiles.Matrix([1, 10], 1, 2)))),
                ("x.y", NirFiles.Node("LIF", ("tau", new[] { 0.01 }), ("r", new[] { 100.0 }), ("v_leak", new[] { 0.0 }),
                    ("v_threshold", new[] { 1e3 })))],
            ("in", "flat"), ("flat", "a"), ("a", "d"), ("d", "s"), ("s", "b"), ("b", "x.y")));
        Network network = Load(path, new NirOptions(), null);
        Assert.Equal([(0, 1000, 2.0), (0, 3000, -30.0), (1, 1000, 4.0), (1, 3000, -40.0)],
            network.Projections.Single().Connections.Select(c => (c.Pre, c.Delay, c.Weight)));
    }

    [Fact]
    public void A_convolution_is_unfolded_as_its_sum_says()
    {
        Random random = new(3);
        float[] kernel = [.. Enumerable.Range(0, 2 * 1 * 3 * 3).Select(_ => (float)random.NextDouble())];
        string path = _files.Write("conv.nir", NirFiles.Graph(
            [("in", NirFiles.Node("Input", ("shape", new long[] { 1, 5, 4 }))),
                ("conv", NirFiles.Node("Conv2d", ("input_shape", new long[] { 5, 4 }), ("weight", NirFiles.Matrix(kernel, 2, 1, 3, 3)),
                    ("stride", new long[] { 2, 1 }), ("padding", new long[] { 1, 0 }), ("dilation", new long[] { 1, 1 }), ("groups", 1L),
                    ("bias", new float[2]))),
                ("if", NirFiles.Node("IF", ("r", NirFiles.Matrix([.. Enumerable.Repeat(1f, 12)], 2, 3, 2)),
                    ("v_threshold", NirFiles.Matrix([.. Enumerable.Repeat(1f, 12)], 2, 3, 2))))],
            ("in", "conv"), ("conv", "if")));
        Projection projection = Load(path, new NirOptions(), null).Projections.Single();
        Assert.Equal(12, projection.Target.Size);
        for (int o = 0; o < 12; o++)
        {
            (int c, int y, int x) = (o / 6, o / 2 % 3, o % 2);
            for (int i = 0; i < 20; i++)
            {
                (int ky, int kx) = (i / 4 - (2 * y - 1), i % 4 - x);
                double expected = ky is >= 0 and < 3 && kx is >= 0 and < 3 ? kernel[c * 9 + ky * 3 + kx] : 0;
                Assert.Equal(expected, projection.Connections.Where(s => s.Pre == i && s.Post == o).Sum(s => s.Weight), 9);
            }
        }
    }

    [Fact]
    public void A_sub_graph_runs_as_its_nodes_would()
    {
        PureHDF.H5Group inner = NirFiles.Graph(
            [("input", NirFiles.Node("Input", ("shape", new long[] { 2 }))),
                ("output", NirFiles.Node("Output", ("shape", new long[] { 2 }))),
                ("lif", NirFiles.Node("LIF", ("tau", new[] { 0.01, 0.02 }), ("r", new[] { 100.0, 200 }), ("v_leak", new double[2]),
                    ("v_threshold", new[] { 1.0, 2 }), ("v_reset", new[] { 0, 0.5 }))),
                ("w", NirFiles.Node("Linear", ("weight", NirFiles.Matrix([0, 1, -1, 0], 2, 2))))],
            ("input", "lif"), ("lif", "w"), ("w", "lif"), ("lif", "output"));
        string path = _files.Write("sub.nir", NirFiles.Graph(
            [("input", NirFiles.Node("Input", ("shape", new long[] { 2 }))), ("block", inner),
                ("output", NirFiles.Node("Output", ("shape", new long[] { 2 })))],
            ("input", "block"), ("block", "output")));
        Network network = Load(path, new NirOptions(), null);
        Assert.Equal(["input", "block_lif"], network.Populations.Select(p => p.Name));
        Assert.Equal(["block_lif->block_lif", "input->block_lif"], network.Projections.Select(p => p.Name).Order());
    }

    private RunRecording Run(string path, NirOptions options, IEnumerable<(int Neuron, long Time)> spikes, string? trace = null)
    {
        string table = _files.Path("spikes.csv");
        File.WriteAllText(table,
            "index,time_us\n" + string.Concat(spikes.Select(s => string.Create(CultureInfo.InvariantCulture, $"{s.Neuron},{s.Time}\n"))));
        return new ReferenceSimulator(Load(path, options with { Spikes = "spikes.csv" }, trace)).Run(options.Duration);
    }

    private Network Load(string path, NirOptions options, string? trace)
    {
        NirImport import = NirImport.Read(path, "net", options);
        foreach ((string name, string text) in import.Tables)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_files.Path(name))!);
            File.WriteAllText(_files.Path(name), text);
        }

        string record = trace is null ? string.Empty : $"record:\n  traces:\n    - {{population: {trace}, neurons: 0, every: 100 us}}\n";
        return NetworkFile.Parse(import.Text + record, _files.Path("net.yaml"));
    }

    private static IEnumerable<(long Time, int Neuron)> Fired(RunRecording run, string population)
    {
        RecordedPopulation of = run.Populations.Single(p => p.Name == population);
        return Enumerable.Range(0, run.Spikes.Count).Where(i => of.Contains(run.Spikes.Neurons[i]))
            .Select(i => (run.Spikes.Times[i], run.Spikes.Neurons[i] - of.First));
    }

    // A current of 1 for a step of 0.1 ms from each spike on, in closed form; the membrane is set to 0 at the end of a step above
    // threshold.
    private static double[] Exact(double tau, double threshold)
    {
        double decay = Math.Exp(-1e-4 / tau);
        double v = 0;
        List<double> course = [];
        for (int step = 0; step < 1000; step++)
        {
            v = v * decay + (s_stimulus.Contains(step) ? 1 - decay : 0);
            v = v > threshold ? 0 : v;
            course.Add(v);
        }

        return [.. course];
    }
}
