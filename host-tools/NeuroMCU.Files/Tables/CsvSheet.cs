// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using System.Text.RegularExpressions;
using NeuroMCU.Files.Diagnostics;
using NeuroMCU.Files.Units;

namespace NeuroMCU.Files.Tables;

/// <summary>
/// A table of a file, whatever program wrote it: separator, quotes, encoding, decimal mark, units and lines of an instrument above the
/// header are found out. Every table that this project reads goes through here: edge lists, spikes, measured f(I).
/// </summary>
public sealed partial class CsvSheet
{
    /// <summary>Largest file in bytes that is read.</summary>
    public const long MostBytes = 32 << 20;

    // SCPI instruments give 9.9E37 for an overload and 9.91E37 for no reading; single precision ends at 3.4E38.
    private const double OverloadSize = 1e30;

    private static readonly string[] s_overloads = ["OVLD", "OVRFLW", "OVRNG", "OVERLOAD", "OVERFLOW", "OVER", "OL", "O.L", "O.L.", "OVRLD",
        "-OL", "+OL", "----", "---"];

    private readonly IReadOnlyList<CsvColumn> _wanted;
    private readonly CsvText _text;
    private readonly CsvLine _header;
    private readonly List<CsvLine> _rows;
    private readonly int[] _places;
    private readonly Unit?[] _units;
    private readonly List<CsvFault> _faults = [];

    private CsvSheet(string path, IReadOnlyList<CsvColumn> wanted, CsvText text, CsvLayout layout)
    {
        Path = path;
        _wanted = wanted;
        _text = text;
        _header = layout.Header!;
        _rows = [.. layout.Rows];
        _places = new int[wanted.Count];
        _units = new Unit?[wanted.Count];
        Dialect = new CsvDialect(layout.Separator, text.Encoding);
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>How it is written.</summary>
    public CsvDialect Dialect { get; private set; }

    /// <summary>Line of the header, from 1.</summary>
    public int HeaderLine => _header.Line;

    /// <summary>Number of rows under the header that hold something.</summary>
    public int Count => _rows.Count;

    /// <summary>Names of the columns that nobody asked for; a column without a name and the number of the row are not among them.</summary>
    public IReadOnlyList<string> Unused { get; private set; } = [];

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="wanted">The columns to look for; required ones first.</param>
    /// <returns>The table.</returns>
    /// <exception cref="CsvException">It is no table, or a column is missing, named twice or in an unknown unit.</exception>
    /// <exception cref="System.IO.IOException">It cannot be read.</exception>
    public static CsvSheet Read(string path, IReadOnlyList<CsvColumn> wanted) => Parse(InputFile.ReadBytes(path, MostBytes), path, wanted);

    /// <summary>Reads the bytes of a file.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="path">Name of the file for messages.</param>
    /// <param name="wanted">The columns to look for; required ones first.</param>
    /// <returns>The table.</returns>
    /// <exception cref="CsvException">It is no table, or a column is missing, named twice or in an unknown unit.</exception>
    public static CsvSheet Parse(byte[] bytes, string path, IReadOnlyList<CsvColumn> wanted)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        CsvText text = CsvText.Of(bytes, path);
        CsvLayout layout = CsvLayout.Of(text, wanted);
        if (layout.Header is null)
        {
            throw new CsvException(path, [NoHeader(text, layout, wanted)]);
        }

        CsvSheet sheet = new(path, wanted, text, layout);
        sheet.FindColumns();
        sheet.Check();
        sheet.FindUnits();
        sheet.Check();
        sheet.FindDecimalMark();
        sheet.CheckWidths();
        sheet.Check();
        return sheet;
    }

    /// <summary>Whether the header names a column.</summary>
    /// <param name="column">Position among those that were asked for.</param>
    /// <returns>True when it does.</returns>
    public bool Has(int column) => _places[column] >= 0;

    /// <summary>Whether the header names the unit of a column.</summary>
    /// <param name="column">Position among those that were asked for.</param>
    /// <returns>The unit; null when it names none.</returns>
    public Unit? UnitOf(int column) => _units[column];

    /// <summary>Line of a row.</summary>
    /// <param name="row">Row from 0.</param>
    /// <returns>Line of the file, from 1.</returns>
    public int LineOf(int row) => _rows[row].Line;

