// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;

namespace NeuroMCU.Files.Diagnostics;

/// <summary>One finding in a network file: where it is, what is wrong and what to do about it.</summary>
/// <param name="File">Path of the file as it was given.</param>
/// <param name="Line">Line, from 1; 0 when the whole file is meant.</param>
/// <param name="Column">Column, from 1.</param>
/// <param name="Path">Field path, such as <c>populations.ring.tau</c>; empty for the whole file.</param>
/// <param name="Message">What is wrong, with the offending value.</param>
/// <param name="Hint">What to do next.</param>
/// <param name="Kind">What kind of finding it is.</param>
public sealed record Diagnostic(
    string File, int Line, int Column, string Path, string Message, string Hint, DiagnosticKind Kind = DiagnosticKind.Other)
{
    /// <summary>Makes a finding at a place.</summary>
    /// <param name="location">The place.</param>
    /// <param name="message">What is wrong, with the offending value.</param>
    /// <param name="hint">What to do next.</param>
    /// <param name="kind">What kind of finding it is.</param>
    /// <returns>The finding.</returns>
    public static Diagnostic At(SourceLocation location, string message, string hint, DiagnosticKind kind = DiagnosticKind.Other)
        => new Diagnostic(location.File, location.Line, location.Column, location.Path, message, hint, kind);

    /// <summary>The finding as one line in the form that editors turn into a link: <c>file:line:column: path: message; hint</c>.</summary>
    /// <returns>The line.</returns>
    public override string ToString()
    {
        string place = Line == 0 ? File : string.Create(CultureInfo.InvariantCulture, $"{File}:{Line}:{Column}");
        string path = Path.Length == 0 ? string.Empty : Path + ": ";
        string hint = Hint.Length == 0 ? string.Empty : "; " + Hint;
        return place + ": " + path + Message + hint;
    }
}
