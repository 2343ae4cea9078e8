// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Laboratory.Reproductions.Figures;
using NeuroMCU.Parts;

namespace NeuroMCU.Laboratory.Reproductions.Rows;

/// <summary>Bursting neurons of larger capacitors, as slow as the nerve cells that figure 4 compares them with.</summary>
internal static class SlowBurstingRows
{
    private static readonly Column[] s_software = [Column.Engine, Column.Reference, Column.Board];

    /// <summary>All of them.</summary>
    /// <returns>Rows.</returns>
    public static IEnumerable<ReproductionRow> All()
    {
        BurstingRun tonic = new BurstingRun([68.8, 70.1, 93.8], [100, 900, 100])
        {
            Fields = "capacitance: 100 uF, ",
            Capacitance = 100e-6,
            Step = 50,
            Settle = 2,
            Seconds = 5,
        };
        yield return Mode("ts-68.8-100", "68.8 uA, 100 Ohm, 100 uF", "fig. 4(a)", BurstMode.Tonic, tonic, 0);
        yield return Mode("ts-70.1-900", "70.1 uA, 900 Ohm, 100 uF", "fig. 4(a)", BurstMode.Tonic, tonic, 1);
        yield return Mode("ts-93.8-100", "93.8 uA, 100 Ohm, 100 uF", "fig. 4(b)", BurstMode.Tonic, tonic, 2);
        yield return Mode("ib2-76.2-2300", "76.2 uA, 2.3 kOhm, 2 mF", "fig. 4(a)", BurstMode.PlateauBursting,
            Slow(76.2, 2300, 2000, 0.1, 100, 40), 0) with
        {
            KnownFailing = s_software,
            KnownReason = BurstingRows.NoPlateau,
        };
        yield return Mode("fs-54.1-3000", "54.1 uA, 3 kOhm and 33 uF, 1 mF", "fig. 4(b)", BurstMode.Fast,
            Slow(54.1, 3000, 1000, 33, 1000, 40), 0);
        yield return Mode("ib1-29.4-6800", "29.4 uA, 6.8 kOhm and 0.47 uF, 1 mF", "fig. 4(b)", BurstMode.Bursting,
            Slow(29.4, 6800, 1000, 0.47, 400, 50), 0) with
        {
            KnownFailing = s_software,
            KnownReason =
                "29.4 uA is below the 32.3 uA at which the part of figure 2 begins to fire; figure 4(b) has another part, whose onset "
                    + "is not published",
        };
    }

    private static ReproductionRow Mode(string name, string conditions, string place, BurstMode mode, BurstingRun run, int neuron)
        => new ReproductionRow
        {
            Name = "msbn-slow-" + name,
            System = "MSBN, slow",
            Quantity = "mode " + PhaseDiagram.Short(mode).ToUpperInvariant() + " at " + conditions + " (1: it is)",
            Expected = 1,
            Tolerance = 0,
            Source = Sources.W23(place),
            Provenance = Provenance.Printed,
            Measure = (lab, c) => run.Mode(lab, c, neuron) == mode ? 1 : 0,
        };

    private static BurstingRun Slow(double current, double soma, double membrane, double somaCapacitance, int step, double seconds)
        => new BurstingRun([current], [soma])
        {
            Fields = "capacitance: " + Sources.Text(membrane) + " uF, soma_capacitance: " + Sources.Text(somaCapacitance) + " uF, ",
            Capacitance = membrane * 1e-6,
            Step = step,
            Settle = 0.7 * seconds,
            Seconds = seconds,
        };
}
