// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Laboratory.Reproductions.Rows;

/// <summary>The bursting neuron's equations against a simulation of them by another program: without threshold memory they fire, but do
/// not burst.</summary>
internal static class PlainBurstingRows
{
    private const string Plain =
        "onset: 32.3 uA, hold: 127.9 uA, on_voltage: 0.7 V, on_resistance: 25 Ohm, knee: 0.81 V, release: 0 ms, threshold_drop: 0 mV, ";

    private static readonly (double Current, double Soma, double Interval, double Height)[] s_points =
        [(72.2, 47, 37.2, 142), (46.7, 2400, 1.01, 292), (60, 3000, 0.52, 327), (90, 3000, 0.35, 385)];

    /// <summary>All of them.</summary>
    /// <returns>Rows.</returns>
    public static IEnumerable<ReproductionRow> All()
    {
        ReproductionRow Row(string name, string quantity, double expected, double tolerance, string unit, Func<CircuitLaboratory, Column,
            double> measure) => new ReproductionRow
            {
                Name = "msbn-plain-" + name,
                System = "MSBN, equations",
                Quantity = quantity,
                Expected = expected,
                Tolerance = tolerance,
                Unit = unit,
                Source = "simulation of eq. 3 to 5 with exponential leak, " + Sources.W23("components of fig. 3"),
                Provenance = Provenance.Computed,
                Measure = measure,
            };

        BurstingRun plain = new BurstingRun(Array.ConvertAll(s_points, p => p.Current),
            Array.ConvertAll(s_points, p => p.Soma))
        { Fields = Plain, Seconds = 0.5, Traces = true };
        for (int i = 0; i < s_points.Length; i++)
        {
            int index = i;
            (double current, double soma, double interval, double height) = s_points[i];
            string at = Sources.Text(current) + " uA, " + Sources.Text(soma) + " Ohm, without memory";
            yield return Row("interval-" + Sources.Text(current), "interval at " + at, interval, 0.1 * interval, "ms",
                (lab, c) => 1e3 * plain.Interval(lab, c, index));
            yield return Row("height-" + Sources.Text(current), "height at " + at, height, 0.1 * height, "mV",
                (lab, c) => 1e3 * plain.Peak(lab, c, index));
        }
    }
}
