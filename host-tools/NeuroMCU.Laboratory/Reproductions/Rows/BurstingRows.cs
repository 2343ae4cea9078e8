// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Laboratory.Reproductions.Figures;
using NeuroMCU.Parts;

namespace NeuroMCU.Laboratory.Reproductions.Rows;

/// <summary>The bursting neuron: its modes at the published points, intervals and heights.</summary>
internal static class BurstingRows
{
    /// <summary>Why no model here has the mode IB2.</summary>
    public const string NoPlateau = "IB2 needs a latch or a noise that no model here has; measure it on hardware";

    private const string Border =
        "figure 3 has mode FS at 46.7 uA and 2.4 kOhm; no set of values was found that puts the border between the two points";

    private const string Neuron = "MSBN, 10 uF";

    private static readonly Column[] s_software = [Column.Engine, Column.Reference, Column.Board];

    private static readonly PublishedBurstMode[] s_points = [.. PublishedBurstModes.All];

    private static readonly BurstingRun s_run = new BurstingRun(Array.ConvertAll(s_points, p => p.Current),
        Array.ConvertAll(s_points, p => p.Soma));

    // Tonic, then the three fast ones.
    private static readonly BurstingRun s_shapes = new BurstingRun([72.2, 46.7, 60, 90], [47, 2400, 3000, 3000])
    {
        Seconds = 0.4,
        Traces = true
    };

    private static readonly RowFigure s_phase = new RowFigure("msbn-phase-diagram",
        "Phase diagram of the bursting neuron, swept on the circuit", PhaseDiagram.Draw);

    /// <summary>All of them.</summary>
    /// <returns>Rows.</returns>
    public static IEnumerable<ReproductionRow> All() => Modes().Concat(Scales()).Concat(Heights()).Append(Agreement());

    // The circuit of the board steps the equations on its own; engine and reference have to have its intervals.
    private static ReproductionRow Agreement() => new ReproductionRow
    {
        Name = "agreement-msbn",
        System = "agreement",
        Quantity = "largest deviation of the mean interval from the board's, bursting neuron at four points",
        Expected = 0,
        Tolerance = 0.5,
        Unit = "%",
        Source = "requirement of this project: within 0.5 % of the circuit's equations",
        Provenance = Provenance.Computed,
        Columns = [Column.Engine, Column.Reference],
        Measure = (lab, c) => Enumerable.Range(0, s_shapes.Currents.Length)
            .Select(i => 100 * Math.Abs((s_shapes.Interval(lab, c, i) / s_shapes.Interval(lab, Column.Board, i)) - 1))
            .Aggregate(Math.Max),
    };

    private static IEnumerable<ReproductionRow> Modes() => s_points.Select((point, i) => new ReproductionRow
    {
        Name = "msbn-" + PhaseDiagram.Short(point.Mode) + "-" + Sources.Text(point.Current) + "-" + Sources.Text(point.Soma),
        System = Neuron,
        Quantity = "mode " + PhaseDiagram.Short(point.Mode).ToUpperInvariant() + " at " + Sources.Text(point.Current) + " uA, "
            + Sources.Text(point.Soma) + " Ohm (1: it is)",
        Expected = 1,
        Tolerance = 0,
        Source = Sources.W23(point.Place),
        Provenance = Provenance.Printed,
        Measure = (lab, c) => s_run.Mode(lab, c, i) == point.Mode ? 1 : 0,
        Figure = s_phase,
        KnownFailing = Reason(point) is null ? [] : s_software,
        KnownReason = Reason(point),
    });

    private static IEnumerable<ReproductionRow> Scales()
    {
        ReproductionRow Scale(string name, string quantity, double expected, double tolerance, string unit, Func<CircuitLaboratory, Column,
            double> measure) => new ReproductionRow
            {
                Name = "msbn-" + name,
                System = Neuron,
                Quantity = quantity,
                Expected = expected,
                Tolerance = tolerance,
                Unit = unit,
                Source = Sources.W23("fig. 3 and 5"),
                Provenance = Provenance.ReadOffFigure,
                Measure = measure,
                Figure = s_phase,
            };

        int burst = Index(38.7, 3000);
        yield return Scale("tonic-period", "period at 72.2 uA, 47 Ohm", 31.5, 6.3, "ms",
            (lab, c) => 1e3 * s_run.Interval(lab, c, Index(72.2, 47)));
        yield return Scale("fast-46.7", "interval at 46.7 uA, 2.4 kOhm", 1.75, 0.35, "ms",
            (lab, c) => 1e3 * s_run.Interval(lab, c, Index(46.7, 2400)));
        yield return Scale("fast-60", "interval at 60 uA, 3 kOhm", 0.9, 0.18, "ms",
            (lab, c) => 1e3 * s_run.Interval(lab, c, Index(60, 3000)));
        yield return Scale("fast-90", "interval at 90 uA, 3 kOhm", 0.5, 0.1, "ms",
            (lab, c) => 1e3 * s_run.Interval(lab, c, Index(90, 3000)));
        yield return Scale("burst-spikes", "spikes per burst at 38.7 uA, 3 kOhm", 4, 1, string.Empty,
            (lab, c) => s_run.Bursts(lab, c, burst).Select(b => (double)b.Count).DefaultIfEmpty(double.NaN).Average());
        yield return Scale("burst-period", "period of the bursts at 38.7 uA, 3 kOhm", 12, 3, "ms",
            (lab, c) => 1e3 * Trains.Period(s_run.Bursts(lab, c, burst)));
        foreach ((string name, string quantity, double expected) in ((string, string, double)[])
            [("period", "period of IB2 at 75.1 uA, 2.4 kOhm", 41), ("spiking", "time of spiking in IB2 at 75.1 uA, 2.4 kOhm", 19),
                ("plateau", "decay of the plateau in IB2 at 75.1 uA, 2.4 kOhm", 16)])
        {
            yield return Scale("ib2-" + name, quantity, expected, 0.2 * expected, "ms",
                (_, _) => double.NaN) with
            { KnownFailing = s_software, KnownReason = NoPlateau };
        }
    }

    private static IEnumerable<ReproductionRow> Heights()
    {
        ReproductionRow Height(string name, string quantity, double expected, double tolerance, int neuron) => new ReproductionRow
        {
            Name = "msbn-height-" + name,
            System = Neuron,
            Quantity = quantity,
            Expected = expected,
            Tolerance = tolerance,
            Unit = "mV",
            Source = Sources.W23("fig. 3 and 5"),
            Provenance = Provenance.ReadOffFigure,
            Measure = (lab, c) => 1e3 * s_shapes.Peak(lab, c, neuron),
        };

        yield return Height("tonic", "height of the output at 72.2 uA, 47 Ohm", 105, 10.5, 0);
        yield return Height("fast-46.7", "height of the output at 46.7 uA, 2.4 kOhm: 150 to 400", 275, 125, 1);
        yield return Height("fast-60", "height of the output at 60 uA, 3 kOhm: 150 to 400", 275, 125, 2);
        yield return Height("fast-90", "height of the output at 90 uA, 3 kOhm: 150 to 400", 275, 125, 3);
    }

    private static string? Reason(PublishedBurstMode point) => point.Mode == BurstMode.PlateauBursting ? NoPlateau
        : point is { Current: 46.5, Soma: 2500 } ? Border : null;

    private static int Index(double current, double soma) => Array.FindIndex(s_points, p => p.Current.Equals(current)
        && p.Soma.Equals(soma));
}