    /// <summary>A cell as text.</summary>
    /// <param name="row">Row from 0.</param>
    /// <param name="column">Position among the columns that were asked for.</param>
    /// <returns>The text; empty where the row ends before.</returns>
    public string Text(int row, int column)
    {
        string[] cells = _rows[row].Cells;
        int place = _places[column];
        return place >= 0 && place < cells.Length ? cells[place] : string.Empty;
    }

    /// <summary>A cell as an index.</summary>
    /// <param name="row">Row from 0.</param>
    /// <param name="column">Position among the columns that were asked for.</param>
    /// <param name="count">Number of items; the index must be below.</param>
    /// <returns>The index; null after a fault was noted.</returns>
    public int? Index(int row, int column, int count)
    {
        if (Number(row, column) is not { } value)
        {
            return null;
        }

        if (value >= 0 && value < count && Math.Floor(value).Equals(value))
        {
            return (int)value;
        }

        string counting = value.Equals(count) && !CountsFromZero()
            ? string.Create(CultureInfo.InvariantCulture,
                $"this table seems to count from 1: take 1 off all of its `{_wanted[column].Name}`")
            : "correct the cell";
        Fault(row, column, string.Create(CultureInfo.InvariantCulture, $"expected an index from 0 to {count - 1}"), counting);
        return null;
    }

    /// <summary>A cell as a number, in the base unit of what the column measures.</summary>
    /// <param name="row">Row from 0.</param>
    /// <param name="column">Position among the columns that were asked for.</param>
    /// <returns>The number; null after a fault was noted.</returns>
    public double? Number(int row, int column)
    {
        string text = Text(row, column);
        Dimension dimension = _wanted[column].Dimension;
        string written = text.Split('#')[0].Trim().Replace('\u2212', '-');
        if (written.Length == 0)
        {
            Fault(row, column, "is empty, expected a number", "fill the cell, or delete the row");
            return null;
        }

        if (s_overloads.Contains(written, StringComparer.OrdinalIgnoreCase))
        {
            Overload(row, column);
            return null;
        }

        if (Dialect.DecimalComma ? written.Contains('.', StringComparison.Ordinal) : written.Contains(',', StringComparison.Ordinal))
        {
            string mark = Dialect.DecimalComma ? "point, where the rest of the table has a comma"
                : "comma, where the rest of the table has a point";
            Fault(row, column, "is written with a decimal " + mark, "write all numbers alike, without marks between thousands");
            return null;
        }

        if (!Quantity.TrySplit(written.Replace(',', '.'), out double number, out string symbol)
            || (symbol.Length > 0 && CsvHeading.UnitOf(symbol, dimension) is null))
        {
            Fault(row, column, "expected a number", "correct the cell");
            return null;
        }

        if (Math.Abs(number) >= OverloadSize)
        {
            Overload(row, column);
            return null;
        }

        Unit? unit = symbol.Length > 0 ? CsvHeading.UnitOf(symbol, dimension) : _units[column];
        return number * (unit?.Scale ?? 1);
    }

    /// <summary>Notes that a cell cannot be used.</summary>
    /// <param name="row">Row from 0.</param>
    /// <param name="column">Position among the columns that were asked for.</param>
    /// <param name="expected">What was expected, or what is wrong.</param>
    /// <param name="hint">What to do.</param>
    public void Fault(int row, int column, string expected, string hint = "correct the cell")
    {
        string text = Text(row, column);
        string cell = text.Length == 0 ? string.Empty : expected.StartsWith("is ", StringComparison.Ordinal)
            ? " `" + Printable.Short(text) + "`" : " is `" + Printable.Short(text) + "`,";
        Note(_rows[row].Line, text, "`" + HeadingAt(column) + "`" + cell + " " + expected, hint, _wanted[column].Name);
    }

    /// <summary>Ends the reading of the cells.</summary>
    /// <exception cref="CsvException">A fault was noted; the first ten are listed, with the dialect that was found.</exception>
    public void Check()
    {
        if (_faults.Count == 0)
        {
            return;
        }

        List<CsvFault> listed = [.. _faults.OrderBy(f => f.Line).Take(Listing.Most)];
        if (_faults.Count > Listing.Most)
        {
            CsvFault next = _faults.OrderBy(f => f.Line).ElementAt(Listing.Most);
            listed.Add(next with
            {
                Message = string.Create(CultureInfo.InvariantCulture,
                $"and {_faults.Count - Listing.Most} more like these from here on"),
                Hint = "correct the first ones first"
            });
        }

        string read = string.Create(CultureInfo.InvariantCulture, $" (read as: {Dialect}; header in line {HeaderLine})");
        listed[0] = listed[0] with { Hint = listed[0].Hint + read };
        throw new CsvException(Path, listed);
    }

