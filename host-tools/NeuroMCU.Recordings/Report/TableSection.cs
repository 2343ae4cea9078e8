// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Recordings.Report;

/// <summary>A table.</summary>
public sealed class TableSection : ReportSection
{
    private readonly IReadOnlyList<string> _columns;
    private readonly IReadOnlyList<IReadOnlyList<string>> _rows;

    /// <summary>Makes a table.</summary>
    /// <param name="title">Heading.</param>
    /// <param name="columns">Column heads; a head that starts with <c>#</c> belongs to a column of numbers, which is set flush
    /// right.</param>
    /// <param name="rows">Rows of as many cells as there are columns.</param>
    /// <exception cref="ArgumentException">A row has another number of cells.</exception>
    public TableSection(string title, IReadOnlyList<string> columns, IReadOnlyList<IReadOnlyList<string>> rows)
        : base(title)
    {
        foreach (IReadOnlyList<string> row in rows)
        {
            if (row.Count != columns.Count)
            {
                throw new ArgumentException($"a row has {row.Count} cells for {columns.Count} columns", nameof(rows));
            }
        }

        _columns = columns;
        _rows = rows;
    }

    /// <summary>How each row is to be taken, which colours it; rows without an entry are neutral.</summary>
    public IReadOnlyList<FigureTone> Tones { get; init; } = [];

    /// <inheritdoc />
    public override void WriteBody(HtmlWriter html)
    {
        html.Raw("<div class=\"scroll\"><table><thead><tr>");
        foreach (string column in _columns)
        {
            html.Raw(IsNumber(column) ? "<th class=\"number\">" : "<th>");
            html.Text(IsNumber(column) ? column[1..] : column);
            html.Raw("</th>");
        }

        html.Raw("</tr></thead><tbody>\n");
        for (int r = 0; r < _rows.Count; r++)
        {
            IReadOnlyList<string> row = _rows[r];
            string tone = r < Tones.Count ? HtmlWriter.Class(Tones[r]) : string.Empty;
            html.Raw(tone.Length == 0 ? "<tr>" : "<tr class=\"" + tone[1..] + "\">");
            for (int i = 0; i < row.Count; i++)
            {
                html.Raw(IsNumber(_columns[i]) ? "<td class=\"number\">" : "<td>");
                html.Text(row[i]);
                html.Raw("</td>");
            }

            html.Raw("</tr>\n");
        }

        html.Raw("</tbody></table></div>\n");
    }

    private static bool IsNumber(string column) => column.StartsWith('#');
}
