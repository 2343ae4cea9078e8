// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.CommandLine;
using NeuroMCU.Cli.Errors;
using NeuroMCU.Cli.Pictures;
using NeuroMCU.Cli.Terminal;
using NeuroMCU.Laboratory.Models;
using NeuroMCU.Laboratory.Models.Plots;
using NeuroMCU.Networks.Equations;

namespace NeuroMCU.Cli.Verbs.Model;

/// <summary><c>model page</c>: the tables of a model's page in the documentation, and its picture.</summary>
internal static class ModelPageVerb
{
    private static readonly Argument<string?> s_model = new("model")
    {
        Description = "File of a model, or the name of one that comes with the program; without it one table over all of them",
        HelpName = "FILE",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<string?> s_into = new Option<string?>("--into")
    {
        Description =
        "Put the tables into this page, in the place of those it has",
        HelpName = "FILE.md"
    }
        .EndingIn("a page in Markdown", ".md");

    private static readonly Option<string?> s_figure = new Option<string?>("--figure")
    {
        Description =
        "Write the curves of `model plot` to this picture",
        HelpName = "FILE.png|svg"
    }
        .EndingIn("a picture", ".png", ".svg");

    private static readonly Option<string?> s_preset = new("--preset") { Description = "Preset that the picture shows", HelpName = "NAME" };

    public static Command Create(VerbRunner runner)
    {
        Command command = new Command("page",
            "Write the tables of a model's page: values, presets with what they fire, what the device needs")
        {
            s_model, s_into, s_figure, s_preset,
        };
        return runner.Bind(command, usesDevice: false, RunAsync);
    }

    private static Task<ExitCode> RunAsync(VerbContext context, ParseResult line, CancellationToken cancellation)
    {
        string? model = line.GetValue(s_model);
        if (model != null && ModelLibrary.IsPath(model))
        {
            context.Note(model);
        }

        string? into = line.GetValue(s_into);
        string? figure = line.GetValue(s_figure);
        context.ForWritingAll(into, figure);
        string tables = model == null ? ModelPage.OfAll() : ModelPage.Of(model);
        if (context.Json)
        {
            context.WriteJson(new { Schema = "neuromcu.model-page/1", Text = tables });
        }
        else if (into == null)
        {
            context.Plain.Write(tables);
        }

        if (into != null)
        {
            string page = File.Exists(into) ? File.ReadAllText(into) : string.Empty;
            OutputFile.WriteText(into, writer => writer.Write(ModelPage.Into(page, tables)));
            context.Say("wrote " + into);
        }

        if (model != null && figure != null)
        {
            PlotSettings settings = new() { Preset = line.GetValue(s_preset) ?? string.Empty, Step = ModelCheck.StepOf(model) };
            PictureFiles.Write(figure, Picture.Panels(ModelPlot.Of(model, settings).Sections));
            context.Say("wrote " + figure);
        }

        return Task.FromResult(ExitCode.Ok);
    }
}
