// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using System.Text;

namespace NeuroMCU.Schematics.Tests;

/// <summary>A list of parts as a distributor's tool reads it.</summary>
internal sealed class PartsList
{
    private PartsList(IReadOnlyList<Row> rows, Row total)
    {
        Rows = rows;
        Total = total;
    }

    public IReadOnlyList<Row> Rows { get; }

    public Row Total { get; }

    public static PartsList Load(string file)
    {
        string[] lines = File.ReadAllLines(Path.Combine(Schematic.Root, "schematics", file));
        string[] head = Cells(lines[0]);
        Row[] rows = [.. lines.Skip(1).Select(l => new Row(head, Cells(l)))];
        return new PartsList(rows[..^1], rows[^1]);
    }

    /// <summary>What a board's list and its sheet do not have in common.</summary>
    /// <param name="sheet">The sheet's parts.</param>
    /// <returns>One line per difference.</returns>
    public IReadOnlyList<string> Differences(IEnumerable<Part> sheet)
    {
        List<string> found = [];
        Dictionary<string, Row> of = Rows.SelectMany(r => r["References"].Split(' '), (r, name) => (name, r))
            .ToDictionary(p => p.name, p => p.r, StringComparer.Ordinal);
        Dictionary<Row, int> quantities = Rows.ToDictionary(r => r, _ => 0);
        foreach (Part part in sheet.Where(p => p.Bought && !p.IsBoard))
        {
            if (!of.Remove(part.Reference, out Row? row))
            {
                found.Add(part.Reference + " is on the sheet and not in the list");
                continue;
            }

            quantities[row] += part.Quantity;
            (string What, string Sheet, string List)[] pairs =
            [
                ("part number", part.Manufacturer + " " + part.Number, row["Manufacturer"] + " " + row["Manufacturer Part Number"]),
                ("description", part.Description, row["Description"]),
                ("footprint", part.Footprint[(part.Footprint.IndexOf(':', StringComparison.Ordinal) + 1)..], row["Footprint"]),
                ("price class", part.PriceClass, row["Price class"]),
                ("value", row["Value"].Length == 0 ? "" : part.Value, row["Value"]),
            ];
            found.AddRange(pairs.Where(p => !string.Equals(p.Sheet, p.List, StringComparison.Ordinal))
                .Select(p => $"{part.Reference}: the sheet's {p.What} is {p.Sheet}, the list's {p.List}"));
        }

        found.AddRange(of.Keys.Select(name => name + " is in the list and not on the sheet"));
        found.AddRange(quantities.Where(q => q.Key.Quantity != q.Value)
            .Select(q => $"{q.Key["References"]}: {q.Value} on the sheet, {q.Key.Quantity} in the list"));
        return found;
    }

    private static string[] Cells(string line)
    {
        List<string> cells = [];
        StringBuilder cell = new();
        bool quoted = false;
        for (int i = 0; i < line.Length; i++)
        {
            if (line[i] == '"')
            {
                quoted = !quoted;
                if (quoted && i > 0 && line[i - 1] == '"')
                {
                    cell.Append('"');
                }
            }
            else if (line[i] == ',' && !quoted)
            {
                cells.Add(cell.ToString());
                cell.Clear();
            }
            else
            {
                cell.Append(line[i]);
            }
        }

        cells.Add(cell.ToString());
        return [.. cells];
    }

    /// <summary>One row by the names of its columns.</summary>
    internal sealed class Row(string[] head, string[] cells)
    {
        public int Quantity => int.Parse(this["Quantity"], CultureInfo.InvariantCulture);

        /// <summary>Gets what makes two parts the same: maker and number, or the description of what has none.</summary>
        public string Key => this["Manufacturer Part Number"].Length > 0
            ? this["Manufacturer"] + " " + this["Manufacturer Part Number"]
            : this["Description"];

        public bool IsCircuitBoard => this["Price class"] == "-";

        public string this[string column] => cells.Length == head.Length
            ? cells[Array.IndexOf(head, column)]
            : throw new InvalidDataException(cells.Length + " cells: " + string.Join(',', cells));
    }
}
