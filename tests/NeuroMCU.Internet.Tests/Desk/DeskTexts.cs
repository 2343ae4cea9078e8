// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using System.Text;

namespace NeuroMCU.Internet.Tests.Desk;

/// <summary>Networks that are spread over boards.</summary>
internal static class DeskTexts
{
    /// <summary>Modules in a ring: dense within, sparse and slow between.</summary>
    public static string Ring(int modules, int size, string sites, int seed = 1)
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"neuromcu: 1\nname: ring\nseed: {seed}\nduration: 200 ms\n{sites}\npopulations:\n");
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
}
