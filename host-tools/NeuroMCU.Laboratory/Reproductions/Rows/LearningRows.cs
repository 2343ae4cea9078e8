// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Recordings;

namespace NeuroMCU.Laboratory.Reproductions.Rows;

/// <summary>Rules of learning: windows of pairs, triplets over the rate, use of a synapse, the rate rule, rewards and scaling.</summary>
internal static class LearningRows
{
    private const string Song = "Song, Miller and Abbott, Nat. Neurosci. 3, 919 (2000)";
    private const string Sjostrom =
        "Sjostrom et al., Neuron 32, 1149 (2001), as Pfister and Gerstner, J. Neurosci. 26, 9673 (2006), fit them: 60 pairs, minimal set of "
        + "the visual cortex";

    private const string Tsodyks = "Tsodyks, Pawelzik and Markram, Neural Comput. 10, 821 (1998): closed form of the steady state";
    private const string Serb = "Serb et al., Sci. Rep. 10, 2590 (2020), figure 2, and the rule of its control program";
    private const string VanRossum = "van Rossum, Bi and Turrigiano, J. Neurosci. 20, 8812 (2000)";
    private const string Izhikevich = "Izhikevich, Cereb. Cortex 17, 2443 (2007): marks that decay until a reward comes";

    // Rules write weights as parts of their limit; the rows begin at a half of it.
    private const double Start = 0.5;

    /// <summary>All of them.</summary>
    /// <returns>Rows.</returns>
    public static IEnumerable<ReproductionRow> All()
    {
        foreach ((int distance, double expected) in new[] { (10, Math.Exp(-0.5)), (-10, -1.05 * Math.Exp(-0.5)) })
        {
            yield return Row("stdp-" + Name(distance), $"change of a weight by a spike {Text(distance)} ms after an arrival, over A+",
                expected, 0.01, string.Empty, Song + ": A-/A+ = 1.05, windows of 20 ms",
                (lab, c) => (Pair(lab, c, "{rule: stdp, A_plus: 0.1, A_minus: 0.105}", [200], [200 + distance], 400)[^1] - Start) / 0.1) with
            { Provenance = Provenance.Printed };
        }

        // Mean and standard error of the change in slices.
        foreach ((int distance, int rate, double change, double error) in new[]
        {
            (10, 10, 0.14, 0.10), (10, 20, 0.29, 0.14), (10, 40, 0.53, 0.11), (10, 50, 0.56, 0.32), (-10, 10, -0.41, 0.11),
            (-10, 20, -0.34, 0.10), (-10, 50, 0.75, 0.19),
        })
        {
            yield return Row(
                string.Create(CultureInfo.InvariantCulture, $"triplet-{Name(distance)}-{rate}"),
                string.Create(CultureInfo.InvariantCulture, $"relative change by 60 spikes {distance} ms after arrivals at {rate} Hz"),
                change, error, string.Empty, Sjostrom, (lab, c) => Triplets(lab, c, distance, rate)) with
            { Provenance = Provenance.Recalled };
        }

        foreach ((string preset, double share, double facil, double rec) in new[]
            { ("depressing", 0.5, 10.0, 800.0), ("facilitating", 0.05, 1000, 100) })
        {
            double expected = SteadyUse(share, facil, rec, 50) / share;
            yield return Row("short-term-" + preset, "response in the long run over the first one, at 20 Hz", expected, 0.01 * expected,
                string.Empty, Tsodyks, (lab, c) => Used(lab, c, preset));
        }

        foreach ((string phase, int from, int sign, string what) in new[]
        {
            ("rest", 0, 0, "at 10 Hz"), ("potentiation", 15, 1, "at 25 Hz"), ("rest-again", 30, 0, "at 10 Hz again"),
            ("depression", 45, -1, "at 2 Hz"),
        })
        {
            yield return Row("rate-rule-" + phase, "direction in which 15 s of arrivals " + what + " move the weight", sign, 0, string.Empty,
                Serb, (lab, c) => Moved(lab, c, from));
        }

        yield return Row("reward-late", "change by a reward 490 ms after a pair, over that by one 20 ms after it", Math.Exp(-470 / 400.0), 0.01,
            string.Empty, Izhikevich, (lab, c) => Rewarded(lab, c, 700) / Rewarded(lab, c, 230));
        yield return Row("reward-none", "change by a pair without a reward", 0, 0.0005, string.Empty, Izhikevich,
            (lab, c) => Rewarded(lab, c, 0));
        foreach ((double start, double expected) in new[] { (0.2, 0.8), (0.8, 0.2) })
        {
            yield return Row("weight-dependent-up-" + Text(start), "potentiation of a weight at " + Text(start) + " of its limit, over the largest",
                expected, 0.01, string.Empty, "Gutig et al., J. Neurosci. 23, 3697 (2003), mu = 1: proportional to the rest of the way",
                (lab, c) => (Pair(lab, c, "{rule: weight-dependent-stdp, lambda: 0.1}", [200], [210], 400, start)[^1] - start)
                    / (0.1 * Math.Exp(-0.5)));
        }

        foreach ((string name, string weight) in new[] { ("loud", "0.35"), ("quiet", "0.06") })
        {
            yield return Row("homeostatic-" + name, "rate of a cell that began " + name + ", with a target of 10 Hz", 10, 3, "Hz", VanRossum,
                (lab, c) => Scaled(lab, c, weight));
        }
    }

