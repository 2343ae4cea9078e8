// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Recordings;

namespace NeuroMCU.Laboratory.Reproductions.Rows;

/// <summary>Memory channels whose laws are texts: loops, pulses, relaxation and levels.</summary>
internal static class MemoryRows
{
    private const string Lithium = "ACS Nano 18, 22045 (2024), what the node does; equations and numbers of our own";
    private const string Emmerich = "Emmerich et al., Nature Electronics 7, 271 (2024): ratio of 9 to 60, a charge switches";
    private const string Serb = "Serb et al., Sci. Rep. 10, 2590 (2020), control program: 4 to 9 kOhm, pulses of 4 V and 100 us";

    /// <summary>All of them.</summary>
    /// <returns>Rows.</returns>
    public static IEnumerable<ReproductionRow> All()
    {
        yield return Row("lithium-paired-pulse", "(G2 - G0)/(G1 - G0) of two pulses 40 ms apart", 1 + Math.Exp(-0.4), 0.15, string.Empty, Lithium, (lab, c) => Paired(lab, c, 50));
        yield return Row(
            "lithium-paired-decay", "extra of a second pulse after 90 ms over that after 40 ms", Math.Exp(-0.05 / 0.1), 0.12, string.Empty, Lithium,
            (lab, c) => (Paired(lab, c, 100) - 1) / (Paired(lab, c, 50) - 1));
        yield return Row(
            "lithium-tunable", "relaxation after 2 s of excitation over that after 10 ms", 1 + (9 * (1 - Math.Exp(-2))), 2.5, string.Empty, Lithium,
            (lab, c) => Relaxation(lab, c, 2000) / Relaxation(lab, c, 10));
        yield return Row(
            "lithium-relaxation", "time in which a node forgets to 1/e after a short excitation", 100, 10, "ms", Lithium,
            (lab, c) => Relaxation(lab, c, 10));
        yield return Row(
            "lithium-rate", "weight after ten pulses at 20 Hz over that at 5 Hz: more than 1", 2, 0.99, string.Empty, Lithium,
            (lab, c) => Train(lab, c, 50)[(9 * 50) + 11] / Train(lab, c, 200)[(9 * 200) + 11]) with
        { Remark = "plasticity by the rate of pulses is said to be seen; a number was not found" };
        yield return Row(
            "lithium-post-tetanic", "rest of the weight 300 ms after ten pulses at 20 Hz over that after one: more than 1", 10, 8.99,
            string.Empty, Lithium, (lab, c) => Train(lab, c, 50)[(9 * 50) + 311] / Train(lab, c, 5000)[311]) with
        { Remark = "potentiation after a train is said to be seen; a number was not found" };
        yield return Row(
            "lithium-smooth", "largest step of the conductance in a slow sweep to 2 V, in parts of its range: no jump", 0, 0.05,
            string.Empty, Lithium,
            (lab, c) =>
            {
                double[] g = MemoryRuns.Trace(lab, c, Node("triangle: {amplitude: 2 V, period: 2 s}", 2000), 1);
                return g.Zip(g.Skip(1), (a, b) => Math.Abs(b - a)).Max() / (g.Max() - g.Min());
            });
        yield return Row(
            "lithium-formed", "share of the conductance that a formed node keeps for 2 s", 1, 0.001, string.Empty, Lithium,
            (lab, c) =>
            {
                double[] g = MemoryRuns.Trace(lab, c, Node("pulses: {amplitude: 3.2 V, width: 10 ms, period: 10 s, start: 10 ms}", 2100), 1);
                return (g[2090] - 1) / (g[90] - 1);
            });
        yield return Row(
            "lithium-levels", "levels of a formed node on the way up", 16, 0, string.Empty, Lithium,
            (lab, c) =>
            {
                double[] g = MemoryRuns.Trace(lab, c, Node(
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
                    double[] g = MemoryRuns.Trace(lab, c, Asymmetric(preset), 0);
                    return g[1500] / g[10];
                });
        }

        yield return Row(
            "asymmetric-retention", "conductance after 9 s without voltage, 30 times that when off", 30, 0.03, "nS", Emmerich,
            (lab, c) => MemoryRuns.Trace(lab, c, Asymmetric("usual"), 0)[1190]);
        yield return Row(
            "asymmetric-charge", "charge that switches it on", 1, 0.02, "nC", Emmerich,
            (lab, c) => MemoryRuns.Trace(lab, c, Asymmetric("usual"), 1).Take(Array.FindIndex(MemoryRuns.Trace(lab, c, Asymmetric("usual"), 0), v => v > 2)).Sum() * 0.01);
        yield return Row(
            "asymmetric-reset", "conductance after 2 s of -1 V", 1, 0.01, "nS", Emmerich,
            (lab, c) => MemoryRuns.Trace(lab, c, Asymmetric("usual", "pulses: {amplitude: -1 V, width: 2 s, period: 60 s, start: 10 s}"), 0)[1190]);
        yield return Row(
            "asymmetric-time", "time for which 1 V has to last until it switches: seconds in the paper", 1, 0.02, "s", Emmerich,
            (lab, c) => (Array.FindIndex(MemoryRuns.Trace(lab, c, Asymmetric("usual"), 0), v => v > 2) * 0.01) - 1) with
        { Remark = "the charge that switches was not found; 1 nC at 1 nS is our own" };
        yield return Row("tiox-range-high", "resistance after 200 pulses of +4 V", 9, 0.05, "kOhm", Serb, (lab, c) => MemoryRuns.Trace(lab, c, Memristor("4 V", 200), 0)[^1]);
        yield return Row("tiox-range-low", "resistance after 200 pulses of -4 V", 4, 0.05, "kOhm", Serb, (lab, c) => MemoryRuns.Trace(lab, c, Memristor("-4 V", 200), 0)[^1]);
        yield return Row(
            "tiox-weight", "weight at 7 kOhm as a byte", 153, 0.5, string.Empty, Serb,
            (lab, c) =>
            {
                double[] r = MemoryRuns.Trace(lab, c, Memristor("4 V", 40), 0);
                double[] w = MemoryRuns.Trace(lab, c, Memristor("4 V", 40), 1);
                int at = Array.FindIndex(r, v => v >= 7);
                return w[at - 1] + ((w[at] - w[at - 1]) * (7 - r[at - 1]) / (r[at] - r[at - 1]));
            });
    }

    private static ReproductionRow Row(string name, string quantity, double expected, double tolerance, string unit, string source,
        Func<CircuitLaboratory, Column, double> measure)
        => TextRuns.Row(name, quantity, expected, tolerance, unit, source, measure, "memory");

    private static string Node(string input, int milliseconds, params string[] others)
    {
        return MemoryRuns.Text("model: lithium-tiox", "1 ms", MemoryRuns.Number(milliseconds), "1 ms", "w G", [input, .. others]);
    }

    private static string Asymmetric(string preset, params string[] more)
    {
        return MemoryRuns.Text(
            $"model: asymmetric-channel, preset: {preset}", "10 ms", "20000", "10 ms", "G I",
            ["pulses: {amplitude: 1 V, width: 2 s, period: 60 s, start: 1 s}",
                "pulses: {amplitude: 0.1 V, width: 1 s, period: 60 s, start: 14.5 s}", .. more]);
    }

    private static string Memristor(string volts, int pulses)
    {
        string start = volts[0] == '-' ? "pulses: {amplitude: 4 V, width: 100 us, period: 1 ms, count: 60}, " : string.Empty;
        string[] inputs = start.Length > 0
            ? ["pulses: {amplitude: 4 V, width: 100 us, period: 1 ms, count: 60}", $"pulses: {{amplitude: {volts}, width: 100 us, period: 1 ms, count: {pulses}, start: 60 ms}}"]
            : [$"pulses: {{amplitude: {volts}, width: 100 us, period: 1 ms, count: {pulses}}}"];
        return MemoryRuns.Text("model: tiox-memristor", "100 us", MemoryRuns.Number(pulses + 70), "1 ms", "R weight", inputs);
    }

    private static double Paired(CircuitLaboratory lab, Column column, int distance)
    {
        double[] w = MemoryRuns.Trace(lab, column, Node($"pulses: {{amplitude: 1 V, width: 10 ms, period: {distance} ms, count: 2, start: 10 ms}}", 300), 0);
        return w[20 + distance] / w[20];
    }

    private static double Relaxation(CircuitLaboratory lab, Column column, int width)
    {
        double[] w = MemoryRuns.Trace(lab, column, Node($"pulses: {{amplitude: 1 V, width: {width} ms, period: 60 s, start: 10 ms}}", width + 80), 0);
        return 20 / Math.Log(w[width + 12] / w[width + 32]);
    }

    private static double[] Train(CircuitLaboratory lab, Column column, int distance)
        => MemoryRuns.Trace(lab, column, Node($"pulses: {{amplitude: 1 V, width: 10 ms, period: {distance} ms, count: 10, start: 0 ms}}", 2400), 0);
}
