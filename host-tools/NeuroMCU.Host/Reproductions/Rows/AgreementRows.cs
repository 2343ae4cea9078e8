// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;
using System.Collections.Generic;
using System.Linq;
using NeuroMCU.Host.Thyristors;

namespace NeuroMCU.Host.Reproductions.Rows
{
    /// <summary>How far the columns are from the closed form, from 1.2 I_min to 0.9 I_max.</summary>
    internal static class AgreementRows
    {
        private const int Points = 6;

        /// <summary>All of them.</summary>
        /// <returns>Rows.</returns>
        public static IEnumerable<ReproductionRow> All()
        {
            yield return Rates("w23", ThyristorPresets.Get("w23"), "preset: w23");
            yield return Spice(Rates("w23", ThyristorPresets.Get("w23"), "preset: w23"));
            yield return Rates("w25", ThyristorPresets.Get("w25"), "preset: w25");
            yield return Spice(Rates("w25", ThyristorPresets.Get("w25"), "preset: w25"));
            yield return Rates("w25-33n", ThyristorPresets.Get("w25-33n"), "preset: w25-33n");
            yield return Rates("own", ThyristorPresets.Get("w25") with { Capacitance = 0.47e-6, Load = 1000, Threshold = 1.9, Onset = 30e-6 }, "preset: w25, capacitance: 0.47 uF, load: 1 kOhm, threshold: 1.9 V, onset: 30 uA");
        }

        private static ReproductionRow Rates(string name, ThyristorCell cell, string set)
        {
            double low = 1.2 * cell.Onset * 1e6;
            double high = 0.9 * cell.Hold * 1e6;
            double[] currents = Enumerable.Range(0, Points).Select(i => Math.Round(low + ((high - low) * i / (Points - 1)), 1)).ToArray();
            FiCurve curve = new FiCurve(set, currents);
            return new ReproductionRow
            {
                Name = "agreement-" + name,
                System = "agreement",
                Quantity = "largest deviation of f(I) from the closed form, " + name,
                Expected = 0,
                Tolerance = 2,
                Unit = "%",
                Source = "requirement of this project: board and engine within 2 % of each other, SPICE within 10 %",
                Provenance = Provenance.Computed,
                SpiceSet = name,
                SpiceCurrents = currents,
                Measure = (lab, c) => currents
                    .Select(i => (c == Column.Spice ? lab.Spice.At(name, i).Rate : curve.Rate(lab, c, i)) / ThyristorRate.Of(cell, i * 1e-6))
                    .Max(r => 100 * Math.Abs(r - 1)),
            };
        }

        private static ReproductionRow Spice(ReproductionRow row) => row with { Name = row.Name + "-spice", Tolerance = 10, Columns = [Column.Spice] };
    }
}
