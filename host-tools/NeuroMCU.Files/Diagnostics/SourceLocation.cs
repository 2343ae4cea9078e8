// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Files.Diagnostics;

/// <summary>Where something stands in a network file.</summary>
/// <param name="File">Path of the file as it was given.</param>
/// <param name="Line">Line, from 1; 0 when the whole file is meant.</param>
/// <param name="Column">Column, from 1; 0 when the whole line is meant.</param>
/// <param name="Path">Field path, such as <c>populations.ring.tau</c>.</param>
public sealed record SourceLocation(string File, int Line, int Column, string Path);
