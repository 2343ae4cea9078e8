// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Files;

/// <summary>A file that a user named is none that can be read: a folder, a pipe, a device, or too large.</summary>
public sealed class InputFileException : IOException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="path">The file.</param>
    /// <param name="what">What is wrong with it, such as <c>is a folder</c>.</param>
    /// <param name="next">What to do.</param>
    public InputFileException(string path, string what, string next)
        : base(path + " " + what)
    {
        What = what;
        Next = next;
    }

    /// <summary>What is wrong, without the path.</summary>
    public string What { get; }

    /// <summary>What to do.</summary>
    public string Next { get; }
}
