// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Compiler;
using NeuroMCU.Core.Engine;
using NeuroMCU.Core.Image;
using NeuroMCU.Files.Diagnostics;
using NeuroMCU.Laboratory.Comparison;
using NeuroMCU.Laboratory.Models;
using NeuroMCU.Models;
using NeuroMCU.Networks.Equations;
using NeuroMCU.Networks.Reading;
using NeuroMCU.Reference;

namespace NeuroMCU.Laboratory.Tests.Equations;

/// <summary>What the words of the language do in time: against closed forms, on the device's arithmetic and in double precision.</summary>
public sealed class LanguageRunTests
{
    // A pendulum without friction: x = cos(t/10 ms). The error at 100 ms goes with the power of the step that names the order.
    [Theory]
    [InlineData("euler", 1)]
    [InlineData("midpoint", 2)]
    [InlineData("rk4", 4)]
    public void A_method_has_its_order(string method, int order)
    {
        double coarse = Swing(method, 1e-3);
        double fine = Swing(method, 0.5e-3);
        Assert.InRange(Math.Log2(coarse / fine), order - 0.25, order + 0.25);
    }

    private static double Swing(string method, double h)
    {
        ModelText model = ModelTextReader.Read(
            $"neuromcu-model: 1\nname: swing\nmethod: {method}\nstate:\n  x: {{start: 1, range: [-4, 4]}}\n  y: {{start: 0, range: [-4, 4]}}\nequations: |\n  dx/dt = y/(10 ms)\n  dy/dt = -x/(10 ms)\n",
            "swing.yaml");
        ModelRun run = new(new ModelNeurons(model, 1, new Dictionary<string, double[]>()), h);
        for (int i = 0; i < (int)Math.Round(0.1 / h); i++)
        {
            run.Step(0, null);
        }

        return Math.Abs(run.Value(0, 0) - Math.Cos(10)) + Math.Abs(run.Value(0, 1) + Math.Sin(10));
    }

    // Four substeps of a step are four steps of a quarter.
    [Theory]
    [InlineData("auto")]
    [InlineData("rk4")]
    public void Substeps_are_shorter_steps(string method)
    {
        ModelText one = ModelTextReader.Read(Decay(method, 1), "d.yaml");
        ModelText four = ModelTextReader.Read(Decay(method, 4), "d.yaml");
        ModelRun quarter = new(new ModelNeurons(one, 1, new Dictionary<string, double[]>()), 25e-6);
        ModelRun whole = new(new ModelNeurons(four, 1, new Dictionary<string, double[]>()), 100e-6);
        for (int i = 0; i < 100; i++)
        {
            whole.Step(0, null);
            for (int k = 0; k < 4; k++)
            {
                quarter.Step(0, null);
            }

            Assert.Equal(quarter.Value(0, 0), whole.Value(0, 0), 12);
        }
    }

    private static string Decay(string method, int substeps) =>
        FormattableString.Invariant(
            $"neuromcu-model: 1\nname: d\nmethod: {method}\nsubsteps: {substeps}\nstate:\n  x: {{start: 1, range: [0, 4]}}\nequations: dx/dt = (2 - x**2)/(5 ms)\n");

    // Steps of 0.1 ms overshoot all of them. A window (Biolek et al., Radioengineering 18, 210, 2009) and what relaxes to a value within
    // lead back at the ends themselves; without the window, or to a value beyond, they do not.
    [Theory]
    [InlineData("20000/s*V/(1 V)*(1 - (x - if(V < 0 V, 1, 0))**2)", false)]
    [InlineData("2/s*V/(100 uV*x + 16 mV*(1 - x))*(1 - (x - if(V/(100 Ohm*x + 16 kOhm*(1 - x)) <= 0 A, 1, 0))**4) - x/(10 s)", false)]
    [InlineData("(if(V > 1 V, 1, 0) - x)*(1 + x**2)/(60 us)", false)]
    [InlineData("20000/s*V/(1 V)", true)]
    [InlineData("(if(V > 1 V, 1.01, 0) - x)*(1 + x**2)/(60 us)", true)]
    public void An_end_that_the_equation_never_leads_beyond_is_no_loss(string rate, bool loses)
    {
        string path = Compiled.File("neuromcu-model: 1\nname: held\ninputs: {V: {unit: V, range: [-2 V, 2 V]}}\n"
            + "state: {x: {start: 0.5, range: [0, 1]}}\nequations: dx/dt = " + rate + "\n");
        CompiledNetwork network = Compiled.Of($"model: '{path}', size: 1", 100,
            "inputs:\n  - {to: cells, sine: {amplitude: 1.9 V, period: 20 ms}}\n");
        ReferenceSimulator twin = new(network.Network);
        twin.Run(network.Network.Duration);
        Assert.Equal(loses, EngineRun.Run(network, network.Network.Duration).Saturations.Count > 0);
        Assert.Equal(loses, twin.Clipped[1].Count > 0);
    }

