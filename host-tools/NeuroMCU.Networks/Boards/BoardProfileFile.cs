// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Files.Yaml;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace NeuroMCU.Networks.Boards;

/// <summary>Reads board profiles; <c>docs/reference/board-profiles.md</c> describes every field.</summary>
public static class BoardProfileFile
{
    /// <summary>Version of the format that this reader understands.</summary>
    public const int FormatVersion = 1;

    /// <summary>Reads a profile.</summary>
    /// <param name="path">Its path.</param>
    /// <returns>The board.</returns>
    /// <exception cref="BoardFileException">The file cannot be read or has errors; all of them are listed.</exception>
    public static BoardDescription Load(string path)
    {
        try
        {
            return Parse(InputFile.ReadText(path), path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw Failure(path, 0, 0, "cannot be read: " + e.Message, "check the path; hardware/boards/ holds profiles to start from");
        }
    }

    /// <summary>Reads a profile from text.</summary>
    /// <param name="text">The YAML text.</param>
    /// <param name="path">Path that messages name.</param>
    /// <returns>The board.</returns>
    /// <exception cref="BoardFileException">The text has errors; all of them are listed.</exception>
    public static BoardDescription Parse(string text, string path)
    {
        YamlStream stream = [];
        try
        {
            YamlBounds.CheckDepth(text);
            stream.Load(new StringReader(text));
            YamlBounds.CheckAliases(stream);
        }
        catch (YamlException e)
        {
            (string message, string hint) = YamlBounds.Explain(e);
            throw Failure(path, (int)e.Start.Line, (int)e.Start.Column, message, hint, DiagnosticKind.Syntax);
        }

        if (stream.Documents.Count != 1)
        {
            throw Failure(path, 1, 1, stream.Documents.Count == 0 ? "is empty" : "holds more than one document",
                "write one board that begins with `neuromcu-board: 1`");
        }

        ReadContext context = new(path, Path.GetDirectoryName(path) ?? string.Empty);
        MapReader? map = MapReader.Open(context, new Field(stream.Documents[0].RootNode, string.Empty),
            "a board: a map that begins with `neuromcu-board: 1`");
        BoardDescription? board = map == null ? null : new BoardReading(context).Board(map);
        return board == null || context.ErrorCount > 0 ? throw new BoardFileException(context.Errors) : board;
    }

    private static BoardFileException Failure(string path, int line, int column, string message, string hint,
        DiagnosticKind kind = DiagnosticKind.Other)
        => new BoardFileException([new Diagnostic(path, line, column, string.Empty, message, hint, kind)]);
}