    private static CsvFault NoHeader(CsvText text, CsvLayout layout, IReadOnlyList<CsvColumn> wanted)
    {
        string expected = string.Join(',', wanted.Where(c => c.Required).Select(c => c.Example));
        string hint = "name the columns in the first line: " + expected;
        if (layout.Rows.Count == 0)
        {
            return new CsvFault(1, 1, "is empty: there is no header line", hint);
        }

        CsvLine first = layout.Rows[0];
        string dialect = new CsvDialect(layout.Separator, text.Encoding).ToString();

        // A file in which nothing is known may be any file: what stands in it is not repeated.
        CsvLine? close = layout.Rows.Take(Listing.Most).FirstOrDefault(r => CsvLayout.Named(r.Cells, wanted) > 0);
        if (close is not null)
        {
            string missing = string.Join(" and ", wanted.Where(c => c.Required
                && !close.Cells.Any(cell => c.IsNamed(CsvHeading.Of(cell, wanted).Name))).Select(c => "`" + c.Example + "`"));
            return new CsvFault(close.Line, 1,
                $"the header is `{Printable.Short(string.Join(layout.Separator, close.Cells), 100)}` ({dialect}), where {missing} is "
                + $"missing", hint);
        }

        return Array.TrueForAll(first.Cells, c => c.Length == 0 || Quantity.TrySplit(c, out _, out _))
            ? new CsvFault(first.Line, 1, "there is no header line: the first line holds numbers", hint)
            : new CsvFault(first.Line, 1,
                $"no line of the file is a header with {string.Join(" and ", wanted.Where(c => c.Required).Select(c => "`" + c.Example + "`"))} (read as: {dialect})", hint);
    }

    [GeneratedRegex(@"^[+-]?\d*,\d+([eE][+-]?\d+)?(\s*\D*)$")]
    private static partial Regex CommaNumber();

    [GeneratedRegex(@"^[+-]?[1-9]\d{0,2}(,\d{3})+(\s*\D*)$")]
    private static partial Regex GroupedNumber();

    private void FindColumns()
    {
        CsvHeading[] headings = Array.ConvertAll(_header.Cells, c => CsvHeading.Of(c, _wanted));
        for (int k = 0; k < _wanted.Count; k++)
        {
            CsvColumn column = _wanted[k];
            int[] places = [.. Enumerable.Range(0, headings.Length).Where(i => column.IsNamed(headings[i].Name))];
            _places[k] = places.Length == 0 ? -1 : places[0];
            if (places.Length > 1)
            {
                Note(_header.Line, string.Empty,
                    $"the header names `{column.Name}` {places.Length} times: "
                    + $"{string.Join(", ", places.Select(i => "`" + Printable.Short(_header.Cells[i]) + "`"))}",
                    "keep one of these columns");
            }
        }

        List<string> unused = [];
        for (int i = 0; i < headings.Length; i++)
        {
            string name = _header.Cells[i];
            if (name.Length == 0 || _wanted.Any(c => c.IsNamed(headings[i].Name)))
            {
                continue;
            }

            // A slip of the pen must not make a column disappear.
            if (Suggestion.Nearest(name, _wanted.Where((_, k) => _places[k] < 0).SelectMany(c => c.Spellings.Prepend(c.Name))) is { } close
                && close.Length > 2)
            {
                Note(_header.Line, name, $"there is no column `{Printable.Short(name)}`", $"did you mean `{close}`?");
            }

            unused.Add(Printable.Short(name));
        }

        Unused = unused;
    }

