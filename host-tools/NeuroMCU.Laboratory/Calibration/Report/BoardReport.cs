// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Laboratory.Calibration.Judge;
using NeuroMCU.Laboratory.Calibration.Measure;
using NeuroMCU.Parts;
using NeuroMCU.Recordings.Report;

namespace NeuroMCU.Laboratory.Calibration.Report;

/// <summary>The page that shows the calibration of a board: the mask, curves with their closed forms, residuals, rates without and with
/// drive tables.</summary>
public static class BoardReport
{
    private const int CurvePoints = 300;
    private const int Colours = 8;

    /// <summary>Makes the page.</summary>
    /// <param name="calibration">The calibration.</param>
    /// <returns>The page.</returns>
    public static HtmlReport Make(BoardCalibration calibration)
    {
        ArgumentNullException.ThrowIfNull(calibration);
        int good = calibration.Good().Count();
        HtmlReport page = new HtmlReport(
            "Calibration of " + calibration.Board,
            string.Create(CultureInfo.InvariantCulture,
                $"device {calibration.Device} · {calibration.Date:yyyy-MM-dd HH:mm} · all channels behave like the component set "
                + $"{calibration.Reference}"))
            .Incomplete(calibration.Incomplete)
            .Figure("channels that may be used", $"{good} of {calibration.Channels.Count}", good == calibration.Channels.Count
                ? FigureTone.Good : FigureTone.Bad)
            .Figure("bench time", Text($"{calibration.BenchSeconds:0} s"));
        if (calibration.Spread is { } spread)
        {
            page.Figure("spread of the rates without tables", Percent(spread.LargestBefore))
                .Figure("spread with tables", Percent(spread.LargestAfter), FigureTone.Good);
        }

        page.Add(Mask(calibration)).Add(Curves(calibration)).Add(Residuals(calibration));
        if (calibration.Spread is { } measured)
        {
            page.Add(Spread(measured));
            foreach (CommandedRate command in measured.Commands)
            {
                page.Add(Histogram(command));
            }
        }

        return page.Add(Tables(calibration));
    }

    private static TableSection Mask(BoardCalibration calibration) => new(
        "Channels",
        ["channel", "verdict", "#I_min (µA)", "#I_hold (µA)", "#V_th (V)", "#R_hi (kΩ)", "#rates (Hz)", "#RMSE (Hz)",
            "what was seen, what to look at"],
        [.. calibration.Channels.Select(c => new[] { c.Name, Word(c.Verdict) }.Concat(Parameters(c))
            .Append(c.Verdict.IsGood ? string.Empty : $"{c.Verdict.Reason}. Check: {c.Verdict.Advice}").ToArray())])
    {
        Tones = [.. calibration.Channels.Select(c => c.Verdict.IsGood ? FigureTone.Neutral : FigureTone.Bad)],
        Note = "Currents are nominal: what the board profile makes of a code. It fires from I_min to I_hold, its block; "
            + "I_hold with ≥ was not reached within the limit of the drive. Rates: what a network's command can set well, from where "
                + "one code of the converter no longer changes the rate a lot. RMSE: of the closed form.",
    };

    /// <summary>The word for a verdict.</summary>
    /// <param name="verdict">The verdict.</param>
    /// <returns><c>good</c>, <c>FAILED</c>, or <c>broken off</c> when there is none.</returns>
    public static string Word(ChannelVerdict verdict) => verdict.IsGood ? "good" : verdict.Fault == ChannelFault.NotJudged ? "broken off"
        : "FAILED";

    private static IEnumerable<string> Parameters(ChannelCalibration channel) => channel.Fit is not { } fit
        ? Enumerable.Repeat("–", 6)
        :
        [
            Text($"{fit.Cell.Onset * 1e6:0.0}"), Text($"{(fit.BlockSeen ? string.Empty : "≥ ")}{fit.Cell.Hold * 1e6:0.0}"),
                Text($"{fit.Cell.Threshold:0.00}"), fit.Cell.Leak > 0 ? Text($"{1e-3 / fit.Cell.Leak:0.0}") : "–",
            channel.Table is null ? "–" : Text($"{channel.LowestRate:0} to {channel.HighestRate:0}"), Text($"{fit.Rmse:0.0}"),
        ];

