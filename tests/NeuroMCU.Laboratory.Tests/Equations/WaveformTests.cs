// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Compiler;
using NeuroMCU.Files.Diagnostics;
using NeuroMCU.Laboratory.Comparison;
using NeuroMCU.Networks;
using NeuroMCU.Networks.Reading;
using NeuroMCU.Recordings;
using NeuroMCU.Reference;

namespace NeuroMCU.Laboratory.Tests.Equations;

/// <summary>Waveforms at the inputs of texts: their course, and the same on the device as in double precision.</summary>
public sealed class WaveformTests
{
    // Two states that show their inputs, so that both inputs and one that is not the first are seen.
    private const string Model = """
        {neuromcu-model: 1, name: shown, inputs: {I: {unit: pA, range: [-1 nA, 1 nA]}, V: {unit: mV, range: [-2 V, 2 V]}},
              state: {x: {start: 0 pA, range: [-1 nA, 1 nA]}, y: {start: 0 mV, range: [-2 V, 2 V]}}, equations: "dx/dt = (I - x)/(5 ms); dy/dt = (V - y)/(5 ms)"}
        """;

    [Theory]
    [InlineData("step: {amplitude: 100 pA, start: 10 ms, stop: 20 ms}", "0:0 9.9:0 10.1:100 20:100 20.1:0")]
    [InlineData("step: {amplitude: 100 pA}", "0.1:100 99:100")]
    [InlineData("ramp: {amplitude: -400 pA, start: 10 ms, stop: 30 ms}", "10:0 20.1:-200 30.1:-400 90:-400")]
    [InlineData("triangle: {amplitude: 80 pA, period: 40 ms, start: 5 ms}", "5:0 10.1:40 15.1:80 25.1:0 35.1:-80 45.1:0 55.1:80")]
    [InlineData("sine: {amplitude: 80 pA, frequency: 25 Hz}", "0.1:0 10.1:80 20.1:0 30.1:-80 50.1:80")]
    [InlineData("sine: {amplitude: 80 pA, period: 40 ms, phase: 90 deg, stop: 50 ms}", "0.1:80 10.1:0 20.1:-80 40.1:80 60:0")]
    [InlineData("pulses: {amplitude: 300 pA, width: 2 ms, period: 7 ms, start: 3 ms, count: 3}",
        "3:0 3.1:300 5:300 5.1:0 10.1:300 12.1:0 17.1:300 19.1:0 24.5:0")]
    [InlineData("pulses: {amplitude: 300 pA, width: 250 us, period: 850 us}", "0.1:300 0.3:300 0.4:0 0.9:0 1:300 1.1:300 1.2:0")]
    public void A_waveform_has_its_course(string wave, string expected)
    {
        foreach (TraceRecord trace in Traces(wave, "I", 100).Select(t => t.Traces[0]))
        {
            foreach (string point in expected.Split(' '))
            {
                string[] parts = point.Split(':');
                int at = (int)Math.Round(double.Parse(parts[0], CultureInfo.InvariantCulture) * 10);
                Assert.Equal(double.Parse(parts[1], CultureInfo.InvariantCulture), trace.Values[at], 0.05);
            }
        }
    }

    // Neurons that are no text take the same waveforms as steps of their drive: a leaky membrane far below its threshold follows them.
    [Theory]
    [InlineData("step: {amplitude: 0.4, start: 30 ms, stop: 60 ms}")]
    [InlineData("ramp: {amplitude: -0.5, start: 10 ms, stop: 80 ms, every: 500 us}")]
    [InlineData("triangle: {amplitude: 0.5, period: 40 ms, start: 5 ms, every: 500 us}")]
    [InlineData("sine: {amplitude: 0.5, period: 40 ms, phase: 30 deg, stop: 70 ms, every: 500 us}")]
    [InlineData("pulses: {amplitude: 0.8, width: 2500 us, period: 7300 us, start: 3 ms, count: 9}")]
    public void Neurons_of_all_kinds_take_waveforms(string wave)
    {
        string own = wave.Replace(", every: 500 us", string.Empty, StringComparison.Ordinal);
        string network = """
            neuromcu: 1
            step: 100 us
            duration: 100 ms
            populations:
              plain: {model: lif, size: 1, tau: 5 ms, threshold: 1}
              text:
                model: {neuromcu-model: 1, name: leaky, inputs: {I: {unit: 1, range: [-1, 1]}},
                  state: {v: {start: 0, range: [-2, 2]}}, equations: dv/dt = (I - v)/(5 ms)}
                size: 1
            inputs:
              - {to: plain, WAVE}
              - {to: text, OWN}
            record: {traces: [{population: plain, every: 1 ms}, {population: text, every: 1 ms}]}
            """.Replace("WAVE", wave, StringComparison.Ordinal).Replace("OWN", own, StringComparison.Ordinal);
        CompiledNetwork compiled = NetworkCompiler.Compile(NetworkFile.Parse(network, "test.yaml"),
            new CompilerOptions { Unlimited = true });
        RunRecording device = EngineRun.Run(compiled, 100000);
        RunRecording twin = new ReferenceSimulator(compiled.Network, compiled.Schemes).Run(100000);
        Assert.True(device.Traces[0].Values.Max(Math.Abs) > 0.1);
        for (int i = 0; i < 100; i++)
        {
            Assert.Equal(twin.Traces[0].Values[i], device.Traces[0].Values[i], 1e-5);
            Assert.Equal(device.Traces[1].Values[i], device.Traces[0].Values[i], 0.03);
        }
    }