    // The unit stands in the header, or in a line of its own below it, as instruments write it.
    private void FindUnits()
    {
        CsvLine? row = _rows.Count > 0 && IsUnitRow(_rows[0]) ? _rows[0] : null;
        for (int k = 0; k < _wanted.Count; k++)
        {
            if (_places[k] < 0)
            {
                continue;
            }

            CsvColumn column = _wanted[k];
            string? symbol = CsvHeading.Of(_header.Cells[_places[k]], _wanted).Unit;
            string? below = row is not null && _places[k] < row.Cells.Length ? row.Cells[_places[k]].Trim('(', ')', '[', ']') : null;
            symbol ??= string.IsNullOrEmpty(below) ? column.BareUnit : below;
            if (column.Dimension == Dimension.None ? symbol is null or "1" : symbol is null && !column.NeedsUnit)
            {
                continue;
            }

            string ways = string.Join(", ", column.Spellings);
            if (symbol is null)
            {
                Note(_header.Line, string.Empty, $"`{HeadingAt(k)}` names no unit", "write one of: " + ways);
            }
            else if ((_units[k] = CsvHeading.UnitOf(symbol, column.Dimension)) is null)
            {
                Note(_header.Line, symbol, $"`{HeadingAt(k)}` is in `{Printable.Short(symbol)}`, which is no unit of this column",
                    "write one of: " + ways);
            }
        }

        if (row is not null)
        {
            _rows.RemoveAt(0);
        }
    }

    private bool IsUnitRow(CsvLine row)
    {
        bool any = false;
        for (int k = 0; k < _wanted.Count; k++)
        {
            string cell = _places[k] >= 0 && _places[k] < row.Cells.Length ? row.Cells[_places[k]].Trim('(', ')', '[', ']') : string.Empty;
            if (cell.Length == 0 || cell == "1")
            {
                continue;
            }

            if (_wanted[k].IsText || cell.Any(char.IsAsciiDigit)
                || (Unit.Find(cell) is null && CsvHeading.UnitOf(cell, _wanted[k].Dimension) is null))
            {
                return false;
            }

            any = true;
        }

        return any;
    }

    private void FindDecimalMark()
    {
        int commas = 0;
        int grouped = 0;
        int points = 0;
        (int Row, int Column) example = (0, 0);
        for (int row = 0; row < _rows.Count; row++)
        {
            for (int k = 0; k < _wanted.Count; k++)
            {
                string text = _wanted[k].IsText ? string.Empty : Text(row, k);
                points += text.Contains('.', StringComparison.Ordinal) ? 1 : 0;
                if (CommaNumber().IsMatch(text))
                {
                    example = commas == 0 ? (row, k) : example;
                    commas++;
                }

                grouped += GroupedNumber().IsMatch(text) ? 1 : 0;
            }
        }

        if (commas > 0 && grouped == commas && points == 0)
        {
            Fault(example.Row, example.Column, "is either a number with a decimal comma or one above a thousand",
                "write numbers with a decimal point, and nothing between thousands");
        }

        Dialect = Dialect with { DecimalComma = commas > points };
    }

    // A row may be longer by empty cells, as spreadsheets write it, and shorter by columns that are not needed.
    private void CheckWidths()
    {
        int width = _header.Cells.Length;
        for (int row = 0; row < _rows.Count; row++)
        {
            string[] cells = _rows[row].Cells;
            int filled = Array.FindLastIndex(cells, c => c.Length > 0) + 1;
            if (filled <= width && cells.Length >= Math.Min(width, _places.Max() + 1))
            {
                continue;
            }

            string hint = Dialect.Separator == ',' && filled > width && filled <= 2 * width
                ? "write one cell per column; numbers with a decimal comma need quotes, or semicolons between the cells"
                : "write one cell per column";
            Note(_rows[row].Line, string.Empty, string.Create(CultureInfo.InvariantCulture,
                $"has {Math.Max(filled, cells.Length)} cells, the header {width}"), hint);
        }
    }

    // What any of the indices says holds for all of them.
    private bool CountsFromZero() => Enumerable.Range(0, _wanted.Count).Where(column => _wanted[column].IsIndex)
        .Any(column => Enumerable.Range(0, _rows.Count).Any(row => Quantity.TrySplit(Text(row, column), out double v, out _) && v < 1));

    private string HeadingAt(int column) => _places[column] >= 0 ? Printable.Short(_header.Cells[_places[column]]) : _wanted[column].Name;

    private void Overload(int row, int column) => Fault(
        row, column, "which is the overload value of the instrument, not a reading",
        "measure the point again in a higher range, or delete the row");

    private void Note(int line, string cell, string message, string hint, string about = "")
    {
        int at = cell.Length > 0 && line <= _text.Lines.Count ? _text.Lines[line - 1].IndexOf(cell, StringComparison.Ordinal) : 0;
        _faults.Add(new CsvFault(line, Math.Max(0, at) + 1, message, hint) { About = about });
    }
}
