// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Laboratory.Calibration.Fit;
using NeuroMCU.Laboratory.Calibration.Measure;
using NeuroMCU.Parts;
using NeuroMCU.Recordings.Report;

namespace NeuroMCU.Laboratory.Calibration.Files;

/// <summary>The page that shows a fit: curve, residuals, parameters.</summary>
public static class CsvFitReport
{
    private const int CurvePoints = 400;

    /// <summary>Makes the page.</summary>
    /// <param name="source">Where the data came from.</param>
    /// <param name="points">Measured points.</param>
    /// <param name="fit">The fit.</param>
    /// <param name="conflicts">Where the points contradict each other.</param>
    /// <returns>The page.</returns>
    public static HtmlReport Make(string source, IReadOnlyList<RatePoint> points, CellFit fit, IReadOnlyList<RateConflict> conflicts)
    {
        double[] current = [.. points.Select(p => p.Current * 1e6)];
        double[] grid = [.. Enumerable.Range(0, CurvePoints + 1).Select(i => current[0] + ((current[^1] - current[0]) * i / CurvePoints))];
        HtmlReport report = new HtmlReport("Fit of " + System.IO.Path.GetFileName(source),
            $"closed form of the thyristor neuron through {points.Count} measured points");
        if (!fit.IsExplanation)
        {
            report.Figure("the fit failed", "no measurement", FigureTone.Bad);
        }

        if (conflicts.Count > 0)
        {
            report.Figure("readings that contradict each other", FormattableString.Invariant($"{conflicts.Count} of the currents"),
                FigureTone.Bad);
        }

        return report
            .Figure("RMSE", FormattableString.Invariant($"{fit.Rmse:0.0} Hz"))
            .Figure("V_th", FormattableString.Invariant($"{fit.Cell.Threshold:0.00} V"))
            .Figure("I_min", FormattableString.Invariant($"{fit.Cell.Onset * 1e6:0.0} µA"))
            .Figure(fit.BlockSeen ? "I_hold" : "I_hold (block not seen)", FormattableString.Invariant($"{fit.Cell.Hold * 1e6:0.0} µA"))
            .Figure("R_hi", FormattableString.Invariant($"{OffResistance(fit.Cell) / 1e3:0.0} kΩ"))
            .Add(new LinesSection(
                "Rate against current",
                "current (µA)",
                "rate (Hz)",
                [
                    new LineSeries("closed form", grid, [.. grid.Select(i => ThyristorRate.Of(fit.Cell, i * 1e-6))], "Hz"),
                    new LineSeries("measured", current, [.. points.Select(p => p.Rate)], "Hz", Dots: true),
                ])
            { Height = 320 })
            .Add(new LinesSection("Residuals: closed form − measured", "current (µA)", "residual (Hz)",
                [new LineSeries("residual", current, [.. fit.Residuals], "Hz", Dots: true)])
            { Height = 200 })
            .Add(new TableSection(
                "Points",
                ["#current (µA)", "#measured (Hz)", "#closed form (Hz)", "#residual (Hz)", string.Empty],
                [
                    .. points.Select((p, i) => new[]
                    {
                        Number(p.Current * 1e6), Number(p.Rate), Number(p.Rate + fit.Residuals[i]), Number(fit.Residuals[i]),
                            fit.Outliers[i] ? "left out" : string.Empty,
                    }),
                ])
            { Tones = [.. fit.Outliers.Select(outlier => outlier ? FigureTone.Warning : FigureTone.Neutral)] });
    }

    private static double OffResistance(ThyristorCell cell) => 1 / cell.Leak;

    private static string Number(double value) => value.ToString("0.0", CultureInfo.InvariantCulture);
}
