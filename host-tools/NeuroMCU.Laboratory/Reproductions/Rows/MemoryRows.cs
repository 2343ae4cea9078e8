// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Recordings;

namespace NeuroMCU.Laboratory.Reproductions.Rows;

/// <summary>Memory channels whose laws are texts: loops, pulses, relaxation and levels.</summary>
internal static class MemoryRows
{
    private const string Robin = "Robin et al., Science 379, 161 (2023): loops and pulses; exponential memory kernel";
    private const string Lithium = "ACS Nano 18, 22045 (2024), what the node does; equations and numbers of our own";
    private const string Emmerich = "Emmerich et al., Nature Electronics 7, 271 (2024): ratio of 9 to 60, a charge switches";
    private const string Serb = "Serb et al., Sci. Rep. 10, 2590 (2020), control program: 4 to 9 kOhm, pulses of 4 V and 100 us";

    /// <summary>All of them.</summary>
    /// <returns>Rows.</returns>
    public static IEnumerable<ReproductionRow> All()
    {
        // Of a unipolar channel the conductance follows |V|, whose frequency is twice that of V.
        yield return Row("nanofluidic-bipolar-frequency", "2 pi f tau of the largest loop", 1, 0.2, string.Empty, Robin, (lab, c) => Largest(lab, c, "bipolar", 1));
        yield return Row("nanofluidic-unipolar-frequency", "2 pi (2f) tau of the largest loop", 1, 0.2, string.Empty, Robin, (lab, c) => Largest(lab, c, "unipolar", 2));
        yield return Row("nanofluidic-bipolar-loop", "area of the loop below 0 V over that above, negative where it crosses", -1, 0.05, string.Empty, Robin, (lab, c) => Halves(lab, c, "bipolar"));
        yield return Row("nanofluidic-unipolar-loop", "area of the loop below 0 V over that above, positive where it touches", 1, 0.05, string.Empty, Robin, (lab, c) => Halves(lab, c, "unipolar"));
        yield return Row(
            "nanofluidic-reversible", "conductance that 30 write and 30 erase pulses leave, in parts of what the writes added", 0, 0.05, string.Empty, Robin,
            (lab, c) =>
            {
                double[] g = Trace(lab, c, Pulses, 0);
                return (g[1350] - g[450]) / (g[900] - g[450]);
            });
        yield return Row(
            "nanofluidic-read", "change by a read of 0.1 V and 5 ms, in parts of a write of 1 V and 10 ms", 0, 0.15, string.Empty, Robin,
            (lab, c) =>
            {
                double[] g = Trace(lab, c, Channel("nanofluidic-unipolar", 100, "pulses: {amplitude: 1 V, width: 10 ms, period: 1 s}", "pulses: {amplitude: 0.1 V, width: 5 ms, period: 1 s, start: 11 ms}"), 0);
                double[] without = Trace(lab, c, Channel("nanofluidic-unipolar", 100, "pulses: {amplitude: 1 V, width: 10 ms, period: 1 s}"), 0);
                return (g[16] - without[16]) / (g[10] - g[0]);
            });
        yield return Row(
            "nanofluidic-relaxation", "time in which a written channel forgets to 1/e", 100, 1, "ms", Robin,
            (lab, c) =>
            {
                double[] g = Trace(lab, c, Channel("nanofluidic-unipolar", 600, "pulses: {amplitude: 1 V, width: 10 ms, period: 1 s}"), 0);
                return 100 / Math.Log((g[10] - 0.1) / (g[110] - 0.1));
            });
        yield return Row("lithium-paired-pulse", "(G2 - G0)/(G1 - G0) of two pulses 40 ms apart", 1 + Math.Exp(-0.4), 0.15, string.Empty, Lithium, (lab, c) => Paired(lab, c, 50));
        yield return Row(
            "lithium-paired-decay", "extra of a second pulse after 90 ms over that after 40 ms", Math.Exp(-0.05 / 0.1), 0.12, string.Empty, Lithium,
            (lab, c) => (Paired(lab, c, 100) - 1) / (Paired(lab, c, 50) - 1));
        yield return Row(
            "lithium-tunable", "relaxation after 2 s of excitation over that after 10 ms", 1 + (9 * (1 - Math.Exp(-2))), 2.5, string.Empty, Lithium,
            (lab, c) => Relaxation(lab, c, 2000) / Relaxation(lab, c, 10));
        yield return Row(
            "lithium-formed", "share of the conductance that a formed node keeps for 2 s", 1, 0.001, string.Empty, Lithium,
            (lab, c) =>
            {
                double[] g = Trace(lab, c, Node("pulses: {amplitude: 3.2 V, width: 10 ms, period: 10 s, start: 10 ms}", 2100), 1);
                return (g[2090] - 1) / (g[90] - 1);
            });
        yield return Row(
            "lithium-levels", "levels of a formed node on the way up", 16, 0, string.Empty, Lithium,
            (lab, c) =>
            {
                double[] g = Trace(lab, c, Node(
                    "pulses: {amplitude: 3.2 V, width: 1 ms, period: 10 s, start: 1 ms}", 4000,
                    "pulses: {amplitude: -3.2 V, width: 50 ms, period: 10 s, start: 20 ms}",
                    "pulses: {amplitude: 1.204 V, width: 4 s, period: 10 s, start: 100 ms}"), 1);
                return g.Select(v => Math.Round(v, 4)).Distinct().Count();
            });
        foreach ((string preset, double ratio) in new[] { ("least", 9.0), ("largest", 60) })
        {
            yield return Row(
                "asymmetric-ratio-" + preset, "conductance on over off", ratio, 0.01 * ratio, string.Empty, Emmerich,
                (lab, c) =>
                {
                    double[] g = Trace(lab, c, Asymmetric(preset), 0);
                    return g[1500] / g[10];
                });
        }

        yield return Row(
            "asymmetric-retention", "conductance after 9 s without voltage, 30 times that when off", 30, 0.03, "nS", Emmerich,
            (lab, c) => Trace(lab, c, Asymmetric("usual"), 0)[1190]);
        yield return Row(
            "asymmetric-charge", "charge that switches it on", 1, 0.02, "nC", Emmerich,
            (lab, c) => Trace(lab, c, Asymmetric("usual"), 1).Take(Array.FindIndex(Trace(lab, c, Asymmetric("usual"), 0), v => v > 2)).Sum() * 0.01);
        yield return Row("tiox-range-high", "resistance after 200 pulses of +4 V", 9, 0.05, "kOhm", Serb, (lab, c) => Trace(lab, c, Memristor("4 V", 200), 0)[^1]);
        yield return Row("tiox-range-low", "resistance after 200 pulses of -4 V", 4, 0.05, "kOhm", Serb, (lab, c) => Trace(lab, c, Memristor("-4 V", 200), 0)[^1]);
        yield return Row(
            "tiox-weight", "weight at 7 kOhm as a byte", 153, 0.5, string.Empty, Serb,
            (lab, c) =>
            {
                double[] r = Trace(lab, c, Memristor("4 V", 40), 0);
                double[] w = Trace(lab, c, Memristor("4 V", 40), 1);
                int at = Array.FindIndex(r, v => v >= 7);
                return w[at - 1] + ((w[at] - w[at - 1]) * (7 - r[at - 1]) / (r[at] - r[at - 1]));
            });
    }

