// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;

namespace NeuroMCU.Host.Networks.Reading
{
    /// <summary>A comma-separated file with a header line; knows where each cell stands.</summary>
    internal sealed class CsvTable
    {
        private readonly ReadContext _context;
        private readonly string _path;
        private readonly string[] _header;
        private readonly List<(int Line, string[] Cells)> _rows;

        private CsvTable(ReadContext context, string path, string[] header, List<(int Line, string[] Cells)> rows)
        {
            _context = context;
            _path = path;
            _header = header;
            _rows = rows;
        }

        /// <summary>Number of rows under the header.</summary>
        public int RowCount => _rows.Count;

        /// <summary>Column names.</summary>
        public IReadOnlyList<string> Header => _header;

        /// <summary>Reads a file that a network file names.</summary>
        /// <param name="context">The network file.</param>
        /// <param name="field">The field that names it.</param>
        /// <returns>The table, or null after a report.</returns>
        public static CsvTable? Open(ReadContext context, Field field)
        {
            string? name = Scalars.Text(context, field, "the path of a CSV file");
            if (name == null)
            {
                return null;
            }

            string path = context.Resolve(name);
            string[] lines;
            try
            {
                lines = File.ReadAllLines(path);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
            {
                context.Error(field, "cannot read `" + name + "`: " + e.Message, "paths are resolved against the folder of the network file");
                return null;
            }

            List<(int Line, string[] Cells)> rows = [];
            for (int i = 0; i < lines.Length; i++)
            {
                if (!string.IsNullOrWhiteSpace(lines[i]) && !lines[i].StartsWith('#'))
                {
                    rows.Add((i + 1, Array.ConvertAll(lines[i].Split(','), c => c.Trim())));
                }
            }

            if (rows.Count == 0)
            {
                context.Error(field, "`" + name + "` is empty", "the first line must name the columns");
                return null;
            }

            string[] header = rows[0].Cells;
            rows.RemoveAt(0);
            CsvTable table = new(context, path, header, rows);
            foreach ((int line, string[] cells) in rows)
            {
                if (cells.Length != header.Length)
                {
                    table.Report(line, 1, string.Create(CultureInfo.InvariantCulture, $"has {cells.Length} cells, the header {header.Length}"), "write one cell per column");
                    return null;
                }
            }

            return table;
        }

        /// <summary>Finds a column.</summary>
        /// <param name="name">Its name.</param>
        /// <returns>Its position, or -1.</returns>
        public int Column(string name)
        {
            return Array.IndexOf(_header, name);
        }

        /// <summary>A cell as text.</summary>
        /// <param name="row">Row from 0.</param>
        /// <param name="column">Column from 0.</param>
        /// <returns>The text.</returns>
        public string Text(int row, int column)
        {
            return _rows[row].Cells[column];
        }

        /// <summary>A cell as an index.</summary>
        /// <param name="row">Row from 0.</param>
        /// <param name="column">Column from 0.</param>
        /// <param name="count">Number of items; the index must be below.</param>
        /// <returns>The index, or null after a report.</returns>
        public int? Index(int row, int column, int count)
        {
            if (int.TryParse(Text(row, column), NumberStyles.None, CultureInfo.InvariantCulture, out int index) && index < count)
            {
                return index;
            }

            ReportCell(row, column, string.Create(CultureInfo.InvariantCulture, $"expected an index from 0 to {count - 1}"));
            return null;
        }

        /// <summary>A cell as a number.</summary>
        /// <param name="row">Row from 0.</param>
        /// <param name="column">Column from 0.</param>
        /// <returns>The number, or null after a report.</returns>
        public double? Number(int row, int column)
        {
            if (double.TryParse(Text(row, column), NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value))
            {
                return value;
            }

            ReportCell(row, column, "expected a number");
            return null;
        }

        /// <summary>Reports a cell.</summary>
        /// <param name="row">Row from 0.</param>
        /// <param name="column">Column from 0.</param>
        /// <param name="expected">What was expected.</param>
        /// <param name="kind">What kind of finding it is.</param>
        public void ReportCell(int row, int column, string expected, DiagnosticKind kind = DiagnosticKind.Other)
        {
            (int line, string[] cells) = _rows[row];
            int character = 1 + cells.Take(column).Sum(c => c.Length + 1);
            Report(line, character, "`" + _header[column] + "` is `" + cells[column] + "`, " + expected, "correct the cell", kind);
        }

        /// <summary>Reports a missing column.</summary>
        /// <param name="expected">The header that would do.</param>
        public void ReportHeader(string expected)
        {
            Report(1, 1, "the header is `" + string.Join(',', _header) + "`, expected `" + expected + "`", "name the columns in the first line");
        }

        private void Report(int line, int column, string message, string hint, DiagnosticKind kind = DiagnosticKind.Other)
        {
            _context.Error(new SourceLocation(_path, line, column, string.Empty), message, hint, kind);
        }
    }
}
