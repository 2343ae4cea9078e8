// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.CommandLine;
using NeuroMCU.Cli.Errors;
using NeuroMCU.Cli.Results;
using NeuroMCU.Cli.Terminal;

namespace NeuroMCU.Cli.Verbs.Doctor;

/// <summary><c>doctor</c>: checks what the host tool needs on this machine.</summary>
internal static class DoctorVerb
{
    private static readonly Option<string?> s_report = new Option<string?>("--report")
    {
        Description =
        "Also write a ZIP file for a bug report (no keys in it)",
        HelpName = "FILE.zip"
    }
        .EndingIn("a ZIP file", ".zip");

    public static Command Create(VerbRunner runner)
    {
        Command command = new Command("doctor", "Check this machine: what works, what to type next") { s_report };
        return runner.Bind(command, usesDevice: false, RunAsync);
    }

    private static Task<ExitCode> RunAsync(VerbContext context, ParseResult line, CancellationToken cancellation)
    {
        Finding[] findings = Checks.Run().ToArray();
        string? report = line.GetValue(s_report);
        if (report is not null)
        {
            Bundle.Write(report, findings, context.Variable);
            context.Say("wrote " + Path.GetFullPath(report));
        }

        bool sound = findings.All(f => f.Health != Health.Problem);
        if (context.Json)
        {
            context.WriteJson(new
            {
                Schema = "neuromcu.doctor/1",
                Version = Bundle.Version,
                Sound = sound,
                Checks = findings.Select(f => new { f.Name, Health = f.Health.ToString().ToLowerInvariant(), f.Detail, f.Next }),
            });
        }
        else
        {
            DoctorReport.Write(context.Out, context.Plain, findings);
        }

        return Task.FromResult(sound ? ExitCode.Ok : ExitCode.CheckFailed);
    }
}