    private static ReproductionRow Row(string name, string quantity, double expected, double tolerance, string unit, string source,
        Func<CircuitLaboratory, Column, double> measure)
    {
        return new ReproductionRow
        {
            Name = name,
            System = "memory",
            Quantity = quantity,
            Expected = expected,
            Tolerance = tolerance,
            Unit = unit,
            Source = source,
            Provenance = Provenance.Computed,
            Columns = [Column.Engine, Column.Reference],
            Measure = measure,
        };
    }

    private const string Pulses = """
        step: 1 ms
        duration: 1351 ms
        populations:
          cell: {model: nanofluidic-bipolar, preset: scaled, size: 1}
        inputs:
          - {to: cell, pulses: {amplitude: -1 V, width: 10 ms, period: 15 ms, count: 30}}
          - {to: cell, pulses: {amplitude: 1 V, width: 10 ms, period: 15 ms, count: 30, start: 450 ms}}
          - {to: cell, pulses: {amplitude: -1 V, width: 10 ms, period: 15 ms, count: 30, start: 900 ms}}
        record: {traces: [{population: cell, every: 1 ms}]}
        """;

    private static string Text(string cell, string step, string milliseconds, string every, string quantities, params string[] inputs)
    {
        return $"step: {step}\nduration: {milliseconds} ms\npopulations:\n  cell: {{{cell}, size: 1}}\ninputs:\n"
            + string.Concat(inputs.Select(i => $"  - {{to: cell, {i}}}\n"))
            + "record:\n  traces:\n" + string.Concat(quantities.Split(' ').Select(q => $"    - {{population: cell, every: {every}, quantity: {q}}}\n"));
    }

