// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Files.Yaml;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace NeuroMCU.Networks.Equations;

/// <summary>A text within a YAML file, and where in the file each of its characters stands.</summary>
internal sealed class SourcePiece
{
    private readonly ReadContext _context;
    private readonly IReadOnlyList<string> _fileLines;
    private readonly int _firstLine;
    private readonly int _firstColumn;
    private readonly string _path;

    /// <summary>Finds the text of a scalar.</summary>
    public SourcePiece(ReadContext context, IReadOnlyList<string> fileLines, Field field)
    {
        _context = context;
        _fileLines = fileLines;
        _path = field.Path;
        Text = field.Text ?? string.Empty;
        YamlScalarNode? scalar = field.Node as YamlScalarNode;
        bool block = scalar is { Style: ScalarStyle.Literal or ScalarStyle.Folded };
        _firstLine = (int)field.Node.Start.Line + (block ? 1 : 0);
        _firstColumn = (int)field.Node.Start.Column + (scalar is { Style: ScalarStyle.SingleQuoted or ScalarStyle.DoubleQuoted } ? 1 : 0);
        if (block)
        {
            int line = _firstLine;
            while (line <= fileLines.Count && string.IsNullOrWhiteSpace(fileLines[line - 1]))
            {
                line++;
            }

            string first = line <= fileLines.Count ? fileLines[line - 1] : string.Empty;
            _firstColumn = first.Length - first.TrimStart().Length + 1;
        }
    }

    /// <summary>The text.</summary>
    public string Text { get; }

    /// <summary>Where a character stands in the file.</summary>
    /// <returns>The place.</returns>
    public SourceLocation LocationOf(int at)
    {
        int line = 0;
        int start = 0;
        for (int i = 0; i < Math.Min(at, Text.Length); i++)
        {
            if (Text[i] == '\n')
            {
                line++;
                start = i + 1;
            }
        }

        return new SourceLocation(_context.File, _firstLine + line, _firstColumn + at - start, _path);
    }

    /// <summary>Reports what is wrong with a part of the text, with the line and a mark below the part.</summary>
    public void Error(int start, int end, string message, string hint)
    {
        SourceLocation place = LocationOf(start);
        string line = place.Line <= _fileLines.Count ? _fileLines[place.Line - 1].TrimEnd() : string.Empty;
        int length = Math.Clamp(end - start, 1, Math.Max(1, line.Length - place.Column + 1));
        string mark = new string(' ', Math.Max(0, place.Column - 1)) + new string('^', length);
        _context.Error(place, message, hint + "\n" + line + "\n" + mark, DiagnosticKind.Other);
    }

    /// <summary>Reports an exception of the text.</summary>
    public void Error(ExprException e) => Error(e.Start, e.End, e.Message, e.Hint);
}
