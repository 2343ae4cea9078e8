// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.CommandLine;
using NeuroMCU.Cli.Errors;

namespace NeuroMCU.Cli.Verbs.Completion;

/// <summary><c>completion</c>: prints what a shell needs to complete verbs and options with the tab key.</summary>
internal static class CompletionVerb
{
    private static readonly Argument<string> s_shell = new Argument<string>("SHELL")
    {
        Description =
        "bash, zsh or fish"
    }.AcceptOnlyFromAmong("bash", "zsh", "fish");

    public static Command Create(VerbRunner runner)
    {
        Command command = new Command("completion", "Print the script with which a shell completes verbs and options") { s_shell };
        return runner.Bind(command, usesDevice: false, (context, line, _) =>
        {
            string shell = line.GetRequiredValue(s_shell);
            string script = Script(shell);
            if (context.Json)
            {
                context.WriteJson(new { Schema = "neuromcu.completion/1", Shell = shell, Script = script });
            }
            else
            {
                context.Plain.Write(script);
            }

            return Task.FromResult(ExitCode.Ok);
        });
    }

    private static string Script(string shell)
    {
        using Stream stream = typeof(CompletionVerb).Assembly.GetManifestResourceStream("completion/" + shell)
            ?? throw new FileNotFoundException("the program was built without " + shell, shell);
        using StreamReader reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
