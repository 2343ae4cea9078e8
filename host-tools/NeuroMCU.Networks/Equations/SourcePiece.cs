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
    /// <param name="end">Behind the last.</param>
    public void Error(int start, int end, string message, string hint)
    {
        Diagnostic finding = Finding(start, end, message, hint);
        _context.Error(new SourceLocation(finding.File, finding.Line, finding.Column, finding.Path), message, finding.Hint, finding.Kind);
    }

    /// <summary>What is wrong with a part of the text, with the line and a mark below the part.</summary>
    /// <param name="end">Behind the last.</param>
    /// <returns>The finding.</returns>
    public Diagnostic Finding(int start, int end, string message, string hint)
        => Marked(_fileLines, LocationOf(start), end - start, message, hint);

    /// <summary>A finding with the line of the file and a mark below a part of it.</summary>
    /// <param name="lines">Lines of the file.</param>
    /// <param name="length">Characters to mark; what lies behind the end of the line is left out.</param>
    /// <returns>The finding; without line and mark where the file is not at hand.</returns>
    public static Diagnostic Marked(IReadOnlyList<string> lines, SourceLocation place, int length, string message, string hint)
        => Diagnostic.At(place, message, hint + SourceMark.Below(lines, place, length));

    /// <summary>Reports an exception of the text.</summary>
    public void Error(ExprException e)
    {
        if (!e.Follows)
        {
            Error(e.Start, e.End, e.Message, e.Hint);
        }
    }
}
