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
/// hundred spikes, or the check says what to change. NEUROMCU_LONG_RUNS=1 draws twenty times as many.
/// </summary>
public sealed class DrawnParameterTests
{
    private const int Duration = 400_000;

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

        // One set around a preset, one from all that is allowed.
        string drawn = seed % 2 == 1 ? Near(model, random) : Anywhere(model, random);
        string path = Compiled.File(WithPreset(name, drawn));
        ModelCheckResult result;
        try
        {
            result = ModelCheck.Run(path, "drawn", model.Step ?? 100, Duration);
        }
        catch (NetworkFileException e)
        {
            _output.WriteLine(name + " {" + drawn + "}: " + e.Diagnostics[0].Message);
            Assert.All(e.Diagnostics, d => Assert.False(string.IsNullOrEmpty(d.Hint), name + " {" + drawn + "}: " + d.Message));
            return;
        }

        string what = string.Create(CultureInfo.InvariantCulture,
            $"{name} {{{drawn}}}: {result.Conformance.Slips} slips in {result.Conformance.Spikes} spikes of {result.Conformance.SpikesDouble}, Lyapunov {result.Lyapunov:F1}");
        bool isSaid = result.Findings.Count > 0 || result.IsChaotic || result.Clipped.Values.Any(c => c > 0);
        _output.WriteLine(what + (result.Findings.Count > 0 ? ": " + result.Findings[0].Message : string.Empty));
        Assert.True(isSaid || result.Conformance.Slips <= Math.Max(1, 0.02 * result.Conformance.Spikes), what);
    }

    // Each value of a preset moved by up to a fifth, within its range.
    private static string Near(ModelText model, Random random)
    {
        (_, IReadOnlyDictionary<string, double> preset) = model.Presets.ElementAt(random.Next(model.Presets.Count));
        return Fields(model, p => (preset.TryGetValue(p.Name, out double value) ? value : p.Default) * (0.8 + (0.4 * random.NextDouble())))
            + ", " + string.Join(", ", model.Inputs.Where(i => preset.ContainsKey(i.Name))
                .Select(i => Field(i.Name, preset[i.Name] * (0.8 + (0.4 * random.NextDouble())), i.Unit)));
    }

    private static string Anywhere(ModelText model, Random random)
        => Fields(model, p => double.IsInfinity(p.Least) || double.IsInfinity(p.Most) ? p.Default
            : p.Least > 0 ? p.Least * Math.Pow(p.Most / p.Least, random.NextDouble())
            : p.Least + ((p.Most - p.Least) * random.NextDouble()));

    private static string Fields(ModelText model, Func<ModelParameter, double> draw)
        => string.Join(", ", model.Parameters.Select(p => Field(p.Name, Math.Clamp(draw(p), p.Least, p.Most), p.Unit)));

    private static string Field(string name, double value, DisplayUnit unit) => string.Create(CultureInfo.InvariantCulture,
        $"{name}: {value / unit.Scale:R}{(unit.Symbol == "1" ? string.Empty : " " + unit.Symbol)}");

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
