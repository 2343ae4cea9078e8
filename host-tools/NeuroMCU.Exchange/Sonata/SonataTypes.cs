// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Exchange.Hdf;

namespace NeuroMCU.Exchange.Sonata;

/// <summary>A table of node types or edge types: cells are parted by blanks, and NULL is none.</summary>
internal sealed class SonataTypes
{
    private readonly Dictionary<long, Dictionary<string, string>> _rows = [];

    /// <summary>Reads a table.</summary>
    /// <param name="path">The file; null for an empty table.</param>
    /// <param name="key">Column of the number of a type.</param>
    /// <exception cref="ExchangeException">It has no such column, or a row with another number of cells.</exception>
    public SonataTypes(string? path, string key)
    {
        string[] lines = path is null ? [] : System.Text.Encoding.UTF8.GetString(InputFile.ReadBytes(path, HdfFile.MostBytes)).Split('\n');
        string[]? header = null;
        for (int i = 0; i < lines.Length; i++)
        {
            string[] cells = Cells(lines[i]);
            if (cells.Length == 0)
            {
                continue;
            }

            if (header is null)
            {
                header = cells;
                if (!header.Contains(key))
                {
                    throw new ExchangeException(ExchangeProblem.Network, path!, "line 1", $"has no column '{key}'", "export it again");
                }

                continue;
            }

            if (cells.Length != header.Length || !long.TryParse(cells[Array.IndexOf(header, key)], out long number))
            {
                throw new ExchangeException(ExchangeProblem.Network, path!, $"line {i + 1}",
                    $"has {cells.Length} cells, and the header {header.Length}, or its {key} is no whole number", "export it again");
            }

            _rows[number] = header.Zip(cells).Where(c => c.Second is not ("NULL" or "")).DistinctBy(c => c.First)
                .ToDictionary(c => c.First, c => c.Second, StringComparer.Ordinal);
        }
    }

    /// <summary>A cell; null where there is none.</summary>
    public string? Text(long type, string column) => _rows.GetValueOrDefault(type)?.GetValueOrDefault(column);

    private static string[] Cells(string line)
    {
        List<string> cells = [];
        int at = 0;
        while (at < line.Length)
        {
            if (char.IsWhiteSpace(line[at]))
            {
                at++;
                continue;
            }

            bool quoted = line[at] is '"' or '\'';
            int gap = quoted ? line.AsSpan(at + 1).IndexOf(line[at]) + 1 : line.AsSpan(at).IndexOfAny(' ', '\t', '\r');
            int end = gap <= 0 ? line.Length : at + gap;
            cells.Add(quoted ? line[(at + 1)..end] : line[at..end]);
            at = quoted ? end + 1 : end;
        }

        return [.. cells];
    }
}
