// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Recordings;

namespace NeuroMCU.Laboratory.Reproductions.Rows;

/// <summary>The pyramidal cell in two compartments: bursts, single spikes, and what doses of four drugs do to them.</summary>
internal static class PinskyRinzelRows
{
    private const string Paper = "Pinsky and Rinzel, J. Comput. Neurosci. 1, 39 (1994)";
    private const string Braun = Paper + ", figure 2A; reference run of Open Source Brain at 5 us";
    private const string Tonic = Paper + ", figure 2C; reference run of Open Source Brain at 5 us";
    private const string Own = Paper + ", parameters; Runge-Kutta at 10 us by a program of its own";
    private const string Euler = Paper + ", parameters; Euler steps by a program of its own";
    private const string Doses = Paper + ", with doses of our own; Runge-Kutta at 20 us by a program of its own";
    private const int Step = 20;

    private static readonly double[] s_firstSpikes = [13.76, 16.82, 22.35, 92.52, 96.09];

    /// <summary>All of them.</summary>
    /// <returns>Rows.</returns>
    public static IEnumerable<ReproductionRow> All()
    {
        yield return Row("period", "period of bursts at 0.75 uA/cm^2", 496.4, 14.9, "ms", Braun, (lab, c) => BurstPeriod(Bursting(lab, c)));
        yield return Row("burst", "spikes of a burst", 4, 1, string.Empty, Braun, (lab, c) => OfBurst(Bursting(lab, c)));
        yield return Row("first", "first spike", s_firstSpikes[0], 0.3, "ms", Braun, (lab, c) => TextRuns.First(Bursting(lab, c)));
        yield return Row("first-five", "largest difference from the times of the first five spikes", 0, 0.3, "ms", Braun,
            (lab, c) => TextRuns.Farthest(Bursting(lab, c), s_firstSpikes));
        yield return Row("calcium", "largest calcium in bursts", 352, 0.03 * 352, string.Empty, Own, (lab, c) => Largest(lab, c, "Ca"));
        yield return Row("slow-potassium", "largest opening of the slow potassium in bursts", 0.261, 0.03 * 0.261, string.Empty, Own,
            (lab, c) => Largest(lab, c, "q"));
        yield return Row("peak", "largest voltage of the soma", 24.6, 3, "mV", Own, (lab, c) => Largest(lab, c, "v_s"));
        yield return Row("period-1.5", "period of bursts at 1.5 uA/cm^2, about 144 ms", 144, 0.05 * 144, "ms", Own,
            (lab, c) => BurstPeriod(At(lab, c, "1.5", 4000))) with
        {
            KnownFailing = [Column.Engine, Column.Reference],
            KnownReason = "Euler steps of 20 us make it 170 ms, of 10 us 166 ms, of 1 us 148 ms; fine Runge-Kutta steps 145 ms, 144 and "
                + "147 in turn. `method: midpoint` has 151 ms for 60 of the leanest updates a step, of which 34 are allowed. What computes "
                + "rates once a step does not get there: 161 ms with the last ones extrapolated (Adams and Bashforth), 157 ms with gates "
                + "half a step apart, 177 and 182 ms with exponential steps of gates",
        };
        foreach ((string current, double period, int spikes) in new[] { ("0.25", 886.0, 3), ("0.5", 654, 0) })
        {
            yield return Row("period-" + current, "period of bursts at " + current + " uA/cm^2", period, 0.03 * period, "ms", Own,
                (lab, c) => BurstPeriod(At(lab, c, current, 4000)));
            if (spikes > 0)
            {
                yield return Row("burst-" + current, "spikes of a burst at " + current + " uA/cm^2", spikes, 1, string.Empty, Own,
                    (lab, c) => OfBurst(At(lab, c, current, 4000)));
            }
        }

        yield return Row("period-0.75-euler", "period of bursts at 0.75 uA/cm^2, Euler steps of 20 us", 500.1, 1, "ms", Euler,
            (lab, c) => BurstPeriod(At(lab, c, "0.75", 4000)));
        yield return Row("period-0.75-50us", "period of bursts at 0.75 uA/cm^2, Euler steps of 50 us", 504.2, 1, "ms", Euler,
            (lab, c) => BurstPeriod(TextRuns.Spikes(lab, c, "model: pinsky-rinzel, preset: bursting", 4000, 50)));
        yield return Row("pause-2", "longest pause at 2 uA/cm^2 after the start: none of bursts", 41, 10, "ms", Own,
            (lab, c) => TextRuns.Intervals([.. At(lab, c, "2", 1500).Where(t => t > 750)]).Max());
        yield return Row("tonic-count", "spikes in 1.5 s at 2.5 uA/cm^2", 80, 8, string.Empty, Tonic,
            (lab, c) => At(lab, c, "2.5", 1500).Length);
        yield return Row("tonic-interval", "interval at 2.5 uA/cm^2 of those of 16 cells that fire singly", 22.7, 0.05 * 22.7, "ms", Tonic,
            Singly) with
        {
            Remark = "single spikes every 22.7 ms and pairs every 36 ms stand side by side, also with steps of 1 us: differences of 1e-5 "
                + "uA/cm^2 decide which a cell ends in",
        };
        yield return Row("dendrite", "interval at the end, -0.5 uA/cm^2 into the soma and 2 into the dendrite, coupling of 1.425 mS/cm^2",
            28.3, 0.05 * 28.3, "ms", Paper + ", figure 2E; reference run of Open Source Brain at 5 us",
            (lab, c) => TextRuns.Intervals(TextRuns.Spikes(lab, c, "model: pinsky-rinzel, preset: dendrite", 1500, Step))[^1]) with
        {
            Remark = "the published pattern of bursts and spikes is not reproduced by anyone's program, that of Open Source Brain "
                + "included: this is what theirs gives",
        };
        foreach ((string dose, double count, double tolerance) in new[]
            { ("I_s: 0.75 uA/cm^2", 19, 4), ("preset: ttx", 0, 0), ("preset: tea", 11, 3), ("preset: apamin", 67, 7),
                ("preset: cadmium", 39.0, 2.0) })
        {
            string name = dose.StartsWith("preset", StringComparison.Ordinal) ? dose["preset: ".Length..] : "no-dose";
            yield return Row(name, "spikes in 1.5 s", count, tolerance, string.Empty, Doses,
                (lab, c) => TextRuns.Spikes(lab, c, "model: pinsky-rinzel, " + dose, 1500, Step).Length);
        }
    }

