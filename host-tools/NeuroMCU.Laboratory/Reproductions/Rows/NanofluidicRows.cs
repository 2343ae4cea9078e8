// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Recordings;

namespace NeuroMCU.Laboratory.Reproductions.Rows;

/// <summary>Nanofluidic channels that remember: loops, pulses, times.</summary>
internal static class NanofluidicRows
{
    private const string Robin = "Robin et al., Science 379, 161 (2023): loops and pulses; exponential memory kernel";

    /// <summary>All of them.</summary>
    /// <returns>Rows.</returns>
    public static IEnumerable<ReproductionRow> All()
    {
        // Of a unipolar channel the conductance follows |V|, whose frequency is twice that of V.
        yield return Row("nanofluidic-bipolar-frequency", "2 pi f tau of the largest loop", 1, 0.2, string.Empty, Robin, (lab, c) => Largest(lab, c, "bipolar", 1));
        yield return Row("nanofluidic-unipolar-frequency", "2 pi (2f) tau of the largest loop", 1, 0.2, string.Empty, Robin, (lab, c) => Largest(lab, c, "unipolar", 2));
        yield return Row("nanofluidic-bipolar-millihertz", "frequency of the largest loop of a channel with a memory of 50 s", 3.18, 0.64, "mHz",
            Robin + ", memories of 50 to 400 s", (lab, c) => 1e3 * Largest(lab, c, "bipolar", 1, "tau_m: 50 s", 50000, 100) / (2 * Math.PI * 50));
        yield return Row("nanofluidic-bipolar-loop", "area of the loop below 0 V over that above, negative where it crosses", -1, 0.05, string.Empty, Robin, (lab, c) => Halves(lab, c, "bipolar"));
        yield return Row("nanofluidic-unipolar-loop", "area of the loop below 0 V over that above, positive where it touches", 1, 0.05, string.Empty, Robin, (lab, c) => Halves(lab, c, "unipolar"));
        yield return Row(
            "nanofluidic-reversible", "conductance that 30 write and 30 erase pulses leave, in parts of what the writes added", 0, 0.05, string.Empty, Robin,
            (lab, c) =>
            {
                double[] g = MemoryRuns.Trace(lab, c, Pulses, 0);
                return (g[1350] - g[450]) / (g[900] - g[450]);
            });
        yield return Row(
            "nanofluidic-reversible-minutes", "the same with pulses of 10 s and a memory of 100 s", 0, 0.05, string.Empty, Robin,
            (lab, c) =>
            {
                double[] g = MemoryRuns.Trace(lab, c, MemoryRuns.Text("model: nanofluidic-bipolar, preset: minutes", "100 ms", "1351000", "1 s", "G",
                    Train("-1 V", 0), Train("1 V", 450), Train("-1 V", 900)), 0);
                return (g[1350] - g[450]) / (g[900] - g[450]);
            });
        yield return Row(
            "nanofluidic-read", "change by a read of 0.1 V and 5 ms, in parts of a write of 1 V and 10 ms", 0, 0.15, string.Empty, Robin,
            (lab, c) =>
            {
                double[] g = MemoryRuns.Trace(lab, c, Channel("nanofluidic-unipolar", 100, "pulses: {amplitude: 1 V, width: 10 ms, period: 1 s}", "pulses: {amplitude: 0.1 V, width: 5 ms, period: 1 s, start: 11 ms}"), 0);
                double[] without = MemoryRuns.Trace(lab, c, Channel("nanofluidic-unipolar", 100, "pulses: {amplitude: 1 V, width: 10 ms, period: 1 s}"), 0);
                return (g[16] - without[16]) / (g[10] - g[0]);
            });
        yield return Row(
            "nanofluidic-relaxation", "time in which a written channel forgets to 1/e", 100, 1, "ms", Robin,
            (lab, c) =>
            {
                double[] g = MemoryRuns.Trace(lab, c, Channel("nanofluidic-unipolar", 600, "pulses: {amplitude: 1 V, width: 10 ms, period: 1 s}"), 0);
                return 100 / Math.Log((g[10] - 0.1) / (g[110] - 0.1));
            }) with
        { Remark = "channels also keep a part of what was written for hours, which one exponential does not; how much was not found" };
        foreach ((string preset, double seconds) in new[] { ("minutes", 100.0), ("slowest", 400.0) })
        {
            yield return Row(
                "nanofluidic-" + preset, "time in which a channel forgets to 1/e, as slow as it is", seconds, 0.01 * seconds, "s", Robin,
                (lab, c) =>
                {
                    double[] g = MemoryRuns.Trace(lab, c, MemoryRuns.Text("model: nanofluidic-unipolar, preset: " + preset, "100 ms", "210000",
                        "1 s", "G", "pulses: {amplitude: 1 V, width: 10 s, period: 1000 s}"), 0);
                    return 190 / Math.Log((g[12] - 0.1) / (g[202] - 0.1));
                });
        }

        yield return Row(
            "nanofluidic-unipolar-decades", "decades between the conductance at 1 V and that at 0 V", 2, 0.01, string.Empty, Robin,
            (lab, c) => Math.Log10(Settled(lab, c, "nanofluidic-unipolar", "1 V") / Settled(lab, c, "nanofluidic-unipolar", "0 V")));
        yield return Row(
            "nanofluidic-bipolar-ratio", "conductance at 1 V over that at -1 V, up to 5", 5, 0.05, string.Empty, Robin,
            (lab, c) => Settled(lab, c, "nanofluidic-bipolar, beta: 5", "1 V") / Settled(lab, c, "nanofluidic-bipolar, beta: 5", "-1 V"));
        foreach ((string kind, double ratio, string how) in new[]
            { ("bipolar", 1.0, "positive where it is simple"), ("unipolar", -1.0, "negative where it is twisted") })
        {
            yield return Row(
                "nanofluidic-" + kind + "-conductance-loop", "area of the loop of conductance below 0 V over that above, " + how, ratio, 0.05,
                string.Empty, Robin, (lab, c) => Halves(lab, c, kind, "G"));
        }

        foreach ((string order, string sign, double direction) in new[] { ("before", "1 V", 1.0), ("after", "-1 V", -1.0) })
        {
            yield return Row(
                "nanofluidic-pairing-" + order, "direction in which a pulse for a source " + order + " its target moves the conductance",
                direction, 0, string.Empty, Robin,
                (lab, c) =>
                {
                    double[] g = MemoryRuns.Trace(lab, c, Channel("nanofluidic-bipolar", 30, "pulses: {amplitude: " + sign
                        + ", width: 10 ms, period: 1 s, start: 5 ms}"), 0);
                    return Math.Sign(g[16] - g[2]);
                }) with
            { Remark = "the order of spikes sets sign and length of the pulse; by how much the conductance moves was not found" };
        }
    }

