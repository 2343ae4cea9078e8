// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Exchange;

/// <summary>A file of another program's format cannot be used; the message names file, place and value.</summary>
public sealed class ExchangeException : ExplainedException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="problem">What kind of problem it is.</param>
    /// <param name="file">The file.</param>
    /// <param name="place">Where in it, such as <c>/node/nodes/lif/tau</c> or <c>byte 812</c>; empty for the whole.</param>
    /// <param name="what">What is wrong there, with the value.</param>
    /// <param name="next">What to do.</param>
    /// <param name="inner">What it came from; may be null.</param>
    public ExchangeException(ExchangeProblem problem, string file, string place, string what, string next, Exception? inner = null)
        : base(place.Length == 0 ? $"{file}: {what}" : $"{file}: {place}: {what}", null, next, inner) => Problem = problem;

    /// <summary>What kind of problem it is.</summary>
    public ExchangeProblem Problem { get; }
}