    private static ReproductionRow Row(string name, string quantity, double expected, double tolerance, string unit, string source,
        Func<CircuitLaboratory, Column, double> measure)
        => TextRuns.Row("pinsky-rinzel-" + name, quantity, expected, tolerance, unit, source, measure);

    private static double[] Bursting(CircuitLaboratory lab, Column column)
        => TextRuns.Spikes(lab, column, "model: pinsky-rinzel, preset: bursting", 1600, Step);

    private static double[] At(CircuitLaboratory lab, Column column, string current, int milliseconds)
        => TextRuns.Spikes(lab, column, "model: pinsky-rinzel, I_s: " + current + " uA/cm^2", milliseconds, Step);

    private static double Singly(CircuitLaboratory lab, Column column)
    {
        const int Cells = 16;
        string currents = string.Join(", ", Enumerable.Range(0, Cells)
            .Select(i => (2.5 + (i * 1e-5)).ToString(CultureInfo.InvariantCulture) + " uA/cm^2"));
        RunRecording run = lab.RunText($"step: {Step} us\nduration: 1500 ms\npopulations:\n  cells: {{model: pinsky-rinzel, size: {Cells}, "
            + $"I_s: [{currents}]}}\n", column);
        double[][] last = [.. Enumerable.Range(0, Cells).Select(i => TextRuns.Intervals([.. Trains.Of(run, i).TakeLast(6)]))];
        return 1e3 * last.Where(i => i.Max() < 1.3 * i.Min()).Select(i => i.Average()).DefaultIfEmpty(double.NaN).Average();
    }

    // After the bursts of the start.
    private static double Largest(CircuitLaboratory lab, Column column, string quantity)
        => TextRuns.Trace(lab, column, "model: pinsky-rinzel, preset: bursting", quantity, 1600, Step, 400).Max();

    // The first bursts are those of the start.
    private static double BurstPeriod(double[] spikes)
    {
        double[] starts = [.. Trains.Bursts(spikes, 50).Select(b => b.First).Where(t => t > 400)];
        return starts.Length < 2 ? double.NaN : (starts[^1] - starts[0]) / (starts.Length - 1);
    }

    private static double OfBurst(double[] spikes)
        => Trains.Bursts(spikes, 50).Select(b => (double)b.Count).SkipLast(1).LastOrDefault(double.NaN);
}
