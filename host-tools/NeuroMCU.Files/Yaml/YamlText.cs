// NeuroMCU, MIT licence. See LICENSE in the repository root.

using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace NeuroMCU.Files.Yaml;

/// <summary>The one YAML document of a user's file, bounded in depth and aliases, with errors at their place.</summary>
internal static class YamlText
{
    /// <summary>Reads the text of a file of this kind.</summary>
    /// <returns>The text.</returns>
    /// <exception cref="NetworkFileException">It cannot be read.</exception>
    public static string ReadText(string path)
    {
        try
        {
            return InputFile.ReadText(path);
        }
        catch (InputFileException e)
        {
            throw new NetworkFileException([new Diagnostic(path, 0, 0, string.Empty, e.What, e.Next)]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            string hint = e is FileNotFoundException or DirectoryNotFoundException
                ? "check the path; examples/ holds networks to start from"
                : "check that it is a file that you may read";
            throw new NetworkFileException([new Diagnostic(path, 0, 0, string.Empty, "cannot be read: " + e.Message, hint)]);
        }
    }

    /// <summary>Reads the one document of a YAML text.</summary>
    /// <param name="expected">What to write where there is no document, or more than one.</param>
    /// <returns>Its root.</returns>
    /// <exception cref="NetworkFileException">It is no YAML.</exception>
    public static YamlNode Parse(string text, string path, string expected)
    {
        if (text.Contains('\0', StringComparison.Ordinal))
        {
            throw NotYaml(path, Mark.Empty, "is no text, and so not YAML", expected);
        }

        YamlStream stream = [];
        Parser parser = new(new StringReader(text));
        try
        {
            YamlBounds.CheckDepth(text);
            stream.Load(parser);
            YamlBounds.CheckAliases(stream);
        }
        catch (YamlException e)
        {
            (string message, string hint) = YamlBounds.Explain(e);
            throw NotYaml(path, IndentingTab(text) ?? e.Start, message, hint);
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or FormatException or OverflowException
            or IndexOutOfRangeException)
        {
            // The parser has states that it does not expect itself; what it read last is near the place.
            (string message, string hint) = YamlBounds.Explain(new YamlException("unexpected text"));
            throw NotYaml(path, parser.Current?.End ?? Mark.Empty, message, hint);
        }

        if (stream.Documents.Count != 1)
        {
            throw new NetworkFileException([
                new Diagnostic(
                    path, 1, 1, string.Empty, stream.Documents.Count == 0 ? "is empty" : "holds more than one document",
                    expected),
            ]);
        }

        return stream.Documents[0].RootNode;
    }

    // The parser names the beginning of the map that a tab indents; the reader looks for the tab.
    private static Mark? IndentingTab(string text)
    {
        int line = 1;
        foreach (ReadOnlySpan<char> row in text.AsSpan().EnumerateLines())
        {
            int tab = row.IndexOf('\t');
            if (tab >= 0 && row[..tab].IsWhiteSpace() && !row.IsWhiteSpace())
            {
                return new Mark(0, line, tab + 1);
            }

            line++;
        }

        return null;
    }

    private static NetworkFileException NotYaml(string path, Mark place, string message, string hint)
    {
        return new NetworkFileException([
            new Diagnostic(
                path, (int)Math.Max(1, place.Line), (int)Math.Max(1, place.Column), string.Empty, message, hint, DiagnosticKind.Syntax),
        ]);
    }
}
