// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.VirtualBench.Audio;

/// <summary>What is wrong with a WAV file.</summary>
public enum WavProblem
{
    /// <summary>The file is no WAV file.</summary>
    NotWav,

    /// <summary>The file ends before its sound does.</summary>
    Truncated,

    /// <summary>The samples are coded in a way that cannot be read.</summary>
    UnsupportedCodec,

    /// <summary>There is one channel only.</summary>
    Mono,

    /// <summary>There are more than two channels.</summary>
    TooManyChannels,

    /// <summary>There are no samples.</summary>
    Empty,

    /// <summary>Samples are no numbers: NaN or infinite.</summary>
    NotNumbers,
}

/// <summary>A WAV file cannot be used. The message names the file, what was found, and what to do.</summary>
public sealed class WavException : Exception
{
    /// <summary>Initializes a new instance of the <see cref="WavException" /> class.</summary>
    /// <param name="problem">What is wrong.</param>
    /// <param name="message">What was found and what to do.</param>
    public WavException(WavProblem problem, string message)
        : base(message)
    {
        Problem = problem;
    }

    /// <summary>Gets what is wrong.</summary>
    public WavProblem Problem { get; }
}
