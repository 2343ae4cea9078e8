// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Files.Units;
using NeuroMCU.Files.Yaml;

namespace NeuroMCU.Networks.Reading;

/// <summary>Reads where the neurons of a population lie: on a line, on a grid, or one by one.</summary>
internal static class PositionReader
{
    /// <summary>Reads positions as pure numbers; delays are stated per unit of them.</summary>
    /// <returns>One coordinate list per neuron, or none after a report.</returns>
    public static IReadOnlyList<IReadOnlyList<double>> Read(ReadContext context, Field field, int size)
    {
        if (field.Items != null)
        {
            return List(context, field, size);
        }

        MapReader? map = MapReader.Open(context, field, "a list of points, `{line: spacing}` or `{grid: columns, spacing: 1}`");
        if (map == null)
        {
            return [];
        }

        Field? line = map.Take("line");
        Field? grid = map.Take("grid");
        Field? spacingField = map.Take("spacing");
        map.Finish();
        if (line != null)
        {
            double step = Scalars.Value(context, line, Dimension.None) ?? 1;
            return Enumerable.Range(0, size).Select(i => new[] { i * step }).ToArray();
        }

        if (grid != null)
        {
            int columns = (int)(Scalars.Integer(context, grid, 1, size) ?? 1);
            double step = spacingField == null ? 1 : Scalars.Value(context, spacingField, Dimension.None) ?? 1;
            return Enumerable.Range(0, size).Select(i => new[] { i % columns * step, i / columns * step }).ToArray();
        }

        context.Error(field, "is a map without a known layout", "write `{line: 1.0}`, `{grid: 10, spacing: 1.0}` or a list of points");
        return [];
    }

    private static List<double[]> List(ReadContext context, Field field, int size)
    {
        int given = field.Items!.Children.Count;
        if (given != size)
        {
            context.Error(
                field,
                string.Create(CultureInfo.InvariantCulture, $"has {given} points for {size} neurons"),
                "write one point per neuron, such as `[0.0, 1.5]`");
            return [];
        }

        List<double[]> points = new(size);
        for (int i = 0; i < size; i++)
        {
            Field point = field.Item(i);
            int dimensions = point.Items?.Children.Count ?? 0;
            if (dimensions is < 1 or > 3 || (i > 0 && dimensions != points[0].Length))
            {
                context.Error(point, "is " + point.Describe() + ", expected a point",
                    "write one to three coordinates, as many for every neuron");
                return [];
            }

            points.Add(Enumerable.Range(0, dimensions).Select(d => Scalars.Value(context, point.Item(d), Dimension.None) ?? 0).ToArray());
        }

        return points;
    }
}
