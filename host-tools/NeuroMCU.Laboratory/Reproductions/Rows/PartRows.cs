// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Parts;

namespace NeuroMCU.Laboratory.Reproductions.Rows;

/// <summary>The measured population of parts, the rule for the threshold, and energy.</summary>
internal static class PartRows
{
    private const int Parts = 2000;

    private const string Moments = "the distribution is made from this number";

    /// <summary>All of them.</summary>
    /// <returns>Rows.</returns>
    public static IEnumerable<ReproductionRow> All()
    {
        ReproductionRow Spread(string name, string quantity, double expected, double tolerance, string unit, Func<ThyristorCell[],
            double> measure) => new ReproductionRow
            {
                Name = "parts-" + name,
                System = "35 P0118MA",
                Quantity = quantity,
                Expected = expected,
                Tolerance = tolerance,
                Unit = unit,
                Source = Sources.Bench("35 parts, R_m 680 kOhm"),
                Provenance = Provenance.Printed,
                Columns = [Column.Reference],
                Remark = "of 2000 parts drawn from the distribution that stands for the 35",
                Given = Moments,
                Measure = (lab, _) => measure(lab.Once("parts", Draw)),
            };

        yield return Spread("threshold-mean", "mean threshold", 1.73, 0.05, "V", p => p.Average(c => c.Threshold));
        yield return Spread("threshold-deviation", "standard deviation of the threshold", 0.56, 0.03, "V",
            p => Deviation(p.Select(c => c.Threshold)));
        yield return Spread("hold-mean", "mean hold current", 77.4, 2, "uA", p => p.Average(c => c.Hold) * 1e6);
        yield return Spread("hold-deviation", "standard deviation of the hold current", 16.8, 1, "uA",
            p => Deviation(p.Select(c => c.Hold)) * 1e6);
        yield return Spread("threshold-least", "least threshold", 1.10, 0.05, "V", p => p.Min(c => c.Threshold));
        yield return Spread("threshold-most", "largest threshold", 2.80, 0.05, "V", p => p.Max(c => c.Threshold));
        yield return Spread("hold-least", "least hold current", 56.8, 2, "uA", p => p.Min(c => c.Hold) * 1e6);
        yield return Spread("hold-most", "largest hold current", 109.5, 2, "uA", p => p.Max(c => c.Hold) * 1e6);
        yield return Spread("onset-median", "median onset", 33, 1.7, "uA", p => Median(p.Select(c => c.Onset)) * 1e6);
        yield return Spread("rate-median", "median of the largest rate", 245, 37, "Hz",
            p => Median(p.Where(c => c.CanFire).Select(c => ThyristorRate.Of(c, ThyristorRate.CurrentOfMostRate(c))))) with
        {
            Given =
            null
        };
        foreach ((double gate, double expected, double tolerance) in ((double, double, double)[])[(100e3, 0.92, 0.092),
            (680e3, 2.05, 0.205)])
        {
            yield return new ReproductionRow
            {
                Name = "threshold-" + Sources.Text(gate / 1e3) + "k",
                System = "threshold rule",
                Quantity = "V_GK + I_GT R_m at " + Sources.Text(gate / 1e3) + " kOhm",
                Expected = expected,
                Tolerance = tolerance,
                Unit = "V",
                Source = gate < 2e5 ? Sources.W23("fig. 2") : Sources.Bench("thresholds of two devices"),
                Provenance = Provenance.ReadOffFigure,
                Columns = [Column.Reference],
                Given = "V_GK = 0.65 V and I_GT = 2 uA are two constants for two thresholds",
                Measure = (_, _) => 0.65 + (2e-6 * gate),
            };
        }

        SpikeShape shape = new SpikeShape("preset: w23, capacitance: 1 uF, load: 1 kOhm, threshold: 1 V, knee: 0.7 V, hold: 100 uA",
            60, 0.3);
        yield return new ReproductionRow
        {
            Name = "energy-per-spike",
            System = "MSN, 1 uF",
            Quantity = "energy from the drive per spike, 1 uF and 1 V",
            Expected = 1,
            Tolerance = 0.5,
            Unit = "uJ",
            Source = Sources.W23("about C V^2"),
            Provenance = Provenance.Printed,
            Remark = "an estimate of the paper",
            KnownFailing = [Column.Engine, Column.Reference, Column.Board],
            KnownReason = "C V^2 is a rule of thumb: from the trough to the threshold the drive gives less than half of it, leak included",
            Measure = (lab, c) => 1e6 * shape.Energy(lab, c),
        };
    }

    private static ThyristorCell[] Draw()
    {
        Random random = new Random(35);
        ThyristorCell bench = ThyristorPresets.Get("bench");
        return Enumerable.Range(0, Parts).Select(_ => PartSpread.Draw(bench, random)).ToArray();
    }

    private static double Deviation(IEnumerable<double> values)
    {
        double[] all = values.ToArray();
        double mean = all.Average();
        return Math.Sqrt(all.Average(v => (v - mean) * (v - mean)));
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = values.Order().ToArray();
        return sorted[sorted.Length / 2];
    }
}