    private static LinesSection Curves(BoardCalibration calibration)
    {
        List<LineSeries> lines = [];
        foreach ((ChannelCalibration channel, int i) in calibration.Channels.Select((c, i) => (c, i)))
        {
            lines.Add(new LineSeries(channel.Name, Microamps(channel), [.. channel.Readings.Select(r => r.Rate)], "Hz", i % Colours,
                Dots: true));
            if (channel.Fit is { } fit && channel.Currents.Count > 0)
            {
                double[] grid = [.. Enumerable.Range(0, CurvePoints + 1).Select(k => channel.Currents[^1] * k / CurvePoints)];
                lines.Add(new LineSeries(channel.Name + ", closed form", [.. grid.Select(x => x * 1e6)],
                    [.. grid.Select(x => ThyristorRate.Of(fit.Cell, x))], "Hz", i % Colours));
            }
        }

        return new LinesSection("Rate against current", "nominal current (µA)", "rate (Hz)", lines) { Height = 380 };
    }

    private static LinesSection Residuals(BoardCalibration calibration) => new(
        "Residuals: closed form − measured",
        "nominal current (µA)",
        "residual (Hz)",
        [.. calibration.Channels.Where(c => c.Fit is not null && c.Fit.Residuals.Count == c.Currents.Count)
            .Select(c => new LineSeries(c.Name, Microamps(c), [.. c.Fit!.Residuals], "Hz", c.Channel % Colours, Dots: true))])
    {
        Height = 220,
    };

    private static TableSection Spread(RateSpread spread) => new(
        "All good channels at the same command",
        ["#commanded rate (Hz)", "#commanded current (µA)", "#mean without tables (Hz)", "#spread", "#mean with tables (Hz)", "#spread"],
        [
            .. spread.Commands.Select(c => new[]
            {
                Text($"{c.Rate:0.0}"), Text($"{c.Current * 1e6:0.0}"), Text($"{c.Before.Average():0.0}"), Spread(c.Before),
                    Text($"{c.After.Average():0.0}"), Spread(c.After),
            }),
        ])
    {
        Note = "Spread is the coefficient of variation: standard deviation over mean. A silent or blocked channel counts as 0 Hz.",
    };

    private static string Spread(IReadOnlyList<double> rates)
    {
        int silent = rates.Count(r => r == 0);
        return Percent(RateSpread.Variation(rates)) + (silent == 0 || silent == rates.Count ? string.Empty : Text($", {silent} silent"));
    }

    private static LinesSection Histogram(CommandedRate command)
    {
        double width = Math.Max(1, command.Before.Concat(command.After).Max() / 30);
        double[] edges = [.. Enumerable.Range(0, 33).Select(i => i * width)];
        double[] Count(IReadOnlyList<double> rates) => [.. edges.Select(e => (double)rates.Count(r => r >= e && r < e + width))];
        return new LinesSection(
            Text($"Rates at a command of {command.Rate:0} Hz"),
            "rate (Hz)",
            "channels",
            [new LineSeries("without tables", edges, Count(command.Before), string.Empty, 1),
                new LineSeries("with tables", edges, Count(command.After), string.Empty, 0)])
        {
            Stepped = true,
            Height = 200,
        };
    }

    private static LinesSection Tables(BoardCalibration calibration) => new(
        "Drive tables",
        "commanded current (µA)",
        "code of the converter",
        [.. calibration.Good()
            .Select(c => new LineSeries(c.Name, [.. c.Table!.Currents.Select(i => i * 1e6)], [.. c.Table.Codes.Select(k => (double)k)],
                string.Empty, c.Channel % Colours))])
    {
        Height = 260,
    };

    private static double[] Microamps(ChannelCalibration channel) => [.. channel.Currents.Select(i => i * 1e6)];

    private static string Percent(double value) => double.IsFinite(value) ? Text($"{100 * value:0.0} %") : "all silent";

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
