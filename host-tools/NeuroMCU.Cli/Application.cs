// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using NeuroMCU.Cli.Errors;
using NeuroMCU.Cli.Terminal;
using NeuroMCU.Cli.Verbs;
using NeuroMCU.Exchange.Named;

namespace NeuroMCU.Cli;

/// <summary>The program: its verbs, and one call of it.</summary>
internal static class Application
{
    /// <summary>Runs one command line.</summary>
    /// <returns>What to return to the shell.</returns>
    public static async Task<ExitCode> RunAsync(string[] arguments, CliEnvironment environment, CancellationToken cancellation = default)
    {
        ForeignFiles.Register();
        RootCommand root = Create(environment);
        ParseResult line = root.Parse(arguments.Length == 0 ? ["--help"] : arguments);
        if (line.Errors.Count > 0 || Misplaced(arguments, line).Any())
        {
            return Refuse(arguments, line, environment);
        }

        InvocationConfiguration configuration = new InvocationConfiguration
        {
            Output = environment.Out,
            Error = environment.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,   // signals come through the token
        };
        return (ExitCode)await line.InvokeAsync(configuration, cancellation);
    }

    /// <summary>Builds the command tree.</summary>
    /// <returns>The root.</returns>
    internal static RootCommand Create(CliEnvironment environment)
    {
        VerbRunner runner = new VerbRunner(environment);
        RootCommand root =
            new RootCommand("Programs, runs, records and explains spiking networks on a NeuroMCU board or on its virtual bench.");
        foreach (Command verb in VerbList.Create(runner))
        {
            root.Add(verb);
        }

        HelpOption help = root.Options.OfType<HelpOption>().Single();
        if (help.Action is HelpAction builtIn)
        {
            help.Action = new HelpWithExitCodes(builtIn, environment.Width);
        }

        return root;
    }

    private static ExitCode Refuse(string[] arguments, ParseResult line, CliEnvironment environment)
    {
        List<string> path = [];
        for (SymbolResult? at = line.CommandResult; at is CommandResult command; at = at.Parent)
        {
            path.Insert(0, command.Command is RootCommand ? "neuromcu" : command.Command.Name);
        }

        string spelled = string.Join(' ', path);

        // An unknown verb also counts as a missing one; to say both would only confuse.
        IEnumerable<string> messages = line.Errors.Select(e => e.Message.TrimEnd('.')).Distinct(StringComparer.Ordinal);
        string what = string.Join("; ", line.UnmatchedTokens.Count > 0
            ? messages.Where(m => m.StartsWith("Unrecognized", StringComparison.Ordinal)).Take(1) : messages);
        string[] misplaced = [.. Misplaced(arguments, line)];
        if (misplaced.Length > 0)
        {
            what = $"there is no option '{misplaced[0]}'";
        }

        string? close = misplaced.Concat(line.UnmatchedTokens).Select(t => Closest(t, line.CommandResult.Command))
            .FirstOrDefault(c => c is not null);
        CliException problem = new CliException(
            ExitCode.Usage, what, close is null ? null : $"did you mean '{close}'?", $"{spelled} --help");
        bool json = arguments.Contains("--json", StringComparer.Ordinal);
        VerbContext context = new VerbContext(environment, json, quiet: false,
            color: !arguments.Contains("--no-color", StringComparer.Ordinal), debug: false, null, null);
        ErrorReport.Write(environment, problem, json, debug: false, context.Messages);
        return problem.Code;
    }

    // The parser of the command line gives an option that it does not know to the next argument or option that wants a value.
    private static IEnumerable<string> Misplaced(string[] arguments, ParseResult line)
    {
        return arguments.Contains("--", StringComparer.Ordinal)
            ? []
            : line.CommandResult.Children.SelectMany(c => c.Tokens)
                .Select(t => t.Value).Where(v => v.Length > 2 && v.StartsWith("--", StringComparison.Ordinal) && char.IsAsciiLetter(v[2]));
    }

    private static string? Closest(string token, Command command)
        => Suggestion.Nearest(token, command.Subcommands.Select(c => c.Name).Concat(command.Options.Select(o => o.Name)));
}
