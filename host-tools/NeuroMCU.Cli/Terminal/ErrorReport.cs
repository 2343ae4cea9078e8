// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Cli.Errors;
using Spectre.Console;

namespace NeuroMCU.Cli.Terminal;

/// <summary>Prints a problem: as text on standard error, and with --json also as a document on standard output.</summary>
internal static class ErrorReport
{
    public static void Write(CliEnvironment environment, CliException problem, bool json, bool debug, IAnsiConsole messages)
    {
        if (json)
        {
            Try(() => VerbContext.WriteJson(environment.Out, new
            {
                Schema = "neuromcu.error/1",
                ExitCode = (int)problem.Code,
                Error = ExitCodes.NameOf(problem.Code),
                What = problem.Message,
                problem.Why,
                problem.Next,
            }));
        }

        Try(() =>
        {
            Line(environment, messages, "error", "red", problem.Message);
            Line(environment, messages, "  why", "grey", problem.Why);
            Line(environment, messages, " next", "green", problem.Next);
            if (debug && problem.InnerException is not null)
            {
                environment.Error.Write(problem.InnerException + "\n");
            }
        });
    }

    // The problem may be the very stream that it is to be reported on, such as a file on a full disk: the other one and the exit code still
    // tell.
    private static void Try(Action write)
    {
        try
        {
            write();
        }
        catch (IOException)
        {
        }
    }

    private static void Line(CliEnvironment environment, IAnsiConsole messages, string label, string color, string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return;
        }

        // The label through the console for its colour, the text as it is: a path must stay in one piece to be copied.
        messages.Write(new Text(label + ": ", Style.Parse(color + " bold")));
        environment.Error.Write(Printable.Of(text, lines: true).Replace("\n", "\n       ", StringComparison.Ordinal) + "\n");
    }
}
