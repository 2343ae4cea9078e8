// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Laboratory.Models;
using NeuroMCU.Networks.Equations;

namespace NeuroMCU.Laboratory.Tests.Equations;

public sealed class ConformanceOfTextsTests
{
    private readonly ITestOutputHelper _output;

    public ConformanceOfTextsTests(ITestOutputHelper output) => _output = output;

    [Fact]
    public void Bytes()
    {
        string name = Environment.GetEnvironmentVariable("ONLY")!;
        string text = File.ReadAllText(Path.Combine(NeuroMCU.Tests.Shared.NetworkTexts.Examples(), "..", "models", "neurons", name + ".yaml"));
        foreach (string b in Environment.GetEnvironmentVariable("BYTES")!.Split(','))
        {
            string f0 = Compiled.File(text + "table_bytes: " + b + "\n");
            foreach (string p in Environment.GetEnvironmentVariable("PRESETS")!.Split(','))
            {
                ConformanceFigures f = ModelCheck.Follow(f0, p, ModelCheck.StepOf(name), 150, 10000000);
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{b} {p} {f.Spikes} slips {f.SlipsPerSpike:0.0e+0} round {f.SlipsOfRoundingPerSpike:0.0e+0}"));
            }
        }
    }

    [Fact]
    public void Scratch()
    {
        long spikes = long.Parse(Environment.GetEnvironmentVariable("SPIKES") ?? "500");
        string only = Environment.GetEnvironmentVariable("ONLY") ?? "";
        foreach (string name in ModelLibrary.Names.Where(n => ModelLibrary.Find(n).Spike != null && n.Contains(only)))
        {
            int step = ModelCheck.StepOf(name);
            foreach (string preset in ModelCheck.PresetsOf(name))
            {
                ConformanceFigures f = ModelCheck.Follow(name, preset, step, spikes, 4000000000L * 0 + spikes * 100000);
                if (f.Spikes < 20) continue;
                VariableError w = f.Errors.MaxBy(e => e.RootMeanSquare)!;
                VariableError wl = f.ErrorsOfLastBit.MaxBy(e => e.RootMeanSquare)!;
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name},{preset},{f.Spikes},{f.SpikesDouble},slips {f.SlipsPerSpike:0.0e+0},round {f.SlipsOfRoundingPerSpike:0.0e+0},last {f.SlipsOfLastBitPerSpike:0.0e+0},{100 * f.WithinMillisecond:0.###}%,{w.RootMeanSquare:0.0e+0} {w.Name},last {wl.RootMeanSquare:0.0e+0} {wl.Name}"));
            }
        }
    }
}
