// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Files.Diagnostics;

/// <summary>Shows where in a file a finding stands.</summary>
public static class SourceMark
{
    // What is shown of a longer line, from this much before the mark.
    private const int Widest = 160;
    private const int Before = 60;

    /// <summary>The line of a place, and a mark below a part of it, for the end of a hint.</summary>
    /// <param name="lines">Lines of the file.</param>
    /// <param name="place">Where the part begins.</param>
    /// <param name="length">Characters to mark; what lies behind the end of the line is left out.</param>
    /// <returns>Two lines, each behind a line end; empty where the file is not at hand.</returns>
    public static string Below(IReadOnlyList<string> lines, SourceLocation place, int length)
    {
        if (place.Line < 1 || place.Line > lines.Count)
        {
            return string.Empty;
        }

        string line = lines[place.Line - 1].TrimEnd();
        int at = Math.Max(0, place.Column - 1);
        if (line.Length > Widest && at > Before)
        {
            line = "..." + line[Math.Min(line.Length, at - Before)..];
            at = Before + 3;
        }

        string shown = line.Length > Widest ? line[..Widest] + "..." : line;
        int room = Math.Max(1, Math.Min(line.Length, Widest) - at);
        return "\n" + shown + "\n" + new string(' ', at) + new string('^', Math.Clamp(length, 1, room));
    }
}