    private static ReproductionRow Row(string name, string quantity, double expected, double tolerance, string unit, string source,
        Func<CircuitLaboratory, Column, double> measure)
        => TextRuns.Row(name, quantity, expected, tolerance, unit, source, measure, "memory");

    private static string Train(string volts, int start)
        => $"pulses: {{amplitude: {volts}, width: 10 s, period: 15 s, count: 30, start: {start} s}}";

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

    private static string Channel(string model, int milliseconds, params string[] inputs)
    {
        return MemoryRuns.Text($"model: {model}, preset: scaled", "1 ms", MemoryRuns.Number(milliseconds), "1 ms", "G", inputs);
    }

    // Area of the loop while the voltage is positive and while it is negative, in the fourth period of a sine.
    private static (double Positive, double Negative) Areas(CircuitLaboratory lab, Column column, string kind, int period,
        string quantity = "I", string set = "preset: scaled", int step = 1)
    {
        string ms = step + " ms";
        period /= step;
        string text = MemoryRuns.Text(
            $"model: nanofluidic-{kind}, {set}", ms, MemoryRuns.Number(((4 * period) + 1) * step), ms, "V " + quantity,
            $"sine: {{amplitude: 1 V, period: {period * step} ms}}");
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
    private static double Halves(CircuitLaboratory lab, Column column, string kind, string quantity = "I")
    {
        (double positive, double negative) = Areas(lab, column, kind, 628, quantity);
        return negative / positive;
    }

    // The peak of a parabola through the logarithms of three frequencies about the largest of seven.
    private static double Largest(CircuitLaboratory lab, Column column, string kind, int times, string set = "preset: scaled",
        int memory = 100, int step = 1)
    {
        double[] x = [.. new[] { 0.35, 0.5, 0.7, 1, 1.4, 2, 2.8 }.Where(w => 8 * Math.PI * memory * times / w < 2.1e6)];
        double[] area =
        [
            .. x.Select(w => Math.Abs(Areas(lab, column, kind, (int)Math.Round(2 * Math.PI * memory * times / w), "I", set, step).Positive)),
        ];
        int best = Math.Clamp(Array.IndexOf(area, area.Max()), 1, x.Length - 2);
        double apart = Math.Log(2) / 2;
        double bend = area[best - 1] - (2 * area[best]) + area[best + 1];
        return x[best] * Math.Exp(apart * (area[best - 1] - area[best + 1]) / (2 * bend));
    }

    private static double Settled(CircuitLaboratory lab, Column column, string model, string volts)
        => MemoryRuns.Trace(lab, column, Channel(model, 1200, "step: {amplitude: " + volts + "}"), 0)[^1];
}
