// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Text;
using System.Text.RegularExpressions;
using CsvHelper;

namespace NeuroMCU.Files.Tables;

/// <summary>A line of a table, as its cells.</summary>
/// <param name="Line">Line of the file, from 1.</param>
internal sealed record CsvLine(int Line, string[] Cells)
{
    /// <summary>Whether nothing stands in it.</summary>
    public bool IsEmpty => Array.TrueForAll(Cells, c => c.Length == 0);
}

/// <summary>
/// Finds out how a table is written: each separator is tried, and the one counts under which a line names the columns that are looked
/// for. That line is the header; what stands above it belongs to the instrument.
/// </summary>
internal sealed partial class CsvLayout
{
    // How far down a header is looked for.
    private const int MostLinesAbove = 100;

    private static readonly char[] s_separators = [',', ';', '\t', '|', ' '];

    private CsvLayout(char separator, CsvLine? header, List<CsvLine> rows)
    {
        Separator = separator;
        Header = header;
        Rows = rows;
    }

    /// <summary>What parts the cells.</summary>
    public char Separator { get; }

    /// <summary>The header; null when no line names the columns.</summary>
    public CsvLine? Header { get; }

    /// <summary>All lines that hold something below the header; without a header all.</summary>
    public IReadOnlyList<CsvLine> Rows { get; }

    /// <summary>Finds the layout.</summary>
    /// <returns>The layout that names most of them.</returns>
    public static CsvLayout Of(CsvText text, IReadOnlyList<CsvColumn> wanted)
    {
        CsvLayout[] found = [.. s_separators.Select(s => Under(text, wanted, s))];
        return found.MaxBy(layout => (layout.Score(wanted), layout.Regularity()))!;
    }

    /// <summary>How many of the columns a line names.</summary>
    /// <returns>Their number.</returns>
    public static int Named(IReadOnlyList<string> cells, IReadOnlyList<CsvColumn> wanted) =>
        wanted.Count(c => cells.Any(cell => c.IsNamed(CsvHeading.Of(cell, wanted).Name)));

    private static CsvLayout Under(CsvText text, IReadOnlyList<CsvColumn> wanted, char separator)
    {
        List<CsvLine> rows = Parse(text.Lines.Select(l => CsvText.IsComment(l) ? string.Empty : l), separator);
        bool Heads(CsvLine line) => wanted.All(c => !c.Required || line.Cells.Any(cell => c.IsNamed(CsvHeading.Of(cell, wanted).Name)));
        int at = rows.Take(MostLinesAbove).ToList().FindIndex(Heads);
        if (at >= 0)
        {
            return new CsvLayout(separator, rows[at], rows[(at + 1)..]);
        }

        // NumPy's savetxt and PyNN put the names into a comment.
        string[] comments = [.. text.Lines.Take(MostLinesAbove).Select(l => CsvText.IsComment(l) ? Names(l) : string.Empty)];
        CsvLine? comment = Parse(comments, separator).Find(Heads) ?? Parse(comments, ',').Find(Heads);
        return comment is not null && rows.Count > 0 && rows[0].Cells.Length == comment.Cells.Length
            ? new CsvLayout(separator, comment, rows)
            : new CsvLayout(separator, null, rows);
    }

    private static string Names(string comment)
    {
        Match list = ColumnList().Match(comment);
        return list.Success ? list.Groups[1].Value.Replace('\'', '"') : comment.TrimStart(' ', '\t', '#');
    }

    [GeneratedRegex(@"columns\s*=\s*\[(.*)\]")]
    private static partial Regex ColumnList();

    private static List<CsvLine> Parse(IEnumerable<string> lines, char separator)
    {
        StringBuilder text = new();
        foreach (string line in lines)
        {
            text.Append(separator == ' ' ? string.Join(' ', line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)) : line)
                .Append('\n');
        }

        CsvReaderOptions options = new()
        {
            Separator = separator,
            HasHeader = false,
            TrimWhitespace = separator is not (' ' or '\t'),
            TrackLineNumbers = true,
            AllowLineBreaksInQuotes = false,   // a quote that is never closed must not swallow the rest of the table
        };
        using CsvReader reader = CsvReader.FromText(text.ToString(), options);
        List<CsvLine> rows = [];
        while (reader.Read())
        {
            CsvLine row = new((int)reader.LineNumber, [.. Enumerable.Range(0, reader.FieldCount).Select(i => reader.GetString(i).Trim())]);
            if (!row.IsEmpty)
            {
                rows.Add(row);
            }
        }

        return rows;
    }

    // The columns that are named, required ones first.
    private int Score(IReadOnlyList<CsvColumn> wanted) => Header is null ? 0 : Named(Header.Cells, wanted);

    // Where no line names the columns: the share of lines with as many cells as most, if these are several.
    private double Regularity() =>
        Rows.Count == 0 ? 0 : Rows.GroupBy(r => r.Cells.Length).Where(g => g.Key > 1).Select(g => (double)g.Count() / Rows.Count)
        .DefaultIfEmpty(0).Max();
}
