// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Networks.Equations;

/// <summary>Something is wrong at a place of an expression.</summary>
internal sealed class ExprException : Exception
{
    public ExprException(int start, int end, string message, string hint)
        : base(message)
    {
        Start = start;
        End = end;
        Hint = hint;
    }

    /// <summary>First character that is wrong.</summary>
    public int Start { get; }

    /// <summary>Behind the last one.</summary>
    public int End { get; }

    /// <summary>True where it only follows from an error that is listed already.</summary>
    public bool Follows { get; init; }

    /// <summary>What to do.</summary>
    public string Hint { get; }
}
