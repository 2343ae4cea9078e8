// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using NeuroMCU.Cli.Errors;

namespace NeuroMCU.Cli;

/// <summary>The usual help, and below the program's own the exit codes.</summary>
internal sealed class HelpWithExitCodes : SynchronousCommandLineAction
{
    private readonly HelpAction _help;

    public HelpWithExitCodes(HelpAction help, int width)
    {
        _help = help;
        _help.MaxWidth = width;
    }

    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        int result = _help.Invoke(parseResult);
        IReadOnlyList<string> examples = HelpExamples.Of(
            parseResult.CommandResult.Command.Name,
            parseResult.CommandResult.Parent is CommandResult { Command: not RootCommand } group ? group.Command.Name : null);
        if (examples.Count > 0)
        {
            parseResult.InvocationConfiguration.Output.Write("Examples:\n"
                + string.Concat(examples.Select(example => "  " + example + "\n")));
        }

        if (parseResult.CommandResult.Command is RootCommand)
        {
            TextWriter output = parseResult.InvocationConfiguration.Output;
            output.Write("Exit codes:\n");
            foreach (KeyValuePair<ExitCode, string> code in ExitCodes.All)
            {
                output.Write($"  {(int)code.Key,3}  {code.Value}\n");
            }

            output.Write("\nStart here: neuromcu demo sound-localization\n");
        }

        return result;
    }
}