    [Fact]
    public void Noise_at_plain_neurons_has_its_deviation_and_differs_between_them()
    {
        Network network = NetworkFile.Parse("neuromcu: 1\nduration: 100 ms\npopulations: {a: {model: lif, size: 4, tau: 5 ms, threshold: 1}}\n"
            + "inputs: [{to: a, noise: {sd: 0.3, every: 2 ms, seed: 4}}]\n", "test.yaml");
        double[][] drawn =
            [.. Enumerable.Range(0, 4).Select(n => network.Drives.Where(d => d.First == n).Select(d => d.Amplitude).ToArray())];
        Assert.All(drawn, d => Assert.Equal(50, d.Length));
        Assert.InRange(Math.Sqrt(drawn.SelectMany(d => d).Average(a => a * a)), 0.26, 0.34);
        Assert.InRange(Math.Abs(drawn[0].Zip(drawn[1], (a, b) => a * b).Average()), 0, 0.04);
    }

    [Theory]
    [InlineData("sine: {amplitude: 0.5, period: 40 ms, every: 10 us}", "makes more than 255 steps of the drive")]
    [InlineData("into: I, step: {amplitude: 0.5}", "has no effect here")]
    [InlineData("ramp: {amplitude: 3 mV, stop: 1 ms}", "3 mV")]
    public void Waveforms_that_plain_neurons_cannot_take_are_refused(string wave, string cause)
    {
        NetworkFileException error = Assert.Throws<NetworkFileException>(() => NetworkFile.Parse(
            "neuromcu: 1\npopulations: {a: {model: lif, size: 1, tau: 5 ms, threshold: 1}}\ninputs: [{to: a, " + wave + "}]\n", "test.yaml"));
        Assert.Contains(cause, error.Diagnostics[0].Message, StringComparison.Ordinal);
        Assert.True(error.Diagnostics[0].Line > 0 && error.Diagnostics[0].Column > 0);
    }

