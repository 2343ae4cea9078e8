// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Cli.Errors;

/// <summary>A problem that ends a verb.</summary>
internal sealed class CliException(ExitCode code, string what, string? why = null, string? next = null, Exception? inner = null)
    : ExplainedException(what, why, next, inner)
{
    public CliException(ExitCode code, ExplainedException problem)
        : this(code, problem.Message, problem.Why, problem.Next, problem)
    {
    }

    public ExitCode Code { get; } = code;
}
