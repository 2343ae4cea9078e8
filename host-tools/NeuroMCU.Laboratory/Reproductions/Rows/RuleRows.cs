// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Parts;

namespace NeuroMCU.Laboratory.Reproductions.Rows;

/// <summary>Rules for the rate: the paper's rule of thumb, a model with another leak, and the closed form.</summary>
internal static class RuleRows
{
    // f(I) of W23's components with I_M = I_min exp((V − V_th)/60 mV) while off, instead of a knee.
    private static readonly (double Current, double Rate)[] s_exponential = [(40, 12.6), (50, 17.5), (60, 22.0), (80, 30.2), (92.4, 34.8),
        (110, 40.5), (122, 43.1)];

    /// <summary>All of them.</summary>
    /// <returns>Rows.</returns>
    public static IEnumerable<ReproductionRow> All()
    {
        ReproductionRow Row(string name, string quantity, double expected, double tolerance, string unit, string source,
            Func<CircuitLaboratory, Column, double> measure) => new ReproductionRow
            {
                Name = name,
                System = "rules for the rate",
                Quantity = quantity,
                Expected = expected,
                Tolerance = tolerance,
                Unit = unit,
                Source = source,
                Provenance = Provenance.Computed,
                Measure = measure,
            };

        // 2.65 V is the rule's threshold for 1 MΩ; release and leak are left out as in the rule.
        FiCurve rule = new FiCurve("preset: w25, capacitance: 1 uF, load: 1 kOhm, threshold: 2.65 V, onset: 2 uA, release: 0 ms", 60);
        yield return Row("rule-rate", "I/(I_GT R_m C_m) at 60 uA, 1 MOhm, 1 uF, against the neuron without leak", 30, 4.5, "Hz",
            Sources.W25("example in the text"), (lab, c) => rule.Rate(lab, c, 60)) with
        {
            Provenance = Provenance.Printed,
        };
        FiCurve w23 = new FiCurve("preset: w23", [.. s_exponential.Select(p => p.Current)]);
        yield return Row(
            "rule-exponential-leak",
            "largest deviation of the w23 set from a model with exponential leak, 40 to 122 uA",
            0,
            10,
            "%",
            "simulation, " + Sources.W23("components of fig. 2"),
            (lab, c) => s_exponential.Max(p => 100 * Math.Abs((w23.Rate(lab, c, p.Current) / p.Rate) - 1)));
        FiCurve bench = new FiCurve("preset: bench", 43, 50, 60, 70, 80, 92);
        yield return Row(
            "rule-closed-form",
            "largest difference from the closed form, bench device from 43 to 92 uA",
            0,
            1,
            "Hz",
            Sources.Bench("closed form of the two-state law"),
            (lab, c) => bench.Currents.Max(i => Math.Abs(bench.Rate(lab, c, i)
                - ThyristorRate.Of(ThyristorPresets.Get("bench"), i * 1e-6))));
    }
}
