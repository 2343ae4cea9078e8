// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Laboratory.Reproductions.Figures;
using NeuroMCU.Networks;
using NeuroMCU.Recordings;

namespace NeuroMCU.Laboratory.Reproductions.Rows;

/// <summary>The Jeffress network with axons of thyristor neurons: seven taps, 2 ms per node.</summary>
internal static class AxonRows
{
    private const int Taps = 7;
    private const double Delay = 2;
    private const int Click = 20000;

    /// <summary>All of them.</summary>
    /// <returns>Rows.</returns>
    public static IEnumerable<ReproductionRow> All()
    {
        ReproductionRow row = new ReproductionRow
        {
            Name = "jeffress-place",
            System = "Jeffress axons",
            Quantity = "taps that fire alone at their own time difference, of 7",
            Expected = Taps,
            Tolerance = 0,
            Source = "after Stoliar et al., Front. Neurosci. 15, 635098 (2021); tap k at (2k - N - 1) d",
            Provenance = Provenance.Computed,
            Measure = (lab, c) => Enumerable.Range(0, Taps).Count(k => Fired(lab, c, Difference(k)).SequenceEqual([k])),
            Figure = MotifFigure.Of("jeffress-axons", "Jeffress network with axons of thyristor neurons"),
        };
        yield return row;
        yield return row with
        {
            Name = "jeffress-mirror",
            Quantity = "taps that mirror when left and right are swapped, of 7",
            Measure = (lab, c) => Enumerable.Range(0, Taps).Count(k => Fired(lab, c, -Difference(k))
                .SequenceEqual(Fired(lab, c, Difference(k)).Select(t => Taps - 1 - t))),
        };
        yield return row with
        {
            Name = "jeffress-one-ear",
            Quantity = "detectors that fire with one ear alone",
            Expected = 0,
            Measure = (lab, c) => Fired(lab, c, null).Length,
        };
        yield return row with
        {
            Name = "jeffress-node",
            Quantity = "delay of a node",
            Expected = Delay,
            Tolerance = 0.1,
            Unit = "ms",
            Measure = (lab, c) =>
            {
                RunRecording run = Run(lab, c, 0);
                int left = run.Populations.First(p => p.Name == "left").First;
                return (Trains.Of(run, left + Taps - 1)[0] - Trains.Of(run, left)[0]) * 1e3 / (Taps - 1);
            },
        };
    }

    // Time in ms by which the right ear hears the click later for tap k, counted from 0.
    private static double Difference(int tap) => ((2 * (tap + 1)) - Taps - 1) * Delay;

    private static int[] Fired(CircuitLaboratory lab, Column column, double? difference)
    {
        RunRecording run = Run(lab, column, difference);
        RecordedPopulation place = run.Populations.First(p => p.Name == "place");
        return Enumerable.Range(0, Taps).Where(k => Trains.Of(run, place.First + k).Length > 0).ToArray();
    }

    private static RunRecording Run(CircuitLaboratory lab, Column column, double? difference)
    {
        Network network = lab.Motif("jeffress-axons");
        int ears = network.Populations.First(p => p.Name == "ears").FirstNeuron;
        StoredSpike left = new StoredSpike(ears, Click);
        StoredSpike[] clicks = difference is { } d
            ? [.. new[] { left, new StoredSpike(ears + 1, Click + (int)Math.Round(d * 1000)) }.OrderBy(s => s.Time)]
            : [left];
        return lab.Run("jeffress " + (difference?.ToString(CultureInfo.InvariantCulture) ?? "one ear"),
            network with { StoredSpikes = clicks }, column);
    }
}
