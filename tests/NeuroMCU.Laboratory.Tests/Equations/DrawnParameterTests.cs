// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using System.Text;
using NeuroMCU.Laboratory.Models;
using NeuroMCU.Laboratory.Models.Stages;
using NeuroMCU.Networks.Equations;
using NeuroMCU.Files.Diagnostics;
using NeuroMCU.Tests.Shared;

namespace NeuroMCU.Laboratory.Tests.Equations;

/// <summary>
/// Parameters drawn at random from the ranges that the texts state: either the device follows its double with at most two slips in a
/// hundred spikes, or the check says what to change, or slips are what neighbours that part bring about in any arithmetic.
/// NEUROMCU_LONG_RUNS=1 draws twenty times as many.
/// </summary>
public sealed class DrawnParameterTests
{
    private const int Duration = 1_000_000;
    private const int Spikes = 300;

    private readonly ITestOutputHelper _output;

    public DrawnParameterTests(ITestOutputHelper output) => _output = output;

    public static TheoryData<string, int> Draws
    {
        get
        {
            TheoryData<string, int> draws = [];
            foreach (string name in ModelLibrary.Names.Where(n => ModelLibrary.Find(n).Spike != null))
            {
                for (int seed = 1; seed <= (Environment.GetEnvironmentVariable("NEUROMCU_LONG_RUNS") == "1" ? 40 : 2); seed++)
                {
                    draws.Add(name, seed);
                }
            }

            return draws;
        }
    }

