// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Recordings;

namespace NeuroMCU.Laboratory.Reproductions.Rows;

/// <summary>Neurons whose models are texts: spikes that published simulations or closed forms name.</summary>
internal static class EquationRows
{
    private const string Fourcaud = "Fourcaud-Trocme et al., J. Neurosci. 23, 11628 (2003): I_T = (V_T - D_T - V_L)/R";
    private const string Rinzel =
        "Rinzel and Ermentrout, in: Methods in Neuronal Modeling (1998): the saddle-node of the second set lies at 39.96 uA/cm^2";
    private const string Brette07 = "Brette et al., J. Comput. Neurosci. 23, 349 (2007), parameters; closed form of the interval";
    private const string Quadratic = "Ermentrout and Kopell, SIAM J. Appl. Math. 46, 233 (1986): closed form of the interval";

    /// <summary>All of them.</summary>
    /// <returns>Rows.</returns>
    public static IEnumerable<ReproductionRow> All()
    {
        yield return TextRuns.Row("exponential-if-onset", "least current that makes it fire", 16.2, 0.5, "pA", Fourcaud,
            (lab, c) => Onset(lab, c, "model: exponential-if", "pA", 14.2, 0.25, 17, 3000));
        yield return TextRuns.Row("quadratic-if-interval", "interval at 100 pA", QuadraticInterval(), 0.01 * QuadraticInterval(), "ms", Quadratic,
            (lab, c) => TextRuns.Intervals(TextRuns.Spikes(lab, c, "model: quadratic-if, preset: tonic", 1000))[^1]);
        yield return TextRuns.Row("cuba-lif-interval", "interval without input", 5 + (20 * Math.Log(11)), 0.2, "ms", Brette07,
            (lab, c) => TextRuns.Intervals(TextRuns.Spikes(lab, c, "model: cuba-lif", 500))[^1]);
        yield return TextRuns.Row("coba-lif-interval", "interval at 200 pA", 5 + (20 * Math.Log(2)), 0.2, "ms", Brette07,
            (lab, c) => TextRuns.Intervals(TextRuns.Spikes(lab, c, "model: coba-lif, preset: tonic", 500))[^1]);
        yield return TextRuns.Row(
            "morris-lecar-onset", "least current that makes it fire", 39.96, 0.3, "uA/cm^2", Rinzel,
            (lab, c) => Onset(lab, c, "model: morris-lecar, preset: snic-firing", "uA/cm^2", 39.25, 0.25, 8, 3000)) with
        { Provenance = Provenance.Recalled };
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
}
