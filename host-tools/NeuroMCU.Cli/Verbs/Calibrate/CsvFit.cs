// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Cli.Errors;
using NeuroMCU.Cli.Inputs;
using NeuroMCU.Cli.Pictures;
using NeuroMCU.Cli.Terminal;
using NeuroMCU.Files.Diagnostics;
using NeuroMCU.Files.Units;
using NeuroMCU.Laboratory.Calibration.Files;
using NeuroMCU.Laboratory.Calibration.Fit;
using NeuroMCU.Laboratory.Calibration.Measure;
using NeuroMCU.Parts;
using Spectre.Console;

namespace NeuroMCU.Cli.Verbs.Calibrate;

/// <summary><c>calibrate --csv</c>: the closed form through data that were measured elsewhere.</summary>
internal static class CsvFit
{
    /// <summary>Runs it.</summary>
    /// <returns>0.</returns>
    public static ExitCode Run(VerbContext context, CsvFitOptions options)
    {
        ThyristorCell nominal = Nominal(options);
        string? page = options.Report is { } asked ? context.ForWriting(asked) : null;
        string? figure = options.Figure is { } picture ? context.ForWriting(picture) : null;
        RateTable table = RateCsv.Read(context.Read(options.File));
        IReadOnlyList<RatePoint> points = table.Points;
        FitProblem.CheckPoints(options.File, points);
        CellFit fit = CellFitter.Fit(points, nominal);
        IReadOnlyList<RateConflict> conflicts = RateConflict.Of(points);
        string? problem = FitProblem.Of(points, fit, conflicts);
        SayHowItWasRead(context, table);
        if (page is not null)
        {
            CsvFitReport.Make(options.File, points, fit, conflicts).Save(page);
        }

        PictureFiles.Save(context, figure, () => CsvFitReport.Make(options.File, points, fit, conflicts));

        if (context.Json)
        {
            WriteJson(context, options, points, fit, conflicts, problem);
        }
        else
        {
            WriteText(context, options, points, fit);
        }

        if (!fit.Settled)
        {
            context.Say("warning: the search for the parameters did not come to rest within its steps; other values may fit better");
        }

        if (problem is null)
        {
            return ExitCode.Ok;
        }

        context.Complain(new CliException(ExitCode.MeasuredData, $"{options.File}: {problem}", "the parameters above are no measurement",
            FitProblem.Next(conflicts)));
        return ExitCode.MeasuredData;
    }

    private static void SayHowItWasRead(VerbContext context, RateTable table)
    {
        if (table.Unused.Count > 0)
        {
            context.Say("note: columns that are not used: " + string.Join(", ", table.Unused));
        }

        if (table.Settled > 0)
        {
            context.Say($"note: {Figures.Count(table.Settled, "small negative value")} counted as 0");
        }
    }

    private static ThyristorCell Nominal(CsvFitOptions options)
    {
        ThyristorCell found = ThyristorPresets.Get(options.Preset);
        return found with
        {
            Capacitance = options.Capacitance is { } c ? Quantities.Positive(c, Dimension.Capacitance, "--capacitance", "0.1 uF") * 1e-6
                : found.Capacitance,
            Load = options.Load is { } r ? Quantities.Positive(r, Dimension.Resistance, "--load", "2.2 kOhm") * 1e3 : found.Load,
        };
    }

    private static void WriteText(VerbContext context, CsvFitOptions options, IReadOnlyList<RatePoint> points, CellFit fit)
    {
        context.WriteLine(
            $"{options.File}: {Figures.Count(points.Count, "point")}, C {Figures.Short(fit.Cell.Capacitance * 1e6)} uF, R_a "
            + $"{Figures.Short(fit.Cell.Load / 1e3)} kOhm");
        RatePlot.Write(context.Out, points, i => ThyristorRate.Of(fit.Cell, i));
        Grid table = Tables.Plain("parameter", "#value", "unit", string.Empty);
        void Add(string name, string key, double value, string unit, string? remark = null) =>
            Tables.Add(table, name, Figures.Short(value), unit, remark
                ?? (fit.Fitted.Contains(key, StringComparer.Ordinal) ? "fitted" : "of the preset"));
        Add("V_th", "threshold", Math.Round(fit.Cell.Threshold, 3), "V");
        Add("I_min", "onset", Math.Round(fit.Cell.Onset * 1e6, 2), "uA", fit.OnsetSeen ? "fitted" : "fitted; no silent point below");
        Add("I_hold", "hold", Math.Round(fit.Cell.Hold * 1e6, 2), "uA", fit.BlockSeen ? "between the last firing and the blocked point"
            : "block not seen: at least this");
        Add("R_hi", "onset", Math.Round(1e-3 / fit.Cell.Leak, 1), "kOhm", "(V_th - V_knee) / I_min");
        Add("V_knee", "knee", Math.Round(fit.Cell.Knee, 3), "V");
        Add("t_release", "release", Math.Round(fit.Cell.Release * 1e3, 3), "ms");
        Add("r_on", "on_resistance", Math.Round(fit.Cell.OnResistance, 1), "Ohm");
        context.Out.Write(table);
        context.WriteLine($"RMSE {fit.Rmse.ToString("0.0", CultureInfo.InvariantCulture)} Hz");
        string[] outliers = [.. Enumerable.Range(0, points.Count).Where(i => fit.Outliers[i]).Select(i => string.Create(
            CultureInfo.InvariantCulture,
            $"{points[i].Current * 1e6:0.0} uA, {points[i].Rate:0.0} Hz, where the closed form has {points[i].Rate + fit.Residuals[i]:0.0} Hz"))];
        foreach (string outlier in Listing.Of(outliers, "--json marks them all"))
        {
            context.WriteLine("left out: " + outlier);
        }

        if (options.Report is { } report)
        {
            context.WriteLine("wrote " + report);
        }
    }

    private static void WriteJson(
        VerbContext context, CsvFitOptions options, IReadOnlyList<RatePoint> points, CellFit fit, IReadOnlyList<RateConflict> conflicts,
        string? problem)
    {
        context.WriteJson(new
        {
            Schema = "neuromcu.calibrate-csv/1",
            options.File,
            options.Preset,
            RmseHz = fit.Rmse,
            fit.Explained,
            fit.Settled,
            Problem = problem,
            Cell = CellJson.Of(fit.Cell),
            fit.Fitted,
            fit.OnsetSeen,
            fit.BlockSeen,
            Conflicts = conflicts.Select(c => new { CurrentUa = c.Current * 1e6, LowestHz = c.Lowest, HighestHz = c.Highest }),
            Points = points.Select((p, i) => new
            {
                CurrentUa = p.Current * 1e6,
                RateHz = p.Rate,
                ResidualHz = fit.Residuals[i],
                LeftOut = fit.Outliers[i]
            }),
            Report = options.Report is { } report ? Path.GetFullPath(report) : null,
        });
    }
}
