// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using System.Net;
using System.Text;

namespace NeuroMCU.Nodes.Report;

/// <summary>An array as a drawing: a square for each node, darker where it conducts more, crossed out where it cannot be used.</summary>
public static class NodeHeatMap
{
    private const int Cell = 44;
    private const int Edge = 28;

    /// <summary>Draws an array.</summary>
    /// <param name="rows">Rows.</param>
    /// <param name="columns">Columns.</param>
    /// <param name="values">Value of each node, row by row, 0 to 1 of what is darkest; NaN where it is not known.</param>
    /// <param name="labels">What stands in each square and when the mouse is over it.</param>
    /// <param name="bad">Nodes that are crossed out.</param>
    /// <returns>An svg element.</returns>
    public static string Svg(int rows, int columns, IReadOnlyList<double> values, IReadOnlyList<string> labels, ISet<int> bad)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(bad);
        StringBuilder svg = new();
        int width = Edge + (columns * Cell);
        int height = Edge + (rows * Cell);
        svg.Append(CultureInfo.InvariantCulture, $"<svg viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" ");
        svg.Append("role=\"img\" aria-label=\"array of nodes\" font-size=\"11\" font-family=\"sans-serif\">");
        for (int column = 0; column < columns; column++)
        {
            Text(svg, Edge + (column * Cell) + (Cell / 2), Edge - 8, column.ToString(CultureInfo.InvariantCulture), "currentColor");
        }

        for (int node = 0; node < rows * columns; node++)
        {
            int x = Edge + (node % columns * Cell);
            int y = Edge + (node / columns * Cell);
            if (node % columns == 0)
            {
                Text(svg, Edge / 2, y + (Cell / 2) + 4, (node / columns).ToString(CultureInfo.InvariantCulture), "currentColor");
            }

            double value = values[node];
            double share = double.IsNaN(value) ? 0 : Math.Clamp(value, 0, 1);
            string fill = double.IsNaN(value) ? "#9995" : Colour(share);
            svg.Append(CultureInfo.InvariantCulture,
                $"<rect x=\"{x + 1}\" y=\"{y + 1}\" width=\"{Cell - 2}\" height=\"{Cell - 2}\" rx=\"3\" fill=\"{fill}\"><title>");
            svg.Append(WebUtility.HtmlEncode(string.Create(CultureInfo.InvariantCulture,
                $"node {node}: {labels[node]}"))).Append("</title></rect>");
            Text(svg, x + (Cell / 2), y + (Cell / 2) + 4, labels[node].Split(' ')[0], share > 0.45 ? "#fff" : "#222");
            if (bad.Contains(node))
            {
                svg.Append(CultureInfo.InvariantCulture,
                    $"<path d=\"M{x + 4} {y + 4} L{x + Cell - 4} {y + Cell - 4} M{x + Cell - 4} {y + 4} L{x + 4} {y + Cell - 4}\" ");
                svg.Append("stroke=\"#c33\" stroke-width=\"2\" fill=\"none\"/>");
            }
        }

        return svg.Append("</svg>").ToString();
    }

    // From pale to deep blue, so that it is read without colours as well.
    private static string Colour(double share)
    {
        int red = (int)Math.Round(236 - (216 * share));
        int green = (int)Math.Round(242 - (180 * share));
        int blue = (int)Math.Round(250 - (110 * share));
        return string.Create(CultureInfo.InvariantCulture, $"#{red:x2}{green:x2}{blue:x2}");
    }

    private static void Text(StringBuilder svg, int x, int y, string text, string fill)
    {
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{x}\" y=\"{y}\" text-anchor=\"middle\" fill=\"{fill}\">");
        svg.Append(WebUtility.HtmlEncode(text)).Append("</text>");
    }
}
