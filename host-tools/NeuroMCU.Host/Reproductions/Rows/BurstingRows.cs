// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using NeuroMCU.Host.Recording;
using NeuroMCU.Host.Reproductions.Figures;
using NeuroMCU.Host.Thyristors;

namespace NeuroMCU.Host.Reproductions.Rows
{
    /// <summary>The bursting neuron: its modes at the published points and their intervals. IB2 is left to hardware: the models do not have it.</summary>
    internal static class BurstingRows
    {
        private const double Settle = 0.3;
        private const string Neuron = "MSBN, 10 uF";
        private const string Fast = "the model has no turn-on time, so that its fast spikes are about 0.6 of the published interval apart";
        private const string Short = "the threshold memory is fitted to the modes of all points; with it a burst has 2 spikes";

        private static readonly Column[] s_software = [Column.Engine, Column.Reference, Column.Board];

        private static readonly Point[] s_points =
        [
            new(72.2, 47, BurstMode.Tonic, "fig. 3"),
            new(46.7, 2400, BurstMode.Fast, "fig. 3"),
            new(38.7, 3000, BurstMode.Bursting, "fig. 3"),
            new(90, 100, BurstMode.Tonic, "fig. 5"),
            new(45, 100, BurstMode.Tonic, "fig. 5"),
            new(90, 3000, BurstMode.Fast, "fig. 5"),
            new(60, 3000, BurstMode.Fast, "fig. 5"),
            new(60, 4000, BurstMode.Fast, "fig. 5"),
            new(44.4, 2300, BurstMode.Bursting, "fig. 5"),
            new(39.4, 2300, BurstMode.Bursting, "fig. 5"),
        ];

        private static readonly RowFigure s_phase = new RowFigure("msbn-phase-diagram", "Phase diagram of the bursting neuron, swept on the circuit", PhaseDiagram.Draw);

        /// <summary>All of them.</summary>
        /// <returns>Rows.</returns>
        public static IEnumerable<ReproductionRow> All()
        {
            for (int i = 0; i < s_points.Length; i++)
            {
                int index = i;
                Point point = s_points[i];
                yield return new ReproductionRow
                {
                    Name = "msbn-" + PhaseDiagram.Short(point.Mode) + "-" + Sources.Text(point.Current) + "-" + Sources.Text(point.Soma),
                    System = Neuron,
                    Quantity = "mode " + PhaseDiagram.Short(point.Mode).ToUpperInvariant() + " at " + Sources.Text(point.Current) + " uA, " + Sources.Text(point.Soma) + " Ohm (1: it is)",
                    Expected = 1,
                    Tolerance = 0,
                    Source = Sources.W23(point.Place),
                    Provenance = Provenance.Printed,
                    Measure = (lab, c) => PhaseDiagram.Mode(Spikes(lab, c, index), point.Current) == point.Mode ? 1 : 0,
                    Figure = s_phase,
                };
            }

            ReproductionRow Interval(string name, int index, double expected, double tolerance, string quantity) => new ReproductionRow
            {
                Name = "msbn-" + name,
                System = Neuron,
                Quantity = quantity,
                Expected = expected,
                Tolerance = tolerance,
                Unit = "ms",
                Source = Sources.W23("fig. 3 and 5"),
                Provenance = Provenance.ReadOffFigure,
                Measure = (lab, c) => 1e3 / Trains.Rate(Spikes(lab, c, index), Settle, 10),
                Figure = s_phase,
            };

            yield return Interval("tonic-period", 0, 31.5, 6.3, "period at 72.2 uA, 47 Ohm");
            yield return Interval("fast-46.7", 1, 1.75, 0.35, "interval at 46.7 uA, 2.4 kOhm") with { KnownFailing = s_software, KnownReason = Fast };
            yield return Interval("fast-60", 6, 0.9, 0.18, "interval at 60 uA, 3 kOhm") with { KnownFailing = s_software, KnownReason = Fast };
            yield return Interval("fast-90", 5, 0.5, 0.1, "interval at 90 uA, 3 kOhm") with { KnownFailing = s_software, KnownReason = Fast };
            yield return Interval("burst-spikes", 2, 4, 1, "spikes per burst at 38.7 uA, 3 kOhm") with
            {
                Unit = string.Empty,
                KnownFailing = s_software,
                KnownReason = Short,
                Measure = (lab, c) => Bursts(lab, c).Select(b => (double)b.Count).DefaultIfEmpty(double.NaN).Average(),
            };
            yield return Interval("burst-period", 2, 12, 3, "period of the bursts at 38.7 uA, 3 kOhm") with
            {
                KnownFailing = s_software,
                KnownReason = Short,
                Measure = (lab, c) => 1e3 * Trains.Period(Bursts(lab, c)),
            };
        }

        // The gap between bursts lies between the shortest and the longest interval.
        private static IReadOnlyList<(double First, double Last, int Count)> Bursts(Laboratory lab, Column column)
        {
            double[] spikes = Spikes(lab, column, 2);
            double[] intervals = spikes.Skip(1).Zip(spikes, (b, a) => b - a).ToArray();
            return intervals.Length == 0 ? [] : Trains.Settled(spikes, Math.Sqrt(intervals.Min() * intervals.Max()), Settle);
        }

        private static double[] Spikes(Laboratory lab, Column column, int index) =>
            Trains.Of(Run(lab, column), index).Where(t => t >= Settle).ToArray();

        private static RunRecording Run(Laboratory lab, Column column) => lab.RunText(
            "duration: 600 ms\nstep: 10 us\npopulations:\n  cells: {model: bursting, size: " + s_points.Length.ToString(CultureInfo.InvariantCulture)
            + ", soma_resistance: [" + string.Join(", ", s_points.Select(p => Sources.Text(p.Soma) + " Ohm"))
            + "], bias: [" + string.Join(", ", s_points.Select(p => Sources.Text(p.Current) + " uA")) + "]}\n",
            column);

        private sealed record Point(double Current, double Soma, BurstMode Mode, string Place);
    }
}