    // Every method and word on the device's arithmetic against double precision, to a millionth of the range.
    [Theory]
    [InlineData("method: rk4", "dv/dt = (1 - v**3)/(20 ms)", 1e-6)]
    [InlineData("method: midpoint", "dv/dt = (1 - v*w)/(20 ms)", 1e-6)]
    [InlineData("substeps: 3", "dv/dt = (1 - v*w)/(20 ms)", 1e-5)]
    [InlineData("method: rk4\nsubsteps: 2", "dv/dt = (exp(-v) - w)/(20 ms)", 1e-4)]
    [InlineData("", "dv/dt = (floor(3*w) + ceil(-2*w) - v)/(20 ms)", 1e-6)]
    [InlineData("", "dv/dt = (5*t/(1 s) - v)/(20 ms)", 1e-6)]
    [InlineData("", "dv/dt = (noise()*sqrt(1 ms) + noise()*sqrt(2 ms) - v)/(20 ms)", 1e-6)]
    [InlineData("substeps: 2", "dv/dt = (noise()*sqrt(1 ms) - v)/(20 ms)", 1e-6)]
    [InlineData("method: midpoint", "dv/dt = (noise()*sqrt(1 ms)*w - v)/(20 ms)", 1e-6)]
    [InlineData("", "dv/dt = (points(w) - v)/(20 ms)", 1e-3)]
    [InlineData("", "dv/dt = (if(w < 0.7, exp(w), exp(1.4 - w)) - v)/(20 ms)", 1e-4)]
    [InlineData("", "dv/dt = if(w < 0.7, exp(w), exp(1.4 - w))*(1 - v)/(20 ms) - v/(10 ms)", 1e-4)]
    [InlineData("", "dv/dt = (max(exp(-w), sqrt(w + 0.1)) - v)/(20 ms)", 1e-4)]
    [InlineData("", "dv/dt = (if(w < 0.7, 1, exp(w)) - v)/(20 ms)", 1e-4)]
    [InlineData("", "dv/dt = (min(2*w - 1, 0.8) + max(0.3 - w, -0.5) + abs(0.4 - 2*w) - v)/(20 ms)", 1e-6)]
    [InlineData("", "dv/dt = ((1 - w)*(v - 0.2)*(v - 0.2) + 3*(w - 0.4)*w - v)/(20 ms)", 1e-6)]
    [InlineData("", "dv/dt = (5 - exp(0.1*v))/(20 ms)", 1e-4)]
    public void The_device_does_the_same_as_double_precision(string method, string equation, double tolerance)
    {
        (double[] device, double[] reference) = Trace(method, equation);
        double worst = device.Zip(reference, (a, b) => Math.Abs(a - b)).Max();
        Assert.True(worst <= tolerance * 8, FormattableString.Invariant($"{worst:E2} apart"));
        Assert.True(reference.Max() - reference.Min() > 0.05, "stands still");
    }

    private static (double[] Device, double[] Reference) Trace(string method, string equation, string duration = "300 ms", int every = 1)
    {
        string text = $"""
            neuromcu: 1
            step: 100 us
            duration: {duration}
            populations:
              cells:
                model:
                  neuromcu-model: 1
                  name: mine
                  {method.Replace("\n", "\n      ", StringComparison.Ordinal)}
                  tables:
                    points: {"{x: [0, 0.5, 1, 2], y: [0, 2, -1, 1]}"}
                  state:
                    v: {"{start: 0.5, range: [-4, 4]}"}
                    w: {"{start: 1.5, range: [0, 2]}"}
                  equations: |
                    {equation}
                    dw/dt = -w/(100 ms)
                size: 2
            record:
              traces:
                - {"{population: cells, neurons: [1], every: "}{every}{" ms}"}
            """;
        CompiledNetwork network = NetworkCompiler.Compile(NetworkFile.Parse(text, "test.yaml"));
        return ([.. EngineRun.Run(network, network.Network.Duration).Traces[0].Values],
            [.. new ReferenceSimulator(network.Network).Run(network.Network.Duration).Traces[0].Values]);
    }

    // dv/dt = −v/τ + σ·√(2/τ)·ξ has the standard deviation σ, at any step.
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Noise_is_white(int substeps)
    {
        (double[] device, _) = Trace("substeps: " + substeps, "dv/dt = -v/(2 ms) + 0.5*sqrt(2/(2 ms))*noise()", "40 s", 5);
        double mean = device.Skip(10).Average();
        double deviation = Math.Sqrt(device.Skip(10).Average(v => (v - mean) * (v - mean)));
        Assert.InRange(mean, -0.04, 0.04);
        Assert.InRange(deviation, 0.475, 0.525);
    }

