// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Recordings;

namespace NeuroMCU.Laboratory.Reproductions.Rows;

/// <summary>Neurons whose models are texts: spikes that published simulations or closed forms name.</summary>
internal static class EquationRows
{
    private const string Naud =
        "Naud et al., Biol. Cybern. 99, 335 (2008), parameters as in Brian2; Runge-Kutta at 5 us with v held at its peak";
    private const string Brette = "Brette and Gerstner, J. Neurophysiol. 94, 3637 (2005), parameters; Runge-Kutta at 10 us";
    private const string Slit = "Robin et al., Science 373, 687 (2021), parameters; three-variable form at 0.05 us, here 1000 times slower";
    private const string Pinsky =
        "Pinsky and Rinzel, J. Comput. Neurosci. 1, 39 (1994), figure 2A; reference run of Open Source Brain at 5 us";
    private const string Doses =
        "Pinsky and Rinzel, J. Comput. Neurosci. 1, 39 (1994), with doses of our own; Runge-Kutta at 20 us by a program of its own";
    private const string Fourcaud = "Fourcaud-Trocme et al., J. Neurosci. 23, 11628 (2003): I_T = (V_T - D_T - V_L)/R";
    private const string Rinzel =
        "Rinzel and Ermentrout, in: Methods in Neuronal Modeling (1998): the saddle-node of the second set lies at 39.96 uA/cm^2";
    private const string Brette07 = "Brette et al., J. Comput. Neurosci. 23, 349 (2007), parameters; closed form of the interval";
    private const string Quadratic = "Ermentrout and Kopell, SIAM J. Appl. Math. 46, 233 (1986): closed form of the interval";
    private const string Mott =
        "Stoliar et al., Adv. Funct. Mater. 27, 1604740 (2017): pulses until a leaky integrator fires, in closed form";

    /// <summary>All of them.</summary>
    /// <returns>Rows.</returns>
    public static IEnumerable<ReproductionRow> All()
    {
        foreach ((string preset, double count, double tolerance) in new[]
            { ("tonic", 62, 2), ("adaptation", 12, 0), ("regular-bursting", 11, 0), ("delayed-accelerating", 46, 2), ("transient", 1, 0),
                ("irregular", 33.0, 0.0) })
        {
            yield return Row("adex-" + preset, "spikes in 600 ms", count, tolerance, string.Empty, Naud,
                (lab, c) => Spikes(lab, c, "model: adex, preset: " + preset, 600).Length);
        }

        yield return Row("adex-tonic-last", "last interval", 9.6, 0.48, "ms", Naud,
            (lab, c) => Intervals(Spikes(lab, c, "model: adex, preset: tonic", 600))[^1]);
        yield return Row("adex-adaptation-last", "last interval", 75.9, 3.8, "ms", Naud,
            (lab, c) => Intervals(Spikes(lab, c, "model: adex, preset: adaptation", 600))[^1]);
        foreach ((int current, double count, double first) in new[] { (600, 1.0, 49.45), (800, 9, 17.73), (1500, 33, 6.67) })
        {
            string neuron = string.Create(CultureInfo.InvariantCulture, $"model: adex, preset: brette-gerstner, I: {current} pA");
            string name = "adex-cell-" + current.ToString(CultureInfo.InvariantCulture);
            yield return Row(name, "spikes in 500 ms", count, 0, string.Empty, Brette, (lab, c) => Spikes(lab, c, neuron, 500).Length);
            yield return Row(name + "-first", "first spike", first, 0.05 * first, "ms", Brette,
                (lab, c) => First(Spikes(lab, c, neuron, 500)));
        }

        yield return Row("exponential-if-onset", "least current that makes it fire", 16.2, 0.5, "pA", Fourcaud,
            (lab, c) => Onset(lab, c, "model: exponential-if", "pA", 14.2, 0.25, 17, 3000));
        yield return Row("quadratic-if-interval", "interval at 100 pA", QuadraticInterval(), 0.01 * QuadraticInterval(), "ms", Quadratic,
            (lab, c) => Intervals(Spikes(lab, c, "model: quadratic-if, preset: tonic", 1000))[^1]);
        yield return Row("cuba-lif-interval", "interval without input", 5 + (20 * Math.Log(11)), 0.2, "ms", Brette07,
            (lab, c) => Intervals(Spikes(lab, c, "model: cuba-lif", 500))[^1]);
        yield return Row("coba-lif-interval", "interval at 200 pA", 5 + (20 * Math.Log(2)), 0.2, "ms", Brette07,
            (lab, c) => Intervals(Spikes(lab, c, "model: coba-lif, preset: tonic", 500))[^1]);
        yield return Row(
            "morris-lecar-onset", "least current that makes it fire", 39.96, 0.3, "uA/cm^2", Rinzel,
            (lab, c) => Onset(lab, c, "model: morris-lecar, preset: snic-firing", "uA/cm^2", 39.25, 0.25, 8, 3000)) with
        { Provenance = Provenance.Recalled };
        foreach ((string bias, double period) in new[] { ("-1", 134.0), ("0", 92.5), ("0.5", 81.9), ("1", 74.0), ("4", 47.1) })
        {
            yield return Row(
                "ionic-slit-" + bias.Replace("-", "minus-", StringComparison.Ordinal),
                "period at a current of " + bias + " in units of 0.1 nA", period, 0.01 * period, "ms", Slit,
                (lab, c) => Intervals(Spikes(lab, c, "model: ionic-slit, I: " + bias, 1500, 50))[^1]);
        }

        yield return Row("pinsky-rinzel-period", "period of bursts at 0.75 uA/cm^2", 496.4, 14.9, "ms", Pinsky,
            (lab, c) => BurstPeriod(PinskyRinzel(lab, c)));
        yield return Row("pinsky-rinzel-burst", "spikes of a burst", 4, 1, string.Empty, Pinsky,
            (lab, c) => Trains.Bursts(PinskyRinzel(lab, c), 50).Select(b => (double)b.Count).SkipLast(1).LastOrDefault(double.NaN));
        yield return Row("pinsky-rinzel-first", "first spike", 13.76, 0.3, "ms", Pinsky, (lab, c) => First(PinskyRinzel(lab, c)));
        foreach ((string dose, double count, double tolerance) in new[]
            { ("I_s: 0.75 uA/cm^2", 19, 4), ("preset: ttx", 0, 0), ("preset: tea", 11, 3), ("preset: apamin", 67, 7),
                ("preset: cadmium", 39.0, 2.0) })
        {
            string name = dose.StartsWith("preset", StringComparison.Ordinal) ? dose["preset: ".Length..] : "no-dose";
            yield return Row("pinsky-rinzel-" + name, "spikes in 1.5 s", count, tolerance, string.Empty, Doses,
                (lab, c) => Spikes(lab, c, "model: pinsky-rinzel, " + dose, 1500, 20).Length);
        }

        yield return Row("mott-pulses", "pulses of 0.5 ms at 9 V every 0.75 ms until it fires", MottPulses(0.81, 0.5, 0.75), 0,
            string.Empty, Mott, (lab, c) => Pulses(lab, c, 9, 500, 750));
        yield return Row("mott-pulses-weak", "the same at 8.3 V", MottPulses(0.6889, 0.5, 0.75), 0, string.Empty, Mott,
            (lab, c) => Pulses(lab, c, 8.3, 500, 750));
    }

