// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Compiler;
using NeuroMCU.Core.Engine;
using NeuroMCU.Core.Image;
using NeuroMCU.Files.Diagnostics;
using NeuroMCU.Models;
using NeuroMCU.Networks.Equations;
using NeuroMCU.Networks.Reading;

namespace NeuroMCU.Laboratory.Tests.Equations;

/// <summary>
/// Random well-formed expressions: dz/dt = (f(x, y, p) − z)/h makes z the value of f after one step. The device's value is that of double
/// precision to 2⁻¹⁰ of the range of f, for states over their whole ranges and a parameter that differs between neurons.
/// </summary>
public sealed class RandomEquationTests
{
    private const int Neurons = 12;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void The_device_computes_what_the_text_says(int seed)
    {
        Random random = new(seed);
        int compiled = 0;
        for (int i = 0; i < 25; i++)
        {
            string f = Expression(random, 1 + random.Next(4));
            compiled += Check(f, random) ? 1 : 0;
        }

        // Some would need more entries than a table may have, and say so.
        Assert.InRange(compiled, 15, 25);
    }

    // Currents of some pA are as good as numbers about 1: what decides and cuts off keeps their bits.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Choices_between_small_quantities_keep_their_bits(int seed)
    {
        Random random = new(seed);
        for (int i = 0; i < 25; i++)
        {
            Assert.True(Check(Quantity(random, 1 + random.Next(3)), random, "pA"));
        }
    }

    private static string Quantity(Random random, int depth)
    {
        if (depth == 0)
        {
            return random.Next(5) switch
            {
                0 or 1 => "x",
                2 => "y",
                3 => "0 pA",
                _ => random.Next(1, 40) / 8.0 + " pA",
            };
        }

        string a = Quantity(random, depth - 1);
        string b = Quantity(random, random.Next(depth));
        string c = Quantity(random, random.Next(depth));
        return random.Next(7) switch
        {
            0 => $"({a} + {b})",
            1 => $"({a} - p*{b})",
            2 => $"min({a}, {b})",
            3 => $"max({a}, {b})",
            4 => $"abs({a})",
            5 => $"if({a} >= {b}, {c}, {b})",
            _ => $"if({a} > {c} and not {b} > 0 pA, 0 pA, {b})",
        };
    }

    private static bool Check(string f, Random random, string unit = "")
    {
        double one = unit.Length == 0 ? 1 : 1e-12;
        string model = $$"""
            neuromcu-model: 1
            name: random
            parameters: {p: 1, X: 0 {{unit}}, Y: 0 {{unit}}}
            state:
              z: {start: 0 {{unit}}, range: [-1000000 {{unit}}, 1000000 {{unit}}], method: euler}
              x: {start: X, range: [-2 {{unit}}, 3 {{unit}}]}
              y: {start: Y, range: [0.5 {{unit}}, 4 {{unit}}]}
            equations: |
              dz/dt = ({{f}} - z) / (0.1 ms)
              dx/dt = 0 {{unit}}/(1 ms)
              dy/dt = 0 {{unit}}/(1 ms)
            """;
        double[] p = Values(random, 0.5, 2);
        double[] x = [.. Values(random, -2, 3).Select(v => v * one)];
        double[] y = [.. Values(random, 0.5, 4).Select(v => v * one)];
        ModelText text = ModelTextReader.Read(model, "random.yaml");
        ModelNeurons neurons = new(text, Neurons, new Dictionary<string, double[]> { ["p"] = p, ["X"] = x, ["Y"] = y });
        double value(int n) => Symbolic.Evaluate(text.States[0].Rate,
            name => name switch { "x" => x[n], "y" => y[n], "p" => p[n], "z" => 0, _ => 0 }) * 1e-4;
        string list(double[] values, double scale) =>
            "[" + string.Join(", ", values.Select(v => (v / scale).ToString("R", CultureInfo.InvariantCulture) + (scale < 1 ? " " + unit : ""))) + "]";
        string network =
            $"neuromcu: 1\nstep: 100 us\nduration: 1 ms\npopulations:\n  cells: {{model: '{Compiled.File(model)}', size: {Neurons}, p: "
            + $"{list(p, 1)}, X: {list(x, one)}, Y: {list(y, one)}}}\n"
            + "record: {traces: [{population: cells, every: 100 us}]}\n";
        CompiledNetwork made;
        try
        {
            made = NetworkCompiler.Compile(NetworkFile.Parse(network, "test.yaml"));
        }
        catch (NetworkFileException e) when (e.Message.Contains("would need more than", StringComparison.Ordinal)
            || e.Message.Contains("no finite value everywhere", StringComparison.Ordinal))
        {
            return false;
        }

        NetworkEngine engine = new(ImageReader.Read(made.Image, 0, made.Image.Length, ModelList.All));
        engine.Advance(100, int.MaxValue);
        Interval range = Ranges.Of(neurons, Symbolic.Replace(text.States[0].Rate, n => n == "z" ? Expr.Number(0) : null));
        double allowed = range.Magnitude * 1e-4 / 1024;
        double resolution = made.Report.Equations[0]!.Variables[0].Resolution;
        for (int n = 0; n < Neurons; n++)
        {
            double got = engine.ReadMembrane(n) * resolution;
            double wanted = Math.Clamp(value(n), -1e6 * one, 1e6 * one);
            Assert.True(Math.Abs(got - wanted) <= allowed + (2 * resolution),
                FormattableString.Invariant($"{f} at x = {x[n]}, y = {y[n]}, p = {p[n]}: {got} instead of {wanted}, {allowed} allowed"));
        }

        return true;
    }

    private static double[] Values(Random random, double least, double most)
    {
        return [.. Enumerable.Range(0, Neurons).Select(i => i == 0 ? least : i == 1 ? most
            : least + ((most - least) * random.NextDouble()))];
    }

    private static string Expression(Random random, int depth)
    {
        if (depth == 0)
        {
            return random.Next(5) switch
            {
                0 => "x",
                1 => "y",
                2 => "p",
                3 => "x",
                _ => (random.Next(1, 40) / 8.0).ToString("R", CultureInfo.InvariantCulture),
            };
        }

        string a = Expression(random, depth - 1);
        string b = Expression(random, random.Next(depth));
        return random.Next(13) switch
        {
            0 or 1 => $"({a} + {b})",
            2 or 3 => $"({a} - {b})",
            4 or 5 => $"({a} * {b})",
            6 => $"({a} / (1 + abs({b})))",
            7 => $"exp(-({a})**2/8)",
            8 => $"tanh({a}/2)",
            9 => $"min({a}, {b})",
            10 => $"max({a}, {b})",
            11 => $"if({a} > {b}, {b}, {a})",
            _ => $"1/(1 + exp(({a})/3))",
        };
    }
}
