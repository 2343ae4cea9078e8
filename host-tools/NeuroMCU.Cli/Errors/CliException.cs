// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Cli.Errors;

/// <summary>A problem in the words that the user reads: what happened, why, and the next command to type.</summary>
internal sealed class CliException : Exception
{
    public CliException(ExitCode code, string what, string? why = null, string? next = null, Exception? inner = null)
        : base(what, inner)
    {
        Code = code;
        Why = why;
        Next = next;
    }

    public ExitCode Code { get; }

    public string? Why { get; }

    public string? Next { get; }
}
