// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.CommandLine;
using NeuroMCU.Cli.Errors;
using NeuroMCU.Cli.Inputs;
using NeuroMCU.Cli.Terminal;
using NeuroMCU.Laboratory.Localization;

namespace NeuroMCU.Cli.Verbs.CalibrateHead;

/// <summary><c>calibrate-head</c>: makes the sound localization network for a measured head.</summary>
internal static class CalibrateHeadVerb
{
    private static readonly Option<string?> s_rivals = new("--rivals")
    {
        Description =
        "Rival explanations fitted to this head, which the network then uses",
        HelpName = "FILE.csv"
    };
    private static readonly Option<bool> s_confidence = new("--confidence")
    {
        Description = "Fit rival explanations to this head, such as a sound from above; takes some minutes",
    };
    private static readonly Option<string> s_out = new("--out", "-o")
    {
        Description = "Folder for the network file and its tables",
        HelpName = "DIR",
        Required = true
    };

    public static Command Create(VerbRunner runner)
    {
        Command command = new Command("calibrate-head", "Make the sound localization network for a head, or for your own two microphones");
        foreach (Option option in HeadChoice.Options.Concat(ClapCalibration.Options))
        {
            command.Add(option);
        }

        command.Add(s_rivals);
        command.Add(s_confidence);
        command.Add(s_out);
        return runner.Bind(command, usesDevice: false, RunAsync);
    }

    private static Task<ExitCode> RunAsync(VerbContext context, ParseResult line, CancellationToken cancellation)
    {
        string folder = line.GetRequiredValue(s_out);
        string? rivals = line.GetValue(s_rivals);
        bool fit = line.GetValue(s_confidence);
        if (fit && rivals != null)
        {
            throw new CliException(ExitCode.Usage, "--confidence and --rivals exclude each other",
                "the rivals are fitted, or they come from a file", "leave --rivals out");
        }

        HeadChoice choice = ClapCalibration.IsChosen(line) ? ClapCalibration.Of(context, line, folder, cancellation) : HeadChoice.Of(line);
        string shown = choice.Shown + (rivals == null ? string.Empty : $" --rivals {rivals}") + (fit ? " --confidence" : string.Empty);
        string network = LocalizationNetwork.Write(
            choice.Head,
            choice.Made,
            folder,
            $"neuromcu calibrate-head{shown} --out {folder}",
            rivals,
            step =>
            {
                cancellation.ThrowIfCancellationRequested();
                context.Say(step);
            },
            fit);
        if (context.Json)
        {
            context.WriteJson(new { Schema = "neuromcu.calibrate-head/1", Network = Path.GetFullPath(network) });
        }
        else
        {
            context.WriteLine("wrote " + network);
        }

        return Task.FromResult(ExitCode.Ok);
    }
}
