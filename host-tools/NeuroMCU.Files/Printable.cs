// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using System.Text;

namespace NeuroMCU.Files;

/// <summary>
/// Text from a file, a device or a command line as it may be shown: a control character would move the cursor, set the title or clear the
/// screen of a terminal, and one that turns the writing direction would show something else than stands there.
/// </summary>
public static class Printable
{
    /// <summary>Replaces every character that is not to be shown as it is by its number: <c>\u001B</c>.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="lines">Whether line feeds and tabs stay.</param>
    /// <returns>The text; the same object when there is nothing to replace.</returns>
    public static string Of(string text, bool lines = false)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!text.Any(c => IsHidden(c, lines)))
        {
            return text;
        }

        StringBuilder shown = new(text.Length + 16);
        foreach (char c in text)
        {
            _ = IsHidden(c, lines) ? shown.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}") : shown.Append(c);
        }

        return shown.ToString();
    }

    /// <summary>The beginning of a text, printable.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="most">Most characters.</param>
    /// <returns>The text, cut with an ellipsis.</returns>
    public static string Short(string text, int most = 40)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Of(text.Length <= most ? text : text[..(most - 1)] + "…");
    }

    // Besides control characters: marks of the writing direction (U+200E, U+200F, U+202A to U+202E, U+2066 to U+2069) and line separators.
    private static bool IsHidden(char c, bool lines) =>
        (char.IsControl(c) && !(lines && (c is '\n' or '\t')))
        || c is '\u200e' or '\u200f' or (>= '\u2028' and <= '\u202e') or (>= '\u2066' and <= '\u2069');
}
