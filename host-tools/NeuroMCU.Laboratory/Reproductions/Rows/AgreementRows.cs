// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Parts;

namespace NeuroMCU.Laboratory.Reproductions.Rows;

/// <summary>How far the columns are from the closed form, from 1.2 I_min to 0.9 I_max.</summary>
internal static class AgreementRows
{
    private const int Points = 6;

    /// <summary>All of them.</summary>
    /// <returns>Rows.</returns>
    public static IEnumerable<ReproductionRow> All()
    {
        foreach (string preset in (string[])["w23", "w25", "w25-fig6", "w25-33n", "w25-fig13"])
        {
            yield return Rates(preset, ThyristorPresets.Get(preset), "preset: " + preset);
        }

        yield return Rates("own", ThyristorPresets.Get("w25") with { Capacitance = 0.47e-6, Load = 1000, Threshold = 1.9, Onset = 30e-6 },
            "preset: w25, capacitance: 0.47 uF, load: 1 kOhm, threshold: 1.9 V, onset: 30 uA");
        yield return Sheet("w23", "w23", "w23");
        yield return Sheet("w25", "w25-fig6", "w25");
        yield return Sheet("w25-33n", "w25-fig13", "w25-fig13");
    }

    private static ReproductionRow Rates(string name, ThyristorCell cell, string set)
    {
        double[] currents = Currents(cell);
        FiCurve curve = new FiCurve(set, currents);
        return Row(name, name, 2, (lab, c) => Largest(cell, currents, i => curve.Rate(lab, c, i)));
    }

    // The sheet with one of its component sets, beside the preset that it stands for.
    private static ReproductionRow Sheet(string name, string preset, string set)
    {
        ThyristorCell cell = ThyristorPresets.Get(preset);
        double[] currents = Currents(cell);
        return Row(name + "-spice", preset, 10, (lab, _) => Largest(cell, currents, i => lab.Spice.At(set, i).Rate)) with
        {
            Columns = [Column.Spice],
            SpiceSet = set,
            SpiceCurrents = currents,
        };
    }

    private static ReproductionRow Row(string name, string of, double tolerance, Func<CircuitLaboratory, Column, double> measure)
        => new ReproductionRow
        {
            Name = "agreement-" + name,
            System = "agreement",
            Quantity = "largest deviation of f(I) from the closed form, " + of,
            Expected = 0,
            Tolerance = tolerance,
            Unit = "%",
            Source = "requirement of this project: board and engine within 2 % of each other, SPICE within 10 %",
            Provenance = Provenance.Computed,
            Measure = measure,
        };

    private static double[] Currents(ThyristorCell cell)
    {
        double low = 1.2 * cell.Onset * 1e6;
        double high = 0.9 * cell.Hold * 1e6;
        return Enumerable.Range(0, Points).Select(i => Math.Round(low + ((high - low) * i / (Points - 1)), 1)).ToArray();
    }

    // NaN when a current failed: Max would leave it out.
    private static double Largest(ThyristorCell cell, double[] currents, Func<double, double> rate) =>
        currents.Select(i => 100 * Math.Abs((rate(i) / ThyristorRate.Of(cell, i * 1e-6)) - 1)).Aggregate(Math.Max);
}