    private static ReproductionRow Row(string name, string quantity, double expected, double tolerance, string unit, string source,
        Func<CircuitLaboratory, Column, double> measure)
        => TextRuns.Row("learning-" + name, quantity, expected, tolerance, unit, source, measure, "learning");

    private static string Name(int distance) => distance > 0 ? "after" : "before";

    private static string Text(double number) => number.ToString(CultureInfo.InvariantCulture);

    // The weight of one synapse over time, as a part of its limit; a teacher makes the cell fire.
    private static double[] Pair(CircuitLaboratory lab, Column column, string rule, IEnumerable<int> arrivals, IEnumerable<int> spikes,
        int milliseconds, double start = Start, int reward = 0, int every = 10)
    {
        static string list(IEnumerable<int> times) => "[" + string.Join(", ", times.Select(t => $"[0, {t - 1} ms]")) + "]";
        RunRecording run = lab.RunText(
            $$"""
            duration: {{milliseconds}} ms
            populations:
              source: {model: input, size: 1}
              teacher: {model: input, size: 1}
              judge: {model: input, size: 1}
              cell: {model: lif, size: 1, tau: 5 ms, threshold: 1}
            projections:
              - {from: teacher, to: cell, connect: all-to-all, weight: 3, delay: 1 ms}
              - {name: learned, from: source, to: cell, connect: all-to-all, weight: {{Text(0.01 * start)}}, weight_limit: 0.01, delay: 1 ms,
                  learning: {{rule}} }
            inputs:
              - {to: source, spikes: {{list(arrivals)}} }
              - {to: teacher, spikes: {{list(spikes)}} }
              - {to: judge, spikes: {{(reward == 0 ? "[]" : list([reward]))}} }
            record: {weights: [{projection: learned, every: {{every}} ms}]}
            """,
            column);
        return [.. run.Traces[0].Values.Select(w => w / 0.01)];
    }

    // A fifth of the amplitudes, so that no change meets an end.
    private static double Triplets(CircuitLaboratory lab, Column column, int distance, int rate)
    {
        const int Pairs = 60;
        int[] arrivals = [.. Enumerable.Range(0, Pairs).Select(k => 200 + (k * 1000 / rate))];
        double[] w = Pair(lab, column, "{rule: triplet-stdp, A3_plus: 0.0013, A2_minus: 0.00142}", arrivals,
            [.. arrivals.Select(t => t + distance)], 300 + (Pairs * 1000 / rate));
        return (w[^1] - w[0]) * 5;
    }

    private static double SteadyUse(double share, double facil, double rec, double interval)
    {
        double use = share / (1 - ((1 - share) * Math.Exp(-interval / facil)));
        double lost = Math.Exp(-interval / rec);
        return use * (1 - lost) / (1 - ((1 - use) * lost));
    }

    private static double Used(CircuitLaboratory lab, Column column, string preset)
    {
        string spikes = string.Join(", ", Enumerable.Range(0, 80).Select(k => $"[0, {20 + (50 * k)} ms]"));
        double[] v = lab.RunText(
            $$"""
            step: 100 us
            duration: 4020 ms
            populations:
              source: {model: input, size: 1}
              cell: {model: lif, size: 1, tau: 5 ms, threshold: 1}
            projections:
              - {from: source, to: cell, connect: all-to-all, weight: 0.9, weight_limit: 0.9, delay: 1 ms,
                  learning: {rule: short-term, preset: {{preset}} } }
            inputs:
              - {to: source, spikes: [{{spikes}}]}
            record: {traces: [{population: cell, every: 1 ms}]}
            """,
            column).Traces[0].Values;
        return v[3972] / v[22];
    }

    // -1, 0 or 1; the window of 1 s forgets the phase before within its first second.
    private static double Moved(CircuitLaboratory lab, Column column, int from)
    {
        List<int> arrivals = [];
        foreach ((int start, int rate) in new[] { (0, 10), (15, 25), (30, 10), (45, 2) })
        {
            arrivals.AddRange(Enumerable.Range(0, 15 * rate).Select(k => (start * 1000) + 20 + (k * 1000 / rate)));
        }

        double[] w = Pair(lab, column, "rate-rule", arrivals, Enumerable.Range(0, 580).Select(k => 2003 + (100 * k)), 60000, every: 500);
        double change = w[(from + 15) * 2] - w[(from + 2) * 2];
        return Math.Abs(change) < 1e-3 ? 0 : Math.Sign(change);
    }

    private static double Rewarded(CircuitLaboratory lab, Column column, int reward)
        => Pair(lab, column, "{rule: reward-stdp, modulator: judge, A_plus: 0.2, tau_e: 400 ms}", [200], [210], 1000, Start, reward)[^1]
            - Start;

    private static double Scaled(CircuitLaboratory lab, Column column, string weight)
    {
        RunRecording run = lab.RunText(
            $$"""
            duration: 60 s
            seed: 1
            populations:
              inputs: {model: input, size: 20}
              cell: {model: lif, size: 1, tau: 20 ms, threshold: 1}
            projections:
              - {from: inputs, to: cell, connect: all-to-all, weight: {{weight}}, weight_limit: 0.5, delay: 1 ms,
                  learning: {rule: homeostatic, every: 200 ms} }
            inputs:
              - {to: inputs, poisson: {rate: 20 Hz} }
            """,
            column);
        return Trains.Of(run, 20).Count(t => t > 40) / 20.0;
    }
}
