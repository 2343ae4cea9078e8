// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Text;

namespace NeuroMCU.Files.Tables;

/// <summary>A table as lines of text: bytes decoded, line ends of any system, comments set apart.</summary>
internal sealed class CsvText
{
    private CsvText(string encoding, string[] lines)
    {
        Encoding = encoding;
        Lines = lines;
    }

    /// <summary>Name of the encoding.</summary>
    public string Encoding { get; }

    /// <summary>All lines, comments included.</summary>
    public IReadOnlyList<string> Lines { get; }

    /// <summary>Decodes a file.</summary>
    /// <param name="bytes">Its bytes.</param>
    /// <returns>The text.</returns>
    /// <exception cref="CsvException">It is no text.</exception>
    public static CsvText Of(byte[] bytes, string path)
    {
        (string encoding, string text) = Decode(bytes);
        string[] lines = text.ReplaceLineEndings("\n").Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            if (lines[i].Any(c => char.IsControl(c) && c is not ('\t' or '\f' or '\v')))
            {
                throw new CsvException(path, [
                    new CsvFault(i + 1, 1, "is no text: there are bytes that no table has", "save the table as CSV, in UTF-8"),
                ]);
            }
        }

        return new CsvText(encoding, lines);
    }

    /// <summary>Whether a line is a comment.</summary>
    /// <returns>True when its first character that is no blank is <c>#</c>.</returns>
    public static bool IsComment(string line) => line.AsSpan().TrimStart().StartsWith("#", StringComparison.Ordinal);

    private static (string Name, string Text) Decode(byte[] bytes)
    {
        if (bytes.AsSpan().StartsWith((byte[])[0xEF, 0xBB, 0xBF]))
        {
            return ("UTF-8", System.Text.Encoding.UTF8.GetString(bytes, 3, bytes.Length - 3));
        }

        bool little = bytes.AsSpan().StartsWith((byte[])[0xFF, 0xFE]);
        if (little || bytes.AsSpan().StartsWith((byte[])[0xFE, 0xFF]))
        {
            return ("UTF-16", (little ? System.Text.Encoding.Unicode : System.Text.Encoding.BigEndianUnicode).GetString(bytes, 2,
                bytes.Length - 2));
        }

        // Without a mark, UTF-16 shows by its zero bytes: every other one in a text of digits.
        if (ZeroShare(bytes, 1) > 0.9 && ZeroShare(bytes, 0) < 0.1)
        {
            return ("UTF-16", System.Text.Encoding.Unicode.GetString(bytes));
        }

        if (ZeroShare(bytes, 0) > 0.9 && ZeroShare(bytes, 1) < 0.1)
        {
            return ("UTF-16", System.Text.Encoding.BigEndianUnicode.GetString(bytes));
        }

        try
        {
            return ("UTF-8", new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes));
        }
        catch (DecoderFallbackException)
        {
            // What spreadsheets of western Europe write: the micro sign is one byte there.
            return ("Latin-1", System.Text.Encoding.Latin1.GetString(bytes));
        }
    }

    private static double ZeroShare(byte[] bytes, int start)
    {
        int zeros = 0;
        int count = 0;
        for (int i = start; i < bytes.Length; i += 2)
        {
            count++;
            zeros += bytes[i] == 0 ? 1 : 0;
        }

        return count < 2 ? 0 : (double)zeros / count;
    }
}
