// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using System.Text;

namespace NeuroMCU.Laboratory.Evolution;

/// <summary>Drawings of arrays that evolve.</summary>
public static class HeatMap
{
    private const int Cell = 26;
    private const int Gap = 60;
    private const int Top = 24;
    private const int Width = 640;
    private const int Height = 220;
    private const int Left = 44;

    private static readonly string[] s_colours = ["#1f6feb", "#d1495b", "#2e8b57"];

    /// <summary>The array before and after.</summary>
    /// <param name="evolution">What became of it.</param>
    /// <returns>The drawing.</returns>
    public static string Svg(EvolutionResult evolution)
    {
        int rows = evolution.Before.Count / evolution.Columns;
        int width = (2 * evolution.Columns * Cell) + Gap;
        StringBuilder svg = new();
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {Top + (rows * Cell) + 20}\" width=\"{width}\" font-family=\"sans-serif\" font-size=\"12\">");
        Draw(svg, "before", evolution.Before, evolution.Columns, 0);
        Draw(svg, "after", evolution.After, evolution.Columns, (evolution.Columns * Cell) + Gap);
        for (int j = 0; j < evolution.Answers.Count; j++)
        {
            int x = (evolution.Columns * Cell) + Gap + (j * Cell) + (Cell / 2);
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{x}\" y=\"{Top + (rows * Cell) + 14}\" text-anchor=\"middle\" font-size=\"9\" fill=\"currentColor\">{evolution.Answers[j]}</text>");
        }

        return svg.Append("</svg>").ToString();
    }

    /// <summary>Curves of learning.</summary>
    /// <param name="curves">Their names and what became of the arrays.</param>
    /// <returns>The drawing.</returns>
    public static string Curves(params ReadOnlySpan<(string Name, EvolutionResult Evolution)> curves)
    {
        StringBuilder svg = new();
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height + 40}\" width=\"{Width}\" font-family=\"sans-serif\" font-size=\"12\" fill=\"currentColor\">");
        int last = 1;
        foreach ((_, EvolutionResult one) in curves)
        {
            last = Math.Max(last, one.Curve[^1].Presentations);
        }

        for (int percent = 0; percent <= 100; percent += 25)
        {
            int y = Y(percent / 100.0);
            svg.Append(CultureInfo.InvariantCulture, $"<path d=\"M{Left} {y}H{Width - 10}\" stroke=\"currentColor\" opacity=\"0.2\"/><text x=\"{Left - 6}\" y=\"{y + 4}\" text-anchor=\"end\">{percent} %</text>");
        }

        for (int k = 0; k <= 4; k++)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{X(last * k / 4, last)}\" y=\"{Height + 14}\" text-anchor=\"middle\">{last * k / 4}</text>");
        }

        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Width / 2}\" y=\"{Height + 32}\" text-anchor=\"middle\">presentations</text>");
        int number = 0;
        foreach ((string name, EvolutionResult one) in curves)
        {
            string points = string.Join(' ', one.Curve.Select(c => string.Create(CultureInfo.InvariantCulture, $"{X(c.Presentations, last)},{Y(c.Accuracy)}")));
            svg.Append(CultureInfo.InvariantCulture, $"<polyline points=\"{points}\" fill=\"none\" stroke=\"{s_colours[number]}\" stroke-width=\"2\"/><text x=\"{Width - 14}\" y=\"{Height - 90 + (14 * number)}\" text-anchor=\"end\" fill=\"{s_colours[number]}\">{name}</text>");
            number++;
        }

        return svg.Append("</svg>").ToString();
    }

    private static int X(int presentations, int last) => Left + (int)((Width - 10L - Left) * presentations / last);

    private static int Y(double accuracy) => Height - 4 - (int)((Height - 14) * accuracy);

    private static void Draw(StringBuilder svg, string title, IReadOnlyList<double> map, int columns, int left)
    {
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{left}\" y=\"14\" fill=\"currentColor\">{title}</text>");
        for (int node = 0; node < map.Count; node++)
        {
            int light = 96 - (int)(80 * Math.Clamp(map[node], 0, 1));
            svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"{left + (node % columns * Cell)}\" y=\"{Top + (node / columns * Cell)}\" width=\"{Cell - 1}\" height=\"{Cell - 1}\" fill=\"hsl(215 80% {light}%)\"><title>row {node / columns}, column {node % columns}: {map[node]:0.00}</title></rect>");
        }
    }
}
