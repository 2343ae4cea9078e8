// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using NeuroMCU.Host.Recording;
using NeuroMCU.Host.Reproductions.Figures;

namespace NeuroMCU.Host.Reproductions.Rows
{
    /// <summary>The rate f* that a neuron with feedback settles at, over its bias and over the resistor that sets the weight.</summary>
    internal static class FeedbackRows
    {
        // Charge per spike over the weight resistor of the 33 nF neuron: V_+ R_a C_m, in nC kΩ.
        private const double ChargeTimesResistor = 4 * 2e3 * 33e-9 * 1e9 / 1e3;

        private const string Constant = "with the nominal 8.8 nC per spike there is hardly any inhibition left: the neuron that fires at 465 Hz without it cannot fall to 322 Hz, "
            + "so that the figure has another bias, or the mirror of its circuit a residual current";

        private static readonly double[] s_excited = [39, 40, 41, 42, 43, 44, 44.5];
        private static readonly double[] s_inhibited = [75, 85, 95, 105, 115, 130];
        private static readonly double[] s_resistors = [1.5, 2.2, 5, 10, 30];
        private static readonly Column[] s_software = [Column.Engine, Column.Reference, Column.Board];

        private static readonly RowFigure s_bump = Figure("bump-f-star", "Sustained rate of the memory over its bias", "bias (µA)", s_excited, Excited, [39, 44.5], [80, 115]);
        private static readonly RowFigure s_adaptation = Figure("adaptation-f-star", "Adapted rate over the bias", "bias (µA)", s_inhibited, Inhibited, [75, 130], [240, 500]);
        private static readonly RowFigure s_weight = Figure("adaptation-weight", "Adapted rate over the weight resistor", "R_W (kΩ)", s_resistors, Weighted, [1.5, 30], [245, 322]);

        /// <summary>All of them.</summary>
        /// <returns>Rows.</returns>
        public static IEnumerable<ReproductionRow> All()
        {
            ReproductionRow Row(string system, string name, string quantity, double expected, string place, RowFigure figure, Func<Laboratory, Column, double> measure) => new ReproductionRow
            {
                Name = name,
                System = system,
                Quantity = quantity,
                Expected = expected,
                Tolerance = 0.15 * expected,
                Unit = "Hz",
                Source = Sources.W25(place),
                Provenance = Provenance.ReadOffFigure,
                Measure = measure,
                Figure = figure,
            };

            yield return Row("memory bump", "bump-f-star-39", "sustained rate at 39 uA", 80, "fig. 9", s_bump, (lab, c) => Rate(lab, c, Excited, 0)) with
            {
                KnownFailing = s_software,
                KnownReason = "needs the 75 Hz at 48 uA of the real neuron, which the model does not reach (w25-rate-48)",
            };
            yield return Row("memory bump", "bump-f-star-44.5", "sustained rate at 44.5 uA", 115, "fig. 9", s_bump, (lab, c) => Rate(lab, c, Excited, s_excited.Length - 1));
            yield return Row("adaptation", "adaptation-f-star-75", "adapted rate at 75 uA", 240, "fig. 11 and 12", s_adaptation, (lab, c) => Rate(lab, c, Inhibited, 0)) with
            {
                KnownFailing = s_software,
                KnownReason = "56 nC per spike, from 19 uA at 340 Hz, leave 61.6 uA: the real part gives 240 Hz there, the model 310 Hz",
            };
            yield return Row("adaptation", "adaptation-f-star-130", "adapted rate at 130 uA", 500, "fig. 11 and 12", s_adaptation, (lab, c) => Rate(lab, c, Inhibited, s_inhibited.Length - 1)) with
            {
                Remark = "reached from below, as a sweep does: 130 uA at once blocks the neuron",
            };
            yield return Row("adaptation", "adaptation-weight-1.5", "adapted rate at 92.8 uA, R_W 1.5 kOhm", 245, "fig. 11 and 12", s_weight, (lab, c) => Rate(lab, c, Weighted, 0));
            yield return Row("adaptation", "adaptation-weight-30", "adapted rate at 92.8 uA, R_W 30 kOhm", 322, "fig. 11 and 12", s_weight, (lab, c) => Rate(lab, c, Weighted, s_resistors.Length - 1)) with
            {
                KnownFailing = s_software,
                KnownReason = Constant,
            };
        }

        private static string Excited => """
            duration: 7 s
            populations:
              memory: {model: thyristor, preset: w25, size: SIZE, bias: [BIAS], receptors: {nmda: {tau: 470 ms}}}
            projections:
              - {from: memory, to: memory, connect: one-to-one, receptor: nmda, weight: 120 nC, delay: 0 ms}
            inputs:
              - {to: memory, dc: {amplitude: 30 uA, start: 0 s, stop: 2 s}}

            """.Replace("SIZE", Text(s_excited.Length), StringComparison.Ordinal).Replace("BIAS", List(s_excited, " uA"), StringComparison.Ordinal);

        private static string Inhibited => """
            duration: 7 s
            populations:
              neuron: {model: thyristor, preset: w25-33n, size: SIZE, bias: [BIAS], receptors: {gaba_b: {tau: 1 s}}}
            projections:
              - {from: neuron, to: neuron, connect: one-to-one, receptor: gaba_b, weight: 56 nC, delay: 0 ms}
            inputs:
              - {to: neuron, dc: {amplitude: -25 uA, start: 0 s, stop: 2 s}}

            """.Replace("SIZE", Text(s_inhibited.Length), StringComparison.Ordinal).Replace("BIAS", List(s_inhibited, " uA"), StringComparison.Ordinal);

        private static string Weighted => "duration: 7 s\npopulations:\n"
            + string.Concat(s_resistors.Select((_, i) => $"  n{Text(i)}: {{model: thyristor, preset: w25-33n, size: 1, bias: 92.8 uA, receptors: {{gaba_b: {{tau: 1 s}}}}}}\n"))
            + "projections:\n"
            + string.Concat(s_resistors.Select((r, i) => $"  - {{from: n{Text(i)}, to: n{Text(i)}, connect: one-to-one, receptor: gaba_b, weight: {Text(Math.Round(ChargeTimesResistor / r, 2))} nC, delay: 0 ms}}\n"));

        private static double Rate(Laboratory lab, Column column, string network, int neuron) => Trains.Rate(Trains.Of(lab.RunText(network, column), neuron), 6, 7);

        private static RowFigure Figure(string name, string title, string abscissa, double[] x, string network, double[] published, double[] rates) => new RowFigure(name, title, lab =>
        {
            RunRecording run = lab.RunText(network, Column.Engine);
            double[] engine = x.Select((_, i) => Trains.Rate(Trains.Of(run, i), 6, 7)).ToArray();
            return SvgPlot.Stack(new SvgPlot(abscissa, "rate (Hz)").Dots("published", published, rates).Dots("engine", x, engine));
        });

        private static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);

        private static string List(double[] values, string unit) => string.Join(", ", values.Select(v => Text(v) + unit));
    }
}
