// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Recordings;

namespace NeuroMCU.Laboratory.Reproductions.Rows;

/// <summary>The Mott neuron: how many pulses it takes to fire, by their height, length and distance.</summary>
internal static class MottRows
{
    private const string Stoliar =
        "Stoliar et al., Adv. Funct. Mater. 27, 1604740 (2017): pulses until a leaky integrator fires, in closed form; its pulses and times "
        + "were not found, these are our own";

    private const double Collapse = 0.5;

    /// <summary>All of them.</summary>
    /// <returns>Rows.</returns>
    public static IEnumerable<ReproductionRow> All()
    {
        foreach ((string name, double volts, int on, int period) in new[]
        {
            ("pulses", 9.0, 500, 750), ("pulses-weak", 8.3, 500, 750), ("pulses-strong", 11, 500, 750), ("pulses-short", 9, 400, 750),
            ("pulses-long", 9, 700, 750), ("pulses-slow", 9, 500, 1000), ("pulses-fast", 9.0, 500, 600),
        })
        {
            string quantity = string.Create(CultureInfo.InvariantCulture,
                $"pulses of {on * 1e-3} ms at {volts} V every {period * 1e-3} ms until it fires");
            yield return Row(name, quantity, Law(volts, on * 1e-3, period * 1e-3), 0, string.Empty,
                (lab, c) => Pulses(lab, c, volts, on, period));
        }

        // Beyond it a pause loses all that a pulse has added.
        double once = Added(9, 0.5);
        double critical = -Math.Log(1 - (once / Collapse));
        yield return Row("critical-period", "longest distance of pulses of 0.5 ms at 9 V that make it fire", critical, 0.015, "ms",
            (lab, c) => Enumerable.Range(0, 12).Select(i => 960 + (10 * i)).Where(p => Pulses(lab, c, 9, 500, p) > 0)
                .Select(p => p * 1e-3).DefaultIfEmpty(double.NaN).Max());
    }

    private static ReproductionRow Row(string name, string quantity, double expected, double tolerance, string unit,
        Func<CircuitLaboratory, Column, double> measure)
        => TextRuns.Row("mott-" + name, quantity, expected, tolerance, unit, Stoliar, measure);

    // What a pulse adds to the metallic fraction, with a relaxation of 1 ms and 10 V that form domains as fast as they relax.
    private static double Added(double volts, double on) => volts * volts / 100 * (1 - Math.Exp(-on));

    private static double Law(double volts, double on, double period)
    {
        double once = Added(volts, on);
        return Math.Ceiling(-Math.Log(1 - (Collapse * (1 - Math.Exp(-period)) / once)) / period);
    }

    private static double Pulses(CircuitLaboratory lab, Column column, double volts, int on, int period)
    {
        string pulses = string.Create(CultureInfo.InvariantCulture,
            $"amplitude: {volts} V, width: {on} us, period: {period} us, start: 1 ms");
        RunRecording run = lab.RunText("step: 10 us\nduration: 40 ms\npopulations:\n  cell: {model: mott, size: 1}\n"
            + "inputs:\n  - {to: cell, pulses: {" + pulses + "}}\n", column);
        double[] spikes = Trains.Of(run, 0);
        return spikes.Length == 0 ? double.NaN : 1 + Math.Floor(((spikes[0] * 1e6) - 1000) / period);
    }
}