    [Fact]
    public void A_table_of_times_and_values_is_followed_in_its_units()
    {
        string path = Compiled.File("time_us;value_nA\n10000;0.0\n20000;0.5\n20100;-0.2\n60000;-0.2\n");
        foreach (TraceRecord trace in Traces("csv: '" + path + "'", "I", 100).Select(t => t.Traces[0]))
        {
            Assert.Equal([0, 250, 500, -200, -200, -200], new[] { 50, 151, 201, 203, 500, 990 }.Select(i => Math.Round(trace.Values[i])));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void The_device_and_double_precision_have_the_same_waveforms(int seed)
    {
        Random random = new(seed);
        string time(double most) => string.Create(CultureInfo.InvariantCulture, $"{random.Next(3, (int)(most * 1000))} us");
        string[] waves =
        [
            $"step: {{amplitude: [100 pA, {random.Next(-200, 200)} pA], start: {time(40)}}}",
            $"triangle: {{amplitude: 120 pA, period: {time(30)}, start: {time(30)}}}",
            $"sine: {{amplitude: {random.Next(1, 200)} pA, period: {time(50)}, phase: {random.Next(0, 360)} deg}}",
            $"pulses: {{amplitude: {random.Next(-200, 200)} pA, width: 150 us, period: {random.Next(200, 9000)} us, start: {time(20)}}}",
            $"noise: {{sd: 30 pA, every: {random.Next(50, 3000)} us, seed: {seed}, neurons: 1}}",
        ];
        RunRecording[] runs = Traces(string.Join("\n  - {to: cells, into: I, ", waves.Select((w, i) => i < waves.Length - 1 ? w + "}" : w)),
            "I", 200);
        for (int trace = 0; trace < 2; trace++)
        {
            double[] engine = [.. runs[0].Traces[trace].Values.Select(v => (double)v)];
            double[] twin = [.. runs[1].Traces[trace].Values.Select(v => (double)v)];
            Assert.Equal(twin.Length, engine.Length);
            Assert.All(engine.Zip(twin), pair => Assert.Equal(pair.Second, pair.First, 0.05));
            Assert.True(engine.Max() - engine.Min() > 50);
        }
    }

    [Fact]
    public void Any_input_takes_a_waveform()
    {
        foreach (RunRecording run in Traces("into: V, sine: {amplitude: 1.5 V, period: 40 ms}", "V", 100))
        {
            Assert.Equal(1500, run.Traces[0].Values[101], 1);
        }
    }

    [Fact]
    public void Noise_is_kept_and_has_its_deviation()
    {
        float[] values = Traces("noise: {sd: 50 pA, every: 1 ms, seed: 9}", "I", 4000)[0].Traces[0].Values.Select(v => (float)v).ToArray();
        double[] kept = [.. Enumerable.Range(0, 3999).Select(i => (double)values[(10 * i) + 5])];
        Assert.All(Enumerable.Range(0, 3999), i => Assert.Equal(values[(10 * i) + 1], values[(10 * i) + 10]));
        Assert.Equal(50, Math.Sqrt(kept.Average(v => v * v)), 3.0);
        Assert.Equal(0, kept.Average(), 4.0);
        Assert.Equal(0, kept.Zip(kept.Skip(1), (a, b) => a * b).Average() / 2500, 0.06);
    }

    [Theory]
    [InlineData("step: {amplitude: 5 nA}", "takes `I` to 5000 pA, beyond its range from -1000 pA to 1000 pA",
        "lower it, or widen the `range` of `I`")]
    [InlineData("step: {amplitude: 5 mV}", "is `5 mV`", "")]
    [InlineData("into: current, step: {amplitude: 5 pA}", "which is no input of `shown`", "inputs of `shown`: I, V")]
    [InlineData("sine: {amplitude: 5 pA}", "needs `period` or `frequency`", "period: 100 ms")]
    [InlineData("pulses: {amplitude: 5 pA, width: 3 ms, period: 2 ms}", "not shorter than the period", "below the `period`")]
    [InlineData("ramp: {amplitude: 5 pA, start: 3 ms, stop: 2 ms}", "not after the start", "write a `stop` after `start`")]
    [InlineData("noise: {sd: -5 pA}", "is `-5 pA`, below 0", "leave the sign out")]
    [InlineData("noise: {sd: 5 pA, evry: 2 ms}", "unknown field `evry`", "did you mean `every`?")]
    [InlineData("step: {amplitude: 5 pA}, dc: {amplitude: 5 pA}", "needs exactly one of", "one list item per input")]
    [InlineData("sine: {amplitude: 5 pA, period: 150 us}", "shorter than two steps of 100 us", "write a longer `period`")]
    [InlineData("pulses: {amplitude: 5 pA, width: 90 us, period: 2 ms}", "narrower than a step of 100 us", "at least 100 us")]
    [InlineData("csv: not-there.csv", "not-there.csv", "")]
    public void What_is_wrong_is_said(string wave, string cause, string hint)
    {
        NetworkFileException e = Assert.Throws<NetworkFileException>(
            () => NetworkCompiler.Compile(NetworkFile.Parse(Text(wave, "I", 100), "test.yaml")));
        Assert.Contains(cause, e.Message, StringComparison.Ordinal);
        Assert.Contains(hint, e.Message, StringComparison.Ordinal);
    }

    private static string Text(string wave, string quantity, int milliseconds)
    {
        return string.Create(
            CultureInfo.InvariantCulture,
            $"neuromcu: 1\nstep: 100 us\nduration: {milliseconds} ms\npopulations:\n  cells:\n    size: 2\n    model: "
            + $"{Model}\ninputs:\n  - {{to: cells, {wave}}}\nrecord:\n  traces:\n    - {{population: cells, neurons: all, every: 100 "
            + $"us, quantity: {quantity}}}\n");
    }

    private static RunRecording[] Traces(string wave, string quantity, int milliseconds)
    {
        CompiledNetwork network = NetworkCompiler.Compile(NetworkFile.Parse(Text(wave, quantity, milliseconds), "test.yaml"));
        return [EngineRun.Run(network, network.Network.Duration), new ReferenceSimulator(network.Network).Run(network.Network.Duration)];
    }
}
