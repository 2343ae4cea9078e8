// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Files;

/// <summary>A file could not be written; what was there before is still there.</summary>
public sealed class OutputFileException : IOException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cause">What the system said.</param>
    public OutputFileException(string path, Exception cause)
        : base(path + " could not be written", cause)
    {
        ArgumentNullException.ThrowIfNull(cause);
        Path = path;
        Why = cause.Message;
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Why.</summary>
    public string Why { get; }
}
