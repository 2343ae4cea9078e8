// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Parts;
using NeuroMCU.Recordings;
using NeuroMCU.Recordings.Report;

namespace NeuroMCU.Laboratory.Reproductions.Rows;

/// <summary>
/// The rate f* that a neuron with feedback settles at, over its bias and over the resistor that sets the weight.
/// <see cref="SynapsePulse" /> gives each resistor its charge, the same in all rows and in the motifs.
/// </summary>
internal static class FeedbackRows
{
    // Table III of the paper, in kΩ.
    private const double MemoryResistor = 5;
    private const double AdaptationResistor = 2.2;

    // f* is 257 Hz at 2.2 kΩ in the inset over R_W, and that is f* at this bias in the inset over I_0; at 92.8 µA it is 335 Hz in the
    // figure itself.
    private const double InsetBias = 76.5;

    private const string Bias = "the bias of this inset is not printed: at 2.2 kOhm it has 257 Hz, which the inset over I_0 has at 76.5 uA";

    private static readonly double[] s_excited = [39, 40, 41, 42, 43, 44, 44.5];
    private static readonly double[] s_inhibited = [75, 85, 95, 105, 115, 130];
    private static readonly double[] s_memoryResistors = [5, 6.7, 10, 12, 14, 16, 18];
    private static readonly double[] s_adaptationResistors = [1.5, 2.2, 5, 10, 30];

    private static readonly RowFigure s_bump = Figure("bump-f-star", "Sustained rate of the memory over its bias", "bias (µA)", s_excited,
        Excited, [39, 44.5], [80, 115]);
    private static readonly RowFigure s_bumpWeight =
        Figure("bump-weight", "Sustained rate of the memory over the weight resistor", "R_W (kΩ)", s_memoryResistors, BumpWeighted,
            [5, 10, 18], [105, 90, 77]);

    private static readonly RowFigure s_adaptation = Figure("adaptation-f-star", "Adapted rate over the bias", "bias (µA)", s_inhibited,
        Inhibited, [75, 130], [240, 500]);
    private static readonly RowFigure s_weight =
        Figure("adaptation-weight", "Adapted rate over the weight resistor", "R_W (kΩ)", s_adaptationResistors, Weighted, [1.5, 30],
            [245, 322]);

    /// <summary>All of them.</summary>
    /// <returns>Rows.</returns>
    public static IEnumerable<ReproductionRow> All()
    {
        ReproductionRow Row(string system, string name, string quantity, double expected, string place, RowFigure figure, string network,
            int neuron) => new ReproductionRow
            {
                Name = name,
                System = system,
                Quantity = quantity,
                Expected = expected,
                Tolerance = 0.15 * expected,
                Unit = "Hz",
                Source = Sources.W25(place),
                Provenance = Provenance.ReadOffFigure,
                Measure = (lab, c) => Rate(lab, c, network, neuron),
                Figure = figure,
            };

        yield return Row("memory bump", "bump-f-star-39", "sustained rate at 39 uA", 80, "fig. 9", s_bump, Excited, 0);
        yield return Row("memory bump", "bump-f-star-44.5", "sustained rate at 44.5 uA", 115, "fig. 9", s_bump, Excited,
            s_excited.Length - 1);
        foreach ((double resistor, double rate) in ((double, double)[])[(5, 105), (10, 90), (18, 77)])
        {
            string name = Text(resistor);
            yield return Row("memory bump", "bump-weight-" + name, "sustained rate at 44.7 uA, R_W " + name + " kOhm", rate, "fig. 9",
                s_bumpWeight, BumpWeighted, Array.IndexOf(s_memoryResistors, resistor));
        }

        yield return Row("adaptation", "adaptation-f-star-75", "adapted rate at 75 uA", 240, "fig. 11 and 12", s_adaptation, Inhibited, 0);
        yield return Row("adaptation", "adaptation-f-star-130", "adapted rate at 130 uA", 500, "fig. 11 and 12", s_adaptation, Inhibited,
            s_inhibited.Length - 1) with
        {
            Remark = "reached from below, as a sweep does: 130 uA at once blocks the neuron",
        };
        foreach ((double resistor, double rate) in ((double, double)[])[(1.5, 245), (30, 322)])
        {
            string name = Text(resistor);
            yield return Row("adaptation", "adaptation-weight-" + name, "adapted rate at 76.5 uA, R_W " + name + " kOhm", rate, "fig. 11",
                s_weight, Weighted, Array.IndexOf(s_adaptationResistors, resistor)) with
            {
                Remark = Bias,
            };
        }
    }

    private static string Excited => Neurons("memory", "w25-fig6", s_excited, Array.ConvertAll(s_excited, _ => MemoryResistor),
        "nmda: {tau: 470 ms}", 30);

    private static string BumpWeighted => Neurons("memory", "w25-fig6", Array.ConvertAll(s_memoryResistors, _ => 44.7), s_memoryResistors,
        "nmda: {tau: 470 ms}", 22.9);

    private static string Inhibited => Neurons("neuron", "w25-fig11", s_inhibited, Array.ConvertAll(s_inhibited, _ => AdaptationResistor),
        "gaba_b: {tau: 1 s}", -25);

    private static string Weighted => Neurons("neuron", "w25-fig11", Array.ConvertAll(s_adaptationResistors, _ => InsetBias),
        s_adaptationResistors, "gaba_b: {tau: 1 s}", 0);

    // One population per neuron, each with its own synapse onto itself; for two seconds the drive starts it.
    private static string Neurons(string name, string preset, double[] biases, double[] resistors, string receptor, double drive)
    {
        string receptorName = receptor[..receptor.IndexOf(':', StringComparison.Ordinal)];
        ThyristorCell cell = ThyristorPresets.Get(preset);
        int[] all = Enumerable.Range(0, biases.Length).ToArray();
        string Charge(int i) => Text(Math.Round(SynapsePulse.Charge(cell, 1e3 * resistors[i]) * 1e9, 1));
        return "duration: 7 s\npopulations:\n"
            + string.Concat(
                all.Select(
                    i => $"  {name}{Text(i)}: {{model: thyristor, preset: {preset}, size: 1, bias: {Text(biases[i])} uA, receptors: "
                    + $"{{{receptor}}}}}\n"))
            + "projections:\n"
            + string.Concat(
                all.Select(
                    i => $"  - {{from: {name}{Text(i)}, to: {name}{Text(i)}, connect: one-to-one, receptor: {receptorName}, weight: "
                    + $"{Charge(i)} nC, delay: 0 ms}}\n"))
            + "inputs:\n"
            + string.Concat(all.Select(i => $"  - {{to: {name}{Text(i)}, dc: {{amplitude: {Text(drive)} uA, start: 0 s, stop: 2 s}}}}\n"));
    }

    private static double Rate(CircuitLaboratory lab, Column column, string network, int neuron)
        => Trains.Rate(Trains.Of(lab.RunText(network, column), neuron), 6, 7);

    private static RowFigure Figure(string name, string title, string abscissa, double[] x, string network, double[] published,
        double[] rates) => new RowFigure(name, title, lab =>
    {
        RunRecording run = lab.RunText(network, Column.Engine);
        double[] engine = x.Select((_, i) => Trains.Rate(Trains.Of(run, i), 6, 7)).ToArray();
        return SvgPlot.Stack(new SvgPlot(abscissa, "rate (Hz)").Dots("published", published, rates).Dots("engine", x, engine));
    });

    private static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);
}
