// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Networks.Boards;

/// <summary>A board profile cannot be used; carries every finding, in the order of the file.</summary>
public sealed class BoardFileException : Exception
{
    /// <summary>Makes the exception from its findings.</summary>
    /// <param name="diagnostics">One or more findings.</param>
    public BoardFileException(IReadOnlyList<Diagnostic> diagnostics)
        : base(string.Join(Environment.NewLine, diagnostics.Select(d => d.ToString())))
    {
        Diagnostics = diagnostics;
    }

    /// <summary>All findings, in the order of the file.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics { get; }
}