    private static ReproductionRow Row(string name, string quantity, double expected, double tolerance, string unit, string source,
        Func<CircuitLaboratory, Column, double> measure)
    {
        return new ReproductionRow
        {
            Name = name,
            System = "texts",
            Quantity = quantity,
            Expected = expected,
            Tolerance = tolerance,
            Unit = unit,
            Source = source,
            Provenance = Provenance.Computed,
            Columns = [Column.Engine, Column.Reference],
            Measure = measure,
        };
    }

    private static double[] Spikes(CircuitLaboratory lab, Column column, string neuron, int milliseconds, int step = 100)
    {
        string text = string.Create(CultureInfo.InvariantCulture,
            $"step: {step} us\nduration: {milliseconds} ms\npopulations:\n  cell: {{{neuron}, size: 1}}\n");
        return Trains.Of(lab.RunText(text, column), 0).Select(t => t * 1e3).ToArray();
    }

    private static double[] Intervals(double[] spikes) => spikes.Length < 2 ? [double.NaN]
        : [.. spikes.Zip(spikes.Skip(1), (a, b) => b - a)];

    private static double First(double[] spikes) => spikes.Length == 0 ? double.NaN : spikes[0];

    private static double[] PinskyRinzel(CircuitLaboratory lab, Column column)
        => Spikes(lab, column, "model: pinsky-rinzel, preset: bursting", 1600, 20);

    // The first bursts are those of the start.
    private static double BurstPeriod(double[] spikes)
    {
        double[] starts = [.. Trains.Bursts(spikes, 50).Select(b => b.First).Where(t => t > 400)];
        return starts.Length < 2 ? double.NaN : (starts[^1] - starts[0]) / (starts.Length - 1);
    }

    // The least of several currents with a spike in the second half.
    private static double Onset(CircuitLaboratory lab, Column column, string neuron, string unit, double from, double every, int count,
        int milliseconds)
    {
        double[] currents = [.. Enumerable.Range(0, count).Select(i => from + (every * i))];
        string list = string.Join(", ", currents.Select(i => string.Create(CultureInfo.InvariantCulture, $"{i} {unit}")));
        string text = string.Create(CultureInfo.InvariantCulture,
            $"step: 100 us\nduration: {milliseconds} ms\npopulations:\n  cells: {{{neuron}, size: {count}, I: [{list}]}}\n");
        RunRecording run = lab.RunText(text, column);
        int first = Enumerable.Range(0, count).FirstOrDefault(i => Trains.Of(run, i).Any(t => t * 2e3 > milliseconds), -1);
        return first < 0 ? double.NaN : currents[first];
    }

    // tau dv/dt = (v − rest)(v − critical)/(critical − rest) + R·I between reset and peak.
    private static double QuadraticInterval()
    {
        double half = 15.0 / 2;
        double root = Math.Sqrt((10 * 15) - (half * half));
        return 20 * 15 / root * (Math.Atan((20 + 57.5) / root) - Math.Atan((-70 + 57.5) / root));
    }

    private static double MottPulses(double strength, double on, double period)
    {
        double once = strength * (1 - Math.Exp(-on));
        double kept = Math.Exp(-period);
        double sum = once;
        int pulses = 1;
        while (sum < 0.5 && pulses < 100)
        {
            sum = (sum * kept) + once;
            pulses++;
        }

        return pulses;
    }

    private static double Pulses(CircuitLaboratory lab, Column column, double volts, int on, int period)
    {
        string pulses = string.Concat(Enumerable.Range(0, 20).Select(i =>
            string.Create(CultureInfo.InvariantCulture,
                $"  - {{to: cell, dc: {{amplitude: {volts} V, start: {1000 + (i * period)} us, stop: {1000 + (i * period) + on} "
                + $"us}}}}\n")));
        RunRecording run = lab.RunText("step: 10 us\nduration: 40 ms\npopulations:\n  cell: {model: mott, size: 1}\ninputs:\n" + pulses,
            column);
        double[] spikes = Trains.Of(run, 0);
        return spikes.Length == 0 ? double.NaN : 1 + Math.Floor(((spikes[0] * 1e6) - 1000) / period);
    }
}
