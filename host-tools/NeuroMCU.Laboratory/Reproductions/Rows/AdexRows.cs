// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;

namespace NeuroMCU.Laboratory.Reproductions.Rows;

/// <summary>The adaptive exponential neuron: eight patterns, and the cell of Brette and Gerstner.</summary>
internal static class AdexRows
{
    private const string Naud =
        "Naud et al., Biol. Cybern. 99, 335 (2008), parameters as in Brian2; Runge-Kutta at 5 us with v held at its peak";
    private const string Brette = "Brette and Gerstner, J. Neurophysiol. 94, 3637 (2005), parameters; Runge-Kutta at 10 us";
    private const string Brian = "Naud et al., Biol. Cybern. 99, 335 (2008), parameters as in Brian2; run of Brian2 2.5.1 at 0.1 ms";

    private const string Euler =
        "Naud et al., Biol. Cybern. 99, 335 (2008), parameters as in Brian2; Euler steps of 0.1 ms by a program of its own";

    private const string Late = "spikes 3 ms apart: Euler steps of 0.1 ms make them 3.3 ms, steps of 10 us 2.97 ms";

    /// <summary>All of them.</summary>
    /// <returns>Rows.</returns>
    public static IEnumerable<ReproductionRow> All()
    {
        foreach ((string preset, double count, double tolerance, double first, double[] intervals) in new (string, double, double, double,
            double[])[]
        {
            ("tonic", 62, 2, 14.2, [8.9, 9.1, 9.2, 9.3, 9.4, 9.4]),
            ("adaptation", 12, 0, 14.9, [11.3, 14.4, 19.6, 29.4, 47.7, 67.7]),
            ("regular-bursting", 11, 0, 16.2, [2.9, 5.1, 131.8, 5.4, 133.2, 5.4]),
            ("delayed-accelerating", 46, 2, 33.6, [20.6, 19.1, 17.9, 17.0, 16.3, 15.7]),
            ("transient", 1, 0, 30.3, []),
            ("irregular", 33.0, 0.0, 15.7, [3.4, 4.5, 6.7]),
        })
        {
            yield return Row(preset, "spikes in 600 ms", count, tolerance, string.Empty, Naud, (lab, c) => Pattern(lab, c, preset).Length);
            yield return Row(preset + "-first", "first spike", first, 0.05 * first, "ms", Naud,
                (lab, c) => TextRuns.First(Pattern(lab, c, preset)));
            if (intervals.Length > 0)
            {
                yield return Row(preset + "-intervals", $"largest difference from the first {intervals.Length} intervals", 0, 5, "%", Naud,
                    (lab, c) => Differs(TextRuns.Intervals(Pattern(lab, c, preset)), intervals)) with
                {
                    KnownFailing = intervals.Min() < 4 ? [Column.Engine, Column.Reference] : [],
                    KnownReason = intervals.Min() < 4 ? Late : null,
                };
            }
        }

        foreach ((string preset, double count, double first) in new[]
        {
            ("tonic", 60.0, 14.5), ("adaptation", 12, 15.2), ("regular-bursting", 11, 16.5), ("delayed-accelerating", 45, 33.9),
            ("transient", 1, 30.5), ("irregular", 33, 16.0),
        })
        {
            yield return Row(preset + "-euler", "spikes in 600 ms at steps of 0.1 ms", count, 0, string.Empty, Euler,
                (lab, c) => Pattern(lab, c, preset).Length);
            yield return Row(preset + "-euler-first", "first spike at steps of 0.1 ms", first, 0.1, "ms", Euler,
                (lab, c) => TextRuns.First(Pattern(lab, c, preset)));
        }

        yield return Row("regular-bursting-burst", "spikes of each burst but the first", 2, 0, string.Empty, Naud,
            (lab, c) => Trains.Bursts(Pattern(lab, c, "regular-bursting"), 50).Skip(1).Select(b => (double)b.Count).Average());
        yield return Row("regular-bursting-first-burst", "spikes of the first burst", 3, 0, string.Empty, Naud,
            (lab, c) => Trains.Bursts(Pattern(lab, c, "regular-bursting"), 50)[0].Count);
        foreach ((string preset, double last) in new[] { ("tonic", 9.6), ("adaptation", 75.9), ("delayed-accelerating", 10.3) })
        {
            yield return Row(preset + "-last", "last interval", last, 0.05 * last, "ms", Naud,
                (lab, c) => TextRuns.Intervals(Pattern(lab, c, preset))[^1]);
        }

        // The table of the fine runs has no line for these two patterns.
        foreach ((string preset, int milliseconds, double count, double first) in new[]
            { ("initial-burst", 1000, 18.0, 5.8), ("delayed-regular-bursting", 500, 28, 57.6) })
        {
            yield return Row(preset, "spikes in " + Text(milliseconds) + " ms", count, 0, string.Empty, Brian,
                (lab, c) => Pattern(lab, c, preset, milliseconds).Length);
            yield return Row(preset + "-first", "first spike", first, 0.1, "ms", Brian,
                (lab, c) => TextRuns.First(Pattern(lab, c, preset, milliseconds)));
        }

        foreach ((int current, double count, double first, double[] intervals, double last) in new (int, double, double, double[], double)[]
        {
            (600, 1, 49.45, [], 0),
            (800, 9, 17.73, [22.8, 30.8, 43.2, 57.1, 64.6], 66.9),
            (1500, 33, 6.67, [7.2, 7.7, 8.3, 9.0, 9.7], 17.8),
        })
        {
            string neuron = string.Create(CultureInfo.InvariantCulture, $"model: adex, preset: brette-gerstner, I: {current} pA");
            string name = "cell-" + Text(current);
            yield return Row(name, "spikes in 500 ms", count, 0, string.Empty, Brette,
                (lab, c) => TextRuns.Spikes(lab, c, neuron, 500).Length);
            yield return Row(name + "-first", "first spike", first, 0.05 * first, "ms", Brette,
                (lab, c) => TextRuns.First(TextRuns.Spikes(lab, c, neuron, 500)));
            if (intervals.Length > 0)
            {
                yield return Row(name + "-intervals", $"largest difference from the first {intervals.Length} intervals", 0, 5, "%", Brette,
                    (lab, c) => Differs(TextRuns.Intervals(TextRuns.Spikes(lab, c, neuron, 500)), intervals));
                yield return Row(name + "-last", "last interval", last, 0.05 * last, "ms", Brette,
                    (lab, c) => TextRuns.Intervals(TextRuns.Spikes(lab, c, neuron, 500))[^1]);
            }
        }
    }

    private static ReproductionRow Row(string name, string quantity, double expected, double tolerance, string unit, string source,
        Func<CircuitLaboratory, Column, double> measure)
        => TextRuns.Row("adex-" + name, quantity, expected, tolerance, unit, source, measure);

    private static double[] Pattern(CircuitLaboratory lab, Column column, string preset, int milliseconds = 600)
        => TextRuns.Spikes(lab, column, "model: adex, preset: " + preset, milliseconds);

    private static double Differs(double[] intervals, double[] published)
        => intervals.Length < published.Length ? double.NaN : published.Zip(intervals, (p, m) => 100 * Math.Abs((m / p) - 1)).Max();

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