    [Theory]
    [MemberData(nameof(Draws))]
    public void A_drawn_set_is_followed_or_refused_with_a_reason(string name, int seed)
    {
        Random random = new((seed * 7919) + name.Length);
        ModelText model = ModelLibrary.Find(name);
        int step = model.Step ?? 100;
        (string drawn, string path, bool fires) = Firing(model, step, seed, random);
        ConformanceFigures figures;
        try
        {
            figures = ModelCheck.Follow(path, "drawn", step, Spikes, Duration);
        }
        catch (NetworkFileException e)
        {
            _output.WriteLine(name + " {" + drawn + "}: " + e.Diagnostics[0].Message);
            Assert.All(e.Diagnostics, d => Assert.False(string.IsNullOrEmpty(d.Hint), name + " {" + drawn + "}: " + d.Message));

            // A set that is refused because the test writes it wrongly would be no test.
            Assert.All(e.Diagnostics, d => Assert.DoesNotContain("finds `", d.Message, StringComparison.Ordinal));
            return;
        }

        Assert.True(fires, $"{name} {{{drawn}}}: no such set fires, whatever its input");
        Assert.True(figures.Spikes > 0, name + " {" + drawn + "} fires in double precision alone");

        string what = string.Create(CultureInfo.InvariantCulture,
            $"{name} {{{drawn}}}: {figures.Slips} slips in {figures.Spikes} spikes of {figures.SpikesDouble}, {figures.SlipsOfRounding} "
            + $"of rounding, {figures.SlipsOfLastBit} of the last bit, {100 * figures.WithinMillisecond:0.#} % within 1 ms");
        if (figures.Slips <= Math.Max(1, 0.02 * figures.Spikes))
        {
            _output.WriteLine(what);
            return;
        }

        // What is said of slips, and not of anything else.
        ModelCheckResult result = ModelCheck.Run(path, "drawn", step, Duration);
        Diagnostic[] all = [.. result.Findings, .. result.Notes];
        string said = string.Join("; ", all.Select(d => d.Message + " NEXT " + d.Hint));
        _output.WriteLine(what + (result.SlipsByChaos ? " (chaotic)" : string.Empty) + ": " + said);
        string[] reasons = ["slips in", "coarse", "too long", "was cut off"];
        bool isSaid = all.Any(d => reasons.Any(r => d.Message.Contains(r, StringComparison.Ordinal)));
        Assert.True(isSaid || result.SlipsByChaos || result.Conformance.Slips <= Math.Max(1, 0.02 * result.Conformance.Spikes), what);
        Assert.All(all, d => Assert.False(string.IsNullOrEmpty(d.Hint), what + ": " + d.Message));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public void Any_adaptive_exponential_neurons_fit_twelve_kilobytes_or_are_refused(int seed)
    {
        Random random = new(seed);
        ModelText model = ModelLibrary.Find("adex");
        for (int i = 0; i < 5; i++)
        {
            string drawn = Fields(model, p => Draw(p, random));
            try
            {
                int bytes = ModelCheck.Run(Compiled.File(WithPreset("adex", drawn)), "drawn", 100, 1000).HeapOf32;
                Assert.True(bytes <= 12288, $"{bytes} bytes: {drawn}");
            }
            catch (NetworkFileException e)
            {
                _output.WriteLine(drawn + ": " + e.Diagnostics[0].Message);
                Assert.False(string.IsNullOrEmpty(e.Diagnostics[0].Hint));
            }
        }
    }

    // A set from all that is allowed, or from the neighbourhood of a preset, and nearer to it until it is refused or fires at some value of
    // the input, which is then its input: silent sets would test nothing.
    private static (string Drawn, string Path, bool Fires) Firing(ModelText model, int step, int seed, Random random)
    {
        const int Levels = 9;
        const int Few = 2;
        string drawn = string.Empty;
        string path = string.Empty;
        double far = seed % 2 == 1 ? 0.25 : 1;
        for (int i = 0; i < 10; i++, far *= 0.4)
        {
            drawn = Drawn(model, random, far);
            path = Compiled.File(WithPreset(model.Name, drawn));
            try
            {
                ModelStage stage = new(path, "drawn", step);
                double[] levels = [.. Enumerable.Range(0, Levels).Select(n => Level(model, stage, random, n))];
                List<double>[] spikes = stage.Spikes(levels, step * 8e-3, Few);
                int[] firing = [.. Enumerable.Range(0, Levels).Where(n => spikes[n].Count == Few)];
                if (firing.Length > 0)
                {
                    drawn += stage.Input is { } input ? ", " + Field(input.Name, levels[firing[random.Next(firing.Length)]], input.Unit)
                        : string.Empty;
                    return (drawn, Compiled.File(WithPreset(model.Name, drawn)), true);
                }
            }
            catch (NetworkFileException)
            {
                return (drawn, path, false);
            }
        }

        return (drawn, path, false);
    }

    // The largest of the presets; even over the range of the input; from the whole of it down to a thousandth, either way.
    private static double Level(ModelText model, ModelStage stage, Random random, int number) => number == 0
        ? model.Presets.Values.Max(p => p.GetValueOrDefault(stage.Input?.Name ?? string.Empty))
        : number % 2 == 0 ? stage.InputRange.Least + (stage.InputRange.Width * random.NextDouble())
        : (number % 4 == 1 ? stage.InputRange.Most : stage.InputRange.Least) * Math.Pow(0.001, random.NextDouble());

    // From a preset part of the way to a set from all that is allowed.
    private static string Drawn(ModelText model, Random random, double far)
    {
        (_, IReadOnlyDictionary<string, double> preset) = model.Presets.ElementAt(random.Next(model.Presets.Count));
        return Fields(model, p =>
        {
            double from = preset.TryGetValue(p.Name, out double value) ? value : p.Default;
            double to = Draw(p, random);
            return p.Least > 0 ? from * Math.Pow(to / from, far) : from + ((to - from) * far);
        });
    }

    private static double Draw(ModelParameter p, Random random) => double.IsInfinity(p.Least) || double.IsInfinity(p.Most) ? p.Default
        : p.Least > 0 ? p.Least * Math.Pow(p.Most / p.Least, random.NextDouble())
        : p.Least + ((p.Most - p.Least) * random.NextDouble());

    private static string Fields(ModelText model, Func<ModelParameter, double> draw)
        => string.Join(", ", model.Parameters.Select(p => Field(p.Name, Math.Clamp(draw(p), p.Least, p.Most), p.Unit)));

    // A rate is a number divided by a time.
    private static string Field(string name, double value, DisplayUnit unit) => string.Create(CultureInfo.InvariantCulture,
        $"{name}: {value / unit.Scale:R}{(unit.Symbol == "1" ? string.Empty : unit.Symbol.StartsWith("1/", StringComparison.Ordinal)
            ? unit.Symbol[1..] : " " + unit.Symbol)}");

    private static string WithPreset(string name, string drawn)
    {
        StringBuilder text = new();
        string path = Path.Combine(NetworkTexts.Examples(), "..", "models", "neurons", name + ".yaml");
        foreach (string line in File.ReadLines(path).TakeWhile(l => l != "presets:"))
        {
            text.AppendLine(line);
        }

        return text.Append("presets:\n  drawn: {").Append(drawn).Append("}\n").ToString();
    }
}
