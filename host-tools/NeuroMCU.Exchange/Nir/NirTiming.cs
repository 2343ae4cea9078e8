// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;

namespace NeuroMCU.Exchange.Nir;

/// <summary>The step that a NIR graph was made for, how its decays are to be reckoned, and what it is known from.</summary>
/// <param name="Step">Step in µs.</param>
/// <param name="InsideGain">Whether what arrives decays with the step in which it arrives, as Rockpool does.</param>
internal sealed record NirTiming(int Step, NirDecay Decay, bool InsideGain, string Why)
{
    private const double Same = 1e-4;

    /// <summary>Finds the step.</summary>
    /// <param name="step">Step in µs that the user asks for; null to find it.</param>
    /// <param name="decay">Decay that the user asks for; null to find it.</param>
    /// <exception cref="ExchangeException">A time constant is too short for the step.</exception>
    public static NirTiming Of(NirGraph graph, int? step, NirDecay? decay)
    {
        (double Tau, double Gain)[] pairs = [.. graph.Nodes.SelectMany(Pairs)];
        NirTiming found = graph.Written is { } written ? Written(written, step, decay) : Find(pairs, step, decay);
        double shortest = pairs.Length == 0 ? double.PositiveInfinity : pairs.Min(p => p.Tau);
        if (found.Decay == NirDecay.Euler && found.Step / 1e6 > shortest * (1 + Same))
        {
            throw new ExchangeException(ExchangeProblem.Network, graph.File, string.Empty,
                string.Create(CultureInfo.InvariantCulture, $"a time constant of {Number.Time(shortest)} is shorter than the step of ")
                + $"{Number.Time(found.Step / 1e6)}: an Euler step would overshoot",
                $"give a shorter step, such as --step \"{Number.Text(Math.Max(10, Math.Floor(shortest * 5e5)))} us\", or --decay exact");
        }

        return found;
    }

    private static NirTiming Written((double Step, NirDecay Decay) file, int? step, NirDecay? decay) =>
        new(step ?? (int)Math.Round(file.Step * 1e6), decay ?? file.Decay, (decay ?? file.Decay) == NirDecay.Exact,
            $"the file was written by NeuroMCU for steps of {Number.Time(file.Step)} and "
            + (file.Decay == NirDecay.Exact ? "exact decay" : "Euler steps"));

    private static NirTiming Find((double Tau, double Gain)[] pairs, int? step, NirDecay? decay)
    {
        string asked = step is null ? string.Empty : $"the step was asked for";
        (double Tau, double Gain)[] telling = [.. pairs.Where(p => Math.Abs(p.Gain - 1) > Same && p.Gain > 0)];
        if (telling.Length > 0 && telling.Length == pairs.Length)
        {
            double[] euler = Array.ConvertAll(telling, p => p.Tau / p.Gain);
            double[] exact = Array.ConvertAll(telling, p => p.Tau * Decayed(p.Gain));
            foreach ((double[] steps, NirDecay kind) in new[] { (euler, NirDecay.Euler), (exact, NirDecay.Exact) })
            {
                double mean = steps.Average();
                bool whole = Math.Abs(mean * 1e6 - Math.Round(mean * 1e6)) < 2e-4 * Math.Max(1, mean * 1e6 / 10);
                if (steps.All(s => Math.Abs(s - mean) < Same * mean) && whole && (decay ?? kind) == kind && mean >= 9.99e-6)
                {
                    int micros = (int)Math.Round(mean * 1e6);
                    return new NirTiming(step ?? micros, kind, kind == NirDecay.Exact, kind == NirDecay.Euler
                        ? $"every r is tau/dt with dt = {Number.Time(mean)}: Euler steps, as snnTorch and Norse take them"
                        : $"every r is tau/dt exp(-dt/tau) with dt = {Number.Time(mean)}: exact decay, as Rockpool takes it");
                }
            }
        }

        if (step is { } given)
        {
            return new NirTiming(given, decay ?? NirDecay.Euler, false, asked);
        }

        double shortest = pairs.Length == 0 ? 1 : pairs.Min(p => p.Tau);
        int usual = (int)Math.Clamp(Math.Pow(10, Math.Floor(Math.Log10(shortest / 5 * 1e6) + 1e-9)), 10, 100);
        return new NirTiming(usual, decay ?? NirDecay.Euler, false,
            "r does not tell for which step the file was made (files hold seconds): --step sets another");
    }

    // u of exp(-u)/u = gain, by Newton's method on u + ln u + ln gain = 0.
    private static double Decayed(double gain)
    {
        double u = gain > 1 ? 1 / gain : 1;
        for (int i = 0; i < 60; i++)
        {
            u = Math.Max(u - (u + Math.Log(u) + Math.Log(gain)) / (1 + 1 / u), u / 10);
        }

        return u;
    }

    // Where a gain of one step is in the file: tau and r of a membrane, tau_syn and w_in of a current.
    private static IEnumerable<(double Tau, double Gain)> Pairs(NirNode node)
    {
        for (int i = 0; i < node.Size; i++)
        {
            if (node.Type is "LIF" or "LI")
            {
                yield return (node.At("tau", i), node.At("r", i));
            }
            else if (node.Type is "CubaLIF" or "CubaLI")
            {
                yield return (node.At("tau_mem", i), node.At("r", i));
                yield return (node.At("tau_syn", i), node.At("w_in", i, 1));
            }
        }
    }
}
