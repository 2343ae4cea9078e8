// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Files.Units;
using NeuroMCU.Files.Yaml;

namespace NeuroMCU.Networks.Equations;

/// <content>Functions given by points, in the text or in a file.</content>
internal sealed partial class ModelTextReader
{
    // `{x: [-80 mV, 0 mV], y: [0, 1]}`, or `{file: points.csv, x: mV, y: 1}` with two columns.
    private void ReadTable(string name, Field field)
    {
        MapReader? map = MapReader.Open(_context, field, "points such as `{x: [-80 mV, 0 mV], y: [0, 1]}`");
        Field? file = map?.Take("file");
        Field? x = map?.Require("x", file == null ? "[-80 mV, 0 mV]" : "mV");
        Field? y = map?.Require("y", file == null ? "[0, 1]" : "1");
        map?.Take("about");
        map?.Finish();
        if (x == null || y == null)
        {
            return;
        }

        (double[] Values, PhysicalDimension Dimension)? places = file == null ? Points(x) : Column(file, x, 0);
        (double[] Values, PhysicalDimension Dimension)? values = file == null ? Points(y) : Column(file, y, 1);
        if (places is not { } px || values is not { } py)
        {
            return;
        }

        int wrong = Enumerable.Range(1, Math.Max(0, px.Values.Length - 1)).FirstOrDefault(i => !(px.Values[i] > px.Values[i - 1]));
        if (px.Values.Length < 2 || px.Values.Length > MostPoints || px.Values.Length != py.Values.Length || wrong > 0)
        {
            string cause = wrong > 0 ? "has a place that is not above the one before it, the " + Ordinal(wrong + 1)
                : FormattableString.Invariant($"has {px.Values.Length} places and {py.Values.Length} values");
            _context.Error(field, cause, FormattableString.Invariant($"write 2 to {MostPoints} places that rise, and as many values"));
            return;
        }

        _tables[name] = new PointTable(px.Values, py.Values, px.Dimension, py.Dimension);
        _functionArguments[name] = 1;
    }

    private static string Ordinal(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture) + ".";

    private (double[] Values, PhysicalDimension Dimension)? Points(Field field)
    {
        if (field.Items == null)
        {
            _context.Error(field, "is " + field.Describe() + ", expected a list", "write values with their unit: `[-80 mV, -40 mV, 0 mV]`");
            return null;
        }

        List<double> values = [];
        PhysicalDimension? dimension = null;
        for (int i = 0; i < field.Items.Children.Count; i++)
        {
            Field item = field.Item(i);
            if (Value(item, dimension, "a point of this list") is not { } e)
            {
                return null;
            }

            dimension ??= e.IsNumber && e.Value == 0 && _measured.IsNone ? null : _measured;
            values.Add(Constant(e));
        }

        return ([.. values], dimension ?? default);
    }

    private (double[] Values, PhysicalDimension Dimension)? Column(Field file, Field unitField, int column)
    {
        if (file.Text == null || !UnitText.TryParse(unitField.Text ?? string.Empty, out UnitText unit))
        {
            _context.Error(unitField, "is " + unitField.Describe() + ", which is no unit",
                "write the unit of this column, such as mV, nS or 1", DiagnosticKind.Unit);
            return null;
        }

        string[] lines;
        try
        {
            lines = System.IO.File.ReadAllLines(_context.ReadFile(file.Text));
        }
        catch (Exception e) when (e is System.IO.IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            _context.Error(file, "cannot be read: " + e.Message, "check the path; it is taken from the folder of this file");
            return null;
        }

        List<double> values = [];
        for (int i = 0; i < lines.Length; i++)
        {
            string[] cells = lines[i].Split(',', ';', '\t');
            bool read = double.TryParse(column < cells.Length ? cells[column].Trim() : string.Empty,
                System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out double value)
                && double.IsFinite(value);
            if (read)
            {
                values.Add(value * unit.Scale);
            }
            else if (i > 0 && lines[i].Trim().Length > 0)
            {
                _context.Error(
                    new SourceLocation(file.Text, i + 1, 1, file.Path),
                    FormattableString.Invariant($"has no number in column {column + 1}"),
                    "write two numbers per line, separated by a comma; the first line may be a heading");
                return null;
            }
        }

        return ([.. values], unit.Dimension);
    }
}
