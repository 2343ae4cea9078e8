// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.CommandLine;
using NeuroMCU.Cli.Errors;
using NeuroMCU.Cli.Inputs;
using NeuroMCU.Cli.Pictures;
using NeuroMCU.Cli.Terminal;
using NeuroMCU.Laboratory.Calibration;
using NeuroMCU.Parts;

namespace NeuroMCU.Cli.Verbs.Calibrate;

/// <summary><c>calibrate</c>: measures the neurons of a board, checks a calibration, or fits measured data.</summary>
internal static class CalibrateVerb
{
    private const string DefaultBoard = "thyristor-8";

    private static readonly Option<string?> s_reference = new("--reference", "--preset")
    {
        Description =
            "Component set that all channels are to behave like: w25, w25-33n, w23, bench (default: that of the board's profile); with "
                + "--csv the known component values (default: bench)",
        HelpName = "NAME",
    };

    private static readonly Option<bool> s_check = new("--check")
    {
        Description =
        "Measure a few points again and compare with the calibration that is kept"
    };

    private static readonly Option<double> s_tolerance = new Option<double>("--tolerance")
    {
        Description = "Change of the rate in per cent that --check calls drift",
        HelpName = "PERCENT",
        DefaultValueFactory = _ => 100 * DriftCheck.DefaultTolerance,
    }
        .Within(0.01, 100, "a change in per cent");

    private static readonly Option<string?> s_csv = new("--csv")
    {
        Description =
        "Fit measured data without a board: columns current_uA,rate_Hz[,height_V]",
        HelpName = "FILE.csv"
    };

    private static readonly Option<string?> s_capacitance = new("--capacitance")
    {
        Description =
        "With --csv: membrane capacitance, if not that of the set, such as \"0.1 uF\"",
        HelpName = "C"
    };

    private static readonly Option<string?> s_load = new("--load")
    {
        Description =
        "With --csv: load resistor, if not that of the set, such as \"2.2 kOhm\"",
        HelpName = "R"
    };

    private static readonly Option<string?> s_profile = BoardSession.Profile();

    private static readonly Option<string?> s_out = new Option<string?>("--out", "-o")
    {
        Description = "Write the report to this file",
        HelpName = "FILE.html"
    }
        .EndingIn("a page", ".html", ".htm");

    private static readonly Option<string?> s_figure = PictureFiles.Option();

    private static readonly Option<bool> s_force = new("--force")
    {
        Description =
        "Keep the result even when a channel failed that was good in the former calibration"
    };

    public static Command Create(VerbRunner runner)
    {
        s_reference.CompletionSources.Add([.. ThyristorPresets.Names]);
        Command command = new Command("calibrate", "Measure the neurons of a board, name the bad ones, make the good ones fire alike")
        {
            s_reference, s_check, s_tolerance, s_csv, s_capacitance, s_load, s_profile, s_out, s_figure, s_force,
        };
        return runner.Bind(command, usesDevice: true, RunAsync);
    }

    private static Task<ExitCode> RunAsync(VerbContext context, ParseResult line, CancellationToken cancellation)
    {
        string? csv = line.GetValue(s_csv);
        string? reference = line.GetValue(s_reference);
        if (reference is not null && ThyristorPresets.Find(reference) is null)
        {
            string next = Suggestion.Hint(reference, ThyristorPresets.Names, '\'')
                ?? "use one of: " + string.Join(", ", ThyristorPresets.Names);
            throw new CliException(ExitCode.Usage, $"there is no component set '{reference}'", null, next);
        }

        if (csv is not null)
        {
            return Task.FromResult(CsvFit.Run(context, new CsvFitOptions(csv, reference ?? "bench", line.GetValue(s_capacitance),
                line.GetValue(s_load), line.GetValue(s_out), line.GetValue(s_figure))));
        }

        context.UseBoard(DefaultBoard);
        string? profile = line.GetValue(s_profile);
        return line.GetValue(s_check)
            ? BoardCheck.RunAsync(context, profile, line.GetValue(s_tolerance) / 100, cancellation)
            : BoardRun.RunAsync(context, profile, reference, line.GetValue(s_out), line.GetValue(s_figure), line.GetValue(s_force),
                cancellation);
    }
}
