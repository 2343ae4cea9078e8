// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.CommandLine;
using NeuroMCU.Cli.Errors;
using NeuroMCU.Cli.Terminal;
using NeuroMCU.Laboratory.Localization;
using NeuroMCU.Laboratory.Localization.Head;

namespace NeuroMCU.Cli.Verbs.CalibrateHead;

/// <summary><c>calibrate-head</c>: makes the sound localization network for a measured head.</summary>
internal static class CalibrateHeadVerb
{
    private static readonly Option<string> s_head = new("--head")
    {
        Description =
        "Measured head, a SOFA file (default: KEMAR of Debian's libmysofa1)",
        HelpName = "FILE.sofa",
        DefaultValueFactory = _ => SofaHead.KemarPath
    };
    private static readonly Option<string?> s_rivals = new("--rivals")
    {
        Description =
        "Rival explanations fitted to this head, which the network then uses",
        HelpName = "FILE.csv"
    };
    private static readonly Option<string> s_out = new("--out", "-o")
    {
        Description = "Folder for the network file and its tables",
        HelpName = "DIR",
        Required = true
    };

    public static Command Create(VerbRunner runner)
    {
        Command command = new Command("calibrate-head", "Make the sound localization network for a measured head") { s_head, s_rivals,
            s_out };
        return runner.Bind(command, usesDevice: false, RunAsync);
    }

    private static Task<ExitCode> RunAsync(VerbContext context, ParseResult line, CancellationToken cancellation)
    {
        string path = line.GetRequiredValue(s_head);
        string folder = line.GetRequiredValue(s_out);
        string? rivals = line.GetValue(s_rivals);
        SofaHead head = SofaHead.Open(path, SofaHead.KemarRate);
        string shown = string.Equals(path, SofaHead.KemarPath, StringComparison.Ordinal) ? string.Empty : $" --head {path}";
        shown += rivals == null ? string.Empty : $" --rivals {rivals}";
        string network = LocalizationNetwork.Write(
            head,
            folder,
            $"neuromcu calibrate-head{shown} --out {folder}",
            rivals,
            step =>
            {
                cancellation.ThrowIfCancellationRequested();
                context.Say(step);
            });
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
