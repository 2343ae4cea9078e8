// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.CommandLine;
using NeuroMCU.Cli.Errors;
using NeuroMCU.Cli.Terminal;
using NeuroMCU.Networks.Equations;

namespace NeuroMCU.Cli.Verbs.Model;

/// <summary><c>model show</c>: the text of a model or learning rule that comes with the program, to read or to copy.</summary>
internal static class ModelShowVerb
{
    private static readonly Argument<string> s_name = new("name")
    {
        Description = "Name of the model or learning rule, see `neuromcu model list`",
        HelpName = "NAME"
    };

    public static Command Create(VerbRunner runner)
    {
        return runner.Bind(new Command("show", "Print the text of a model or learning rule that comes with the program") { s_name }, usesDevice: false,
            RunAsync);
    }

    private static Task<ExitCode> RunAsync(VerbContext context, ParseResult line, CancellationToken cancellation)
    {
        string name = line.GetRequiredValue(s_name);
        string text = ModelLibrary.IsRule(name) ? ModelLibrary.RuleTextOf(name) : ModelLibrary.TextOf(name);
        if (context.Json)
        {
            context.WriteJson(new { Schema = "neuromcu.model/1", Name = name, Text = text });
        }
        else
        {
            context.Plain.Write(text);
        }

        return Task.FromResult(ExitCode.Ok);
    }
}
