// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.CommandLine;
using NeuroMCU.Cli.Errors;
using NeuroMCU.Cli.Inputs;
using NeuroMCU.Cli.Pictures;
using NeuroMCU.Cli.Terminal;
using NeuroMCU.Files.Units;
using NeuroMCU.Laboratory.Models;
using NeuroMCU.Laboratory.Models.Plots;
using NeuroMCU.Networks.Equations;
using NeuroMCU.Recordings.Report;

namespace NeuroMCU.Cli.Verbs.Model;

/// <summary><c>model plot</c>: what a model does, as pictures.</summary>
internal static class ModelPlotVerb
{
    private static readonly Argument<string> s_model = new("model")
    {
        Description =
        "File of a model, or the name of one that comes with the program",
        HelpName = "FILE"
    };
    private static readonly Option<string?> s_preset = new("--preset")
    {
        Description = "Preset to plot instead of the default values, or several beside each other",
        HelpName = "NAME[,NAME]"
    };
    private static readonly Option<int?> s_step = new("--step")
    {
        Description =
        "Step in microseconds; otherwise what the text says, or 100",
        HelpName = "US"
    };
    private static readonly Option<string?> s_input = new("--input")
    {
        Description =
        "Height of the step of the first input, or of the sweep of a channel",
        HelpName = "VALUE"
    };
    private static readonly Option<string?> s_sweep = new("--sweep")
    {
        Description = "Ends of the curve of the rate over the first input",
        HelpName = "FROM..TO UNIT"
    };
    private static readonly Option<string?> s_duration = new("--duration") { Description = "Length of the response", HelpName = "TIME" };
    private static readonly Option<string?> s_period = new("--period")
    {
        Description = "Period of the loops of a channel",
        HelpName = "TIME"
    };
    private static readonly Option<string?> s_out = new Option<string?>("--out", "-o")
    {
        Description = "Write a page, or a picture",
        HelpName = "FILE.html|png|svg|pdf"
    }
        .EndingIn("a page, or a picture", ".html", ".htm", ".png", ".svg", ".pdf");

    public static Command Create(VerbRunner runner)
    {
        Command command = new Command("plot", "Draw a model: response to a step, rate over the input, phase plane, loops of a channel")
        {
            s_model, s_preset, s_step, s_input, s_sweep, s_duration, s_period, s_out,
        };
        return runner.Bind(command, usesDevice: false, RunAsync);
    }

    private static Task<ExitCode> RunAsync(VerbContext context, ParseResult line, CancellationToken cancellation)
    {
        string model = line.GetRequiredValue(s_model);
        int step = line.GetValue(s_step) ?? ModelCheck.StepOf(model);
        if (step is < 10 or > 100000)
        {
            throw new CliException(ExitCode.Usage, FormattableString.Invariant($"--step {step} is out of range"), null,
                "give 10 to 100000 microseconds");
        }

        if (ModelLibrary.IsPath(model))
        {
            context.Note(model);
        }

        string[] chosen = line.GetValue(s_preset)?.Split(',', StringSplitOptions.TrimEntries) ?? [];
        IReadOnlyList<string> presets = ModelCheck.PresetsOf(model);
        if (Array.Find(chosen, p => !presets.Contains(p, StringComparer.Ordinal)) is { } unknown)
        {
            throw new CliException(ExitCode.Usage, $"the model has no preset '{unknown}'", null,
                "its presets: " + string.Join(", ", presets));
        }

        string? file = line.GetValue(s_out);
        context.ForWritingAll(file);
        PlotSettings settings = new()
        {
            Preset = chosen.Length == 0 ? string.Empty : chosen[0],
            Step = step,
            Input = line.GetValue(s_input),
            Sweep = line.GetValue(s_sweep),
            Duration = Seconds(line.GetValue(s_duration), "--duration"),
            Period = Seconds(line.GetValue(s_period), "--period"),
        };
        ModelPlot plot = chosen.Length > 1 ? ModelPlot.Beside(model, chosen, settings) : ModelPlot.Of(model, settings);
        HtmlReport report = plot.Report();
        if (file != null)
        {
            if (file.EndsWith(".html", StringComparison.OrdinalIgnoreCase) || file.EndsWith(".htm", StringComparison.OrdinalIgnoreCase))
            {
                report.Save(file);
            }
            else
            {
                PictureFiles.Write(file, Picture.Panels(plot.Sections));
            }

            context.Say("wrote " + file);
        }

        context.Warn(plot.Findings);
        if (plot.NotOnDevice is { } reason)
        {
            context.Say("without a curve of the device: " + reason);
        }

        if (context.Json)
        {
            context.WriteJson(Document(report, plot));
        }
        else if (file == null)
        {
            context.WriteLine(report.Title + ", " + report.Subtitle);
            context.WriteLine();
            foreach (ReportSection section in plot.Sections)
            {
                CurvesView.Write(context.Out, section);
            }
        }

        return Task.FromResult(ExitCode.Ok);
    }

    private static object Document(HtmlReport report, ModelPlot plot)
    {
        return new
        {
            Schema = "neuromcu.model-plot/1",
            report.Title,
            plot.Shown,
            Plots = plot.Sections.Select(s => s switch
            {
                LinesSection l => Plot(l.Title, l.XLabel, l.YLabel, l.Series),
                CurvesSection c => Plot(c.Title, c.XLabel, c.YLabel, c.Series),
                _ => new object(),
            }),
        };
    }

    private static object Plot(string title, string x, string y, IReadOnlyList<LineSeries> series)
    {
        return new { Title = title, X = x, Y = y, Series = series.Select(s => new { s.Name, X = Values(s.X), Y = Values(s.Y), s.Marks }) };
    }

    // JSON has no NaN.
    private static double?[] Values(double[] values) => [.. values.Select(v => double.IsFinite(v) ? v : (double?)null)];

    private static double? Seconds(string? text, string option) => text == null ? null
        : Quantities.Positive(text, Dimension.Time, option, "500 ms") * 1e-6;
}
