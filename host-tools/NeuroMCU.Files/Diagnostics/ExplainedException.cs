// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Files.Diagnostics;

/// <summary>A problem in the words that the user reads: what happened, why, and what to do next.</summary>
public abstract class ExplainedException : Exception
{
    /// <summary>Initializes a new instance of the <see cref="ExplainedException" /> class.</summary>
    /// <param name="what">What happened, with the values that matter.</param>
    /// <param name="why">The cause as far as it is known; null when the message says it.</param>
    /// <param name="next">What to type or do next; null when there is nothing.</param>
    /// <param name="inner">What it came from; may be null.</param>
    protected ExplainedException(string what, string? why, string? next, Exception? inner)
        : base(what, inner)
    {
        Why = why;
        Next = next;
    }

    /// <summary>Gets the cause as far as it is known, or null.</summary>
    public string? Why { get; }

    /// <summary>Gets what to type or do next, or null.</summary>
    public string? Next { get; }
}
