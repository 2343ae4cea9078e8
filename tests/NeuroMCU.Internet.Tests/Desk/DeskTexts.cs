// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using System.Text;

namespace NeuroMCU.Internet.Tests.Desk;

/// <summary>Networks that are spread over boards.</summary>
internal static class DeskTexts
{
    /// <summary>Modules in a ring: dense within, sparse and slow between.</summary>
    public static string Ring(int modules, int size, int seed = 1)
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"neuromcu: 1\nname: ring\nseed: {seed}\nduration: 200 ms\npopulations:\n");
        for (int m = 0; m < modules; m++)
        {
            text.Append(CultureInfo.InvariantCulture, $"  in{m}: {{model: input, size: {size}}}\n");
            text.Append(CultureInfo.InvariantCulture,
                $"  m{m}: {{model: lif, size: {size}, tau: 20 ms, rest: -65 mV, threshold: -50 mV, refractory: 2 ms}}\n");
        }

        text.Append("projections:\n");
        for (int m = 0; m < modules; m++)
        {
            text.Append(CultureInfo.InvariantCulture, $"  - {{from: in{m}, to: m{m}, connect: one-to-one, weight: 9 mV, delay: 1 ms}}\n");
            text.Append(CultureInfo.InvariantCulture,
                $"  - {{from: m{m}, to: m{m}, connect: {{probability: 0.2}}, weight: {{normal: [0.8 mV, 0.3 mV], min: 0 mV}}, delay: {{uniform: [0.3 ms, 3 ms]}}}}\n");
            text.Append(CultureInfo.InvariantCulture,
                $"  - {{from: m{m}, to: m{(m + 1) % modules}, connect: {{probability: 0.1}}, weight: 3 mV, delay: {{uniform: [5 ms, 9 ms]}}}}\n");
        }

        text.Append("inputs:\n");
        for (int m = 0; m < modules; m++)
        {
            text.Append(CultureInfo.InvariantCulture, $"  - {{to: in{m}, poisson: {{rate: 60 Hz}}}}\n");
        }

        return text.ToString();
    }

    /// <summary>A network at random: neurons of all kinds, learning, drive, traces; half of its populations have a site.</summary>
    public static string Random(Random random, int sites)
    {
        StringBuilder text = new();
        string names = string.Join(", ", Enumerable.Range(0, sites).Select(s => $"s{s}: {{}}"));
        text.Append(CultureInfo.InvariantCulture,
            $"neuromcu: 1\nname: random\nseed: {random.Next(1000)}\nduration: 100 ms\nwire: {{delay: 3 ms}}\nsites: {{{names}}}\npopulations:\n");
        string[] models =
        [
            "lif, tau: 20 ms, threshold: 1, refractory: 1 ms",
            "lif, tau: {uniform: [10 ms, 30 ms]}, threshold: {uniform: [0.8, 1.2]}, refractory: 1 ms, update: clocked",
            "lif, tau: 15 ms, threshold: 1, synapse: exponential, tau_excitatory: 4 ms, tau_inhibitory: 8 ms, refractory: 1 ms",
            "lif, tau: 20 ms, threshold: 1, reset_by: subtraction, floor: -1, bias: {uniform: [0.5, 1.4]}, refractory: 1 ms",
        ];
        int cells = random.Next(3, 7);
        string Site() => random.Next(2) == 0 ? string.Empty : $", site: s{random.Next(sites)}";
        text.Append(CultureInfo.InvariantCulture, $"  free: {{model: input, size: {random.Next(2, 12)}}}\n");
        text.Append(CultureInfo.InvariantCulture, $"  told: {{model: input, size: 5{Site()}}}\n");
        for (int c = 0; c < cells; c++)
        {
            text.Append(CultureInfo.InvariantCulture,
                $"  c{c}: {{model: {models[random.Next(models.Length)]}, size: {random.Next(3, 20)}{Site()}}}\n");
        }

        text.Append("projections:\n");
        for (int k = 0; k < cells * 3; k++)
        {
            string from = k < cells ? random.Next(2) == 0 ? "free" : "told" : $"c{random.Next(cells)}";
            double weight = Math.Round(k < cells ? 0.4 + random.NextDouble() : (random.NextDouble() * 0.3) - 0.15, 3);
            string learning = weight > 0 && random.Next(4) == 0 ? ", weight_limit: 2, learning: stdp" : string.Empty;
            string value = random.Next(2) == 0 || learning.Length > 0 ? weight.ToString(CultureInfo.InvariantCulture)
                : string.Create(CultureInfo.InvariantCulture, $"{{uniform: [{Math.Min(weight, 0)}, {Math.Max(weight, 0)}]}}");
            text.Append(CultureInfo.InvariantCulture,
                $"  - {{name: p{k}, from: {from}, to: c{(k < cells ? k : random.Next(cells))}, connect: {{probability: 0.5}}, weight: {value}, delay: {{uniform: [3 ms, 8 ms]}}{learning}}}\n");
        }

        text.Append("inputs:\n  - {to: free, poisson: {rate: 120 Hz}}\n  - {to: told, spikes: [[0, 0 us], [1, 2999 us], [2, 3 ms], [3, 3001 us], [4, 40 ms], [0, 40 ms]]}\n");
        text.Append("  - {to: c1, dc: {amplitude: 1.5, start: 10 ms, stop: 60 ms, neurons: {from: 1, to: 2}}}\n");
        text.Append("record:\n  traces:\n    - {population: c0, neurons: [0, 2], every: 1 ms}\n    - {population: c2, neurons: 1, every: 2 ms}\n");
        return text.ToString();
    }
}