    // 400 s at 0.1 ms: the step is 2.5e-7 of the way, and half a unit each would add up to a thousandth.
    [Fact]
    public void A_slow_memory_follows_its_closed_form()
    {
        CompiledNetwork network = NetworkCompiler.Compile(NetworkFile.Parse(
            "neuromcu: 1\nstep: 100 us\nduration: 100 s\npopulations:\n  m:\n    model:\n      neuromcu-model: 1\n      name: slow\n    "
            + "  inputs: {I: {unit: 1, range: [0, 1]}}\n"
                + "      state: {w: {start: 0, range: [0, 1]}}\n      equations: dw/dt = (I - w)/(400 s)\n    size: 1\n    I: "
                + "0.7\nrecord:\n  traces:\n    - {population: m, neurons: [0], every: 10 s}\n",
            "test.yaml"));
        double[] values = [.. EngineRun.Run(network, network.Network.Duration).Traces[0].Values];
        for (int i = 0; i < values.Length; i++)
        {
            Assert.Equal(0.7 * (1 - Math.Exp(-10.0 * i / 400)), values[i], 6);
        }
    }

    // A channel that remembers for 400 s, under a sweep that takes it up and down, for 100 000 steps.
    [Fact]
    public void A_slow_channel_stays_with_double_precision_in_a_sweep()
    {
        ModelCheckResult swept = ModelCheck.Run("nanofluidic-bipolar", "slowest", 100, 10_000_000, "1 V", 4);
        Assert.InRange(swept.Conformance.Errors.Single(e => e.Name == "G").RootMeanSquare, 1e-12, 1e-7);
        ModelCheckResult held = ModelCheck.Run("nanofluidic-bipolar", "slowest", 100, 10_000_000, "1 V");
        Assert.InRange(held.Conformance.Errors.Single(e => e.Name == "G").RootMeanSquare, 1e-12, 1e-7);
    }

    [Fact]
    public void A_table_is_read_from_a_file()
    {
        string path =
            Compiled.File(
                "neuromcu-model: 1\nname: m\ntables:\n  f: {file: f.csv, x: mV, y: nS}\nstate: {g: {start: f(-65 mV), range: [0 nS, 9 "
                + "nS]}}\nequations: dg/dt = 0\n");
        File.WriteAllText(Path.Combine(Path.GetDirectoryName(path)!, "f.csv"), "v,g\n-70,2\n-60,4\n");
        ModelText model = ModelLibrary.Find(path);
        Assert.Equal(3e-9, new ModelNeurons(model, 1, new Dictionary<string, double[]>()).Evaluate(model.States[0].Start, 0), 15);
    }

    [Theory]
    [InlineData("{x: [0, 1, 1], y: [1, 2, 3]}", "has a place that is not above the one before it, the 3.")]
    [InlineData("{x: [0, 1], y: [1, 2, 3]}", "has 2 places and 3 values")]
    [InlineData("{x: [0 mV, 1], y: [1, 2]}", "measures a pure number; a point of this list needs a voltage (V)")]
    [InlineData("{file: nowhere.csv, x: mV, y: 1}", "cannot be read")]
    [InlineData("{file: nowhere.csv, x: furlong, y: 1}", "is `furlong`, which is no unit")]
    public void Points_that_make_no_function_are_refused(string points, string cause)
    {
        string text = "neuromcu-model: 1\nname: m\ntables:\n  f: " + points
            + "\nstate: {v: {start: 0, range: [0, 1]}}\nequations: dv/dt = 0\n";
        NetworkFileException e = Assert.Throws<NetworkFileException>(() => ModelTextReader.Read(text, "m.yaml"));
        Assert.Contains(e.Diagnostics, d => d.Line == 4 && d.Message.Contains(cause, StringComparison.Ordinal));
    }

    // A model in a network file is wrong at its place in that file.
    [Fact]
    public void A_model_in_a_network_file_is_wrong_at_its_place()
    {
        NetworkFileException e = Assert.Throws<NetworkFileException>(() => Trace(string.Empty, "dv/dt = (x - v)/(20 ms)"));
        Diagnostic found = Assert.Single(e.Diagnostics);
        Assert.Equal("uses `x`, which is no name of this model", found.Message);
        Assert.Equal((16, 18), (found.Line, found.Column));
    }

    // A turn of the firmware's loop serves so many items and must end before its watchdog does.
    [Fact]
    public void A_step_of_a_long_program_is_more_than_one_item_of_work()
    {
        CompiledNetwork compiled = Compiled.Of("model: pinsky-rinzel, size: 1", 100);
        NetworkEngine engine = new(ImageReader.Read(compiled.Image, 0, compiled.Image.Length, ModelList.All));
        engine.Advance(100_000, 64);
        Assert.InRange(engine.Time, 500, 1500);
    }
}
