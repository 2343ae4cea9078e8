// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Files.Diagnostics;

/// <summary>A network file cannot be used; carries every finding, in the order of the file.</summary>
public sealed class NetworkFileException : Exception
{
    /// <summary>Makes the exception from its findings.</summary>
    /// <param name="diagnostics">One or more findings.</param>
    public NetworkFileException(IReadOnlyList<Diagnostic> diagnostics)
        : base(string.Join(Environment.NewLine, diagnostics.Select(d => d.ToString())))
    {
        Diagnostics = diagnostics;
    }

    /// <summary>The network file, also when the findings are in tables that it names; null when they are in the file itself.</summary>
    public string? File { get; init; }

    /// <summary>The verb that reads such a file and says whether it is right.</summary>
    public string Verb { get; init; } = "compile";

    /// <summary>All findings, in the order of the file.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics { get; }
}