    private static string Number(double value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Channel(string model, int milliseconds, params string[] inputs)
    {
        return Text($"model: {model}, preset: scaled", "1 ms", Number(milliseconds), "1 ms", "G", inputs);
    }

    private static string Node(string input, int milliseconds, params string[] others)
    {
        return Text("model: lithium-tiox", "1 ms", Number(milliseconds), "1 ms", "w G", [input, .. others]);
    }

    private static string Asymmetric(string preset)
    {
        return Text(
            $"model: asymmetric-channel, preset: {preset}", "10 ms", "20000", "10 ms", "G I",
            "pulses: {amplitude: 1 V, width: 2 s, period: 60 s, start: 1 s}", "pulses: {amplitude: 0.1 V, width: 1 s, period: 60 s, start: 14.5 s}");
    }

    private static string Memristor(string volts, int pulses)
    {
        string start = volts[0] == '-' ? "pulses: {amplitude: 4 V, width: 100 us, period: 1 ms, count: 60}, " : string.Empty;
        string[] inputs = start.Length > 0
            ? ["pulses: {amplitude: 4 V, width: 100 us, period: 1 ms, count: 60}", $"pulses: {{amplitude: {volts}, width: 100 us, period: 1 ms, count: {pulses}, start: 60 ms}}"]
            : [$"pulses: {{amplitude: {volts}, width: 100 us, period: 1 ms, count: {pulses}}}"];
        return Text("model: tiox-memristor", "100 us", Number(pulses + 70), "1 ms", "R weight", inputs);
    }

    private static double[] Trace(CircuitLaboratory lab, Column column, string text, int trace) =>
        [.. lab.RunText(text, column).Traces[trace].Values];

    // Area of the loop while the voltage is positive and while it is negative, in the fourth period of a sine.
    private static (double Positive, double Negative) Areas(CircuitLaboratory lab, Column column, string kind, int period)
    {
        string text = Text(
            $"model: nanofluidic-{kind}, preset: scaled", "1 ms", Number((4 * period) + 1), "1 ms", "V I", $"sine: {{amplitude: 1 V, period: {period} ms}}");
        RunRecording run = lab.RunText(text, column);
        double[] v = [.. run.Traces[0].Values];
        double[] i = [.. run.Traces[1].Values];
        double positive = 0;
        double negative = 0;
        for (int k = (3 * period) + 1; k <= 4 * period; k++)
        {
            double part = (i[k] + i[k - 1]) / 2 * (v[k] - v[k - 1]);
            positive += v[k] + v[k - 1] > 0 ? part : 0;
            negative += v[k] + v[k - 1] > 0 ? 0 : part;
        }

        return (positive, negative);
    }

    // Both halves run round in the same sense where the loop only touches itself at the origin.
    private static double Halves(CircuitLaboratory lab, Column column, string kind)
    {
        (double positive, double negative) = Areas(lab, column, kind, 628);
        return negative / positive;
    }

    // The peak of a parabola through the logarithms of three frequencies about the largest of seven.
    private static double Largest(CircuitLaboratory lab, Column column, string kind, int times)
    {
        double[] x = [0.35, 0.5, 0.7, 1, 1.4, 2, 2.8];
        double[] area = [.. x.Select(w => Math.Abs(Areas(lab, column, kind, (int)Math.Round(2 * Math.PI * 100 * times / w)).Positive))];
        int best = Math.Clamp(Array.IndexOf(area, area.Max()), 1, x.Length - 2);
        double step = Math.Log(2) / 2;
        double bend = area[best - 1] - (2 * area[best]) + area[best + 1];
        return x[best] * Math.Exp(step * (area[best - 1] - area[best + 1]) / (2 * bend));
    }

    private static double Paired(CircuitLaboratory lab, Column column, int distance)
    {
        double[] w = Trace(lab, column, Node($"pulses: {{amplitude: 1 V, width: 10 ms, period: {distance} ms, count: 2, start: 10 ms}}", 300), 0);
        return w[20 + distance] / w[20];
    }

    private static double Relaxation(CircuitLaboratory lab, Column column, int width)
    {
        double[] w = Trace(lab, column, Node($"pulses: {{amplitude: 1 V, width: {width} ms, period: 60 s, start: 10 ms}}", width + 80), 0);
        return 20 / Math.Log(w[width + 12] / w[width + 32]);
    }
}
