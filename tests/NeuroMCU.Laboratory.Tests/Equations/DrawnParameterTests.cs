// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using System.Text;
using NeuroMCU.Laboratory.Models;
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
                for (int seed = 1; seed <= (Environment.GetEnvironmentVariable("NEUROMCU_LONG_RUNS") == "1" ? 40 : 4); seed++)
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

        // One set around a preset, one from all that is allowed.
        string drawn = seed % 2 == 1 ? Near(model, random) : Anywhere(model, random);
        string path = Compiled.File(WithPreset(name, drawn));
        int step = model.Step ?? 100;
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
            string drawn = Anywhere(model, random);
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

    // Each value of a preset moved by up to a fifth, within its range; the input away from rest.
    private static string Near(ModelText model, Random random)
    {
        (_, IReadOnlyDictionary<string, double> preset) = model.Presets.ElementAt(random.Next(model.Presets.Count));
        return Fields(model, p => (preset.TryGetValue(p.Name, out double value) ? value : p.Default) * (0.8 + (0.4 * random.NextDouble())))
            + ", " + string.Join(", ", model.Inputs.Where(i => preset.ContainsKey(i.Name))
                .Select(i => Field(i.Name, preset[i.Name] * (0.8 + (0.7 * random.NextDouble())), i.Unit)));
    }

    private static string Anywhere(ModelText model, Random random)
    {
        string fields = Fields(model, p => double.IsInfinity(p.Least) || double.IsInfinity(p.Most) ? p.Default
            : p.Least > 0 ? p.Least * Math.Pow(p.Most / p.Least, random.NextDouble())
            : p.Least + ((p.Most - p.Least) * random.NextDouble()));
        if (model.Inputs.Count == 0)
        {
            return fields;
        }

        // From the whole range down to a thousandth of it.
        ModelInput input = model.Inputs[0];
        ModelNeurons neurons = new(model, 1, new Dictionary<string, double[]>());
        Interval range = neurons.Range(input.Least, input.Most);
        double drive = Math.Max(range.Most, -range.Least) * Math.Pow(0.001, random.NextDouble());
        return fields + ", " + Field(input.Name, Math.Clamp(drive, range.Least, range.Most), input.Unit);
    }

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
