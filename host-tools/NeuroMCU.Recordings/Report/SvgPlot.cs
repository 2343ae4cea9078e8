// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using System.Text;

namespace NeuroMCU.Recordings.Report;

/// <summary>A plot with two axes as an <c>svg</c> element; text and axes take the colour of the page.</summary>
public sealed class SvgPlot
{
    private const double Width = 640;
    private const double Height = 260;
    private const double Left = 58;
    private const double Right = 12;
    private const double Top = 24;
    private const double Bottom = 40;
    private static readonly string[] s_colours = ["#2f6fdb", "#d9552b", "#2a9d5c", "#8a54c7", "#b8860b"];

    private readonly List<(string Name, double[] X, double[] Y, bool Dots, bool Dashed, int Colour)> _series = [];
    private readonly List<(int Series, double X, double Y)> _rings = [];
    private readonly string _xLabel;
    private readonly string _yLabel;

    /// <summary>Starts a plot.</summary>
    /// <param name="xLabel">What the abscissa shows, with its unit.</param>
    /// <param name="yLabel">What the ordinate shows, with its unit.</param>
    public SvgPlot(string xLabel, string yLabel)
    {
        _xLabel = xLabel;
        _yLabel = yLabel;
    }

    /// <summary>Adds a line.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="x">Abscissae.</param>
    /// <param name="y">Ordinates; NaN leaves a gap.</param>
    /// <param name="colour">Index of its colour; null for its place among the series.</param>
    /// <param name="dashed">Whether to dash it.</param>
    /// <returns>This plot.</returns>
    public SvgPlot Line(string name, double[] x, double[] y, int? colour = null, bool dashed = false)
    {
        _series.Add((name, x, y, false, dashed, colour ?? _series.Count));
        return this;
    }

    /// <summary>Adds dots.</summary>
    /// <param name="name">Their name.</param>
    /// <param name="x">Abscissae.</param>
    /// <param name="y">Ordinates.</param>
    /// <returns>This plot.</returns>
    public SvgPlot Dots(string name, double[] x, double[] y)
    {
        _series.Add((name, x, y, true, false, _series.Count));
        return this;
    }

    /// <summary>Adds rings in the colour of the series that was added last.</summary>
    /// <param name="x">Abscissae.</param>
    /// <param name="y">Ordinates.</param>
    /// <returns>This plot.</returns>
    public SvgPlot Rings(double[] x, double[] y)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        _rings.AddRange(x.Select((abscissa, i) => (_series.Count - 1, abscissa, y[i])));
        return this;
    }

    /// <summary>Draws plots below each other.</summary>
    /// <param name="plots">From top to bottom.</param>
    /// <returns>One <c>svg</c> element.</returns>
    public static string Stack(params SvgPlot[] plots)
    {
        ArgumentNullException.ThrowIfNull(plots);
        StringBuilder svg = new StringBuilder();
        svg.Append(
            Text($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height * plots.Length}\" font-family=\"sans-serif\" font-size=\"11\" fill=\"currentColor\">\n"));
        for (int i = 0; i < plots.Length; i++)
        {
            svg.Append(Text($"<g transform=\"translate(0 {i * Height})\">\n"));
            plots[i].Draw(svg);
            svg.Append("</g>\n");
        }

        return svg.Append("</svg>\n").ToString();
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static double[] Ticks(double low, double high)
    {
        double raw = (high - low) / 6;
        double power = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        double step = power * (raw / power <= 1 ? 1 : raw / power <= 2 ? 2 : raw / power <= 5 ? 5 : 10);
        int first = (int)Math.Ceiling((low / step) - 1e-9);
        int last = (int)Math.Floor((high / step) + 1e-9);
        return Enumerable.Range(first, Math.Max(0, last - first + 1)).Select(i => i * step).ToArray();
    }

    private static (double Low, double High) Range(IEnumerable<double> values)
    {
        double[] finite = values.Where(double.IsFinite).ToArray();
        double low = finite.Length == 0 ? 0 : finite.Min();
        double high = finite.Length == 0 ? 1 : finite.Max();
        double margin = high > low ? 0.04 * (high - low) : 1;
        return (low - margin, high + margin);
    }

    private void Draw(StringBuilder svg)
    {
        (double x0, double x1) = Range(_series.SelectMany(s => s.X).Concat(_rings.Select(r => r.X)));
        (double y0, double y1) = Range(_series.SelectMany(s => s.Y).Concat(_rings.Select(r => r.Y)));
        double X(double x) => Left + ((x - x0) / (x1 - x0) * (Width - Left - Right));
        double Y(double y) => Height - Bottom - ((y - y0) / (y1 - y0) * (Height - Top - Bottom));
        svg.Append(
            Text($"<rect x=\"{Left}\" y=\"{Top}\" width=\"{Width - Left - Right}\" height=\"{Height - Top - Bottom}\" fill=\"none\" stroke=\"currentColor\" stroke-opacity=\"0.4\"/>\n"));
        foreach (double tick in Ticks(x0, x1))
        {
            svg.Append(Text($"<text x=\"{X(tick):0.#}\" y=\"{Height - Bottom + 14}\" text-anchor=\"middle\">{tick:0.###}</text>\n"));
        }

        foreach (double tick in Ticks(y0, y1))
        {
            svg.Append(Text($"<text x=\"{Left - 5}\" y=\"{Y(tick) + 4:0.#}\" text-anchor=\"end\">{tick:0.###}</text>\n"));
        }

        svg.Append(Text($"<text x=\"{(Left + Width - Right) / 2}\" y=\"{Height - 8}\" text-anchor=\"middle\">{_xLabel}</text>\n"));
        svg.Append(
            Text($"<text transform=\"translate(13 {(Top + Height - Bottom) / 2}) rotate(-90)\" text-anchor=\"middle\">{_yLabel}</text>\n"));
        for (int k = 0; k < _series.Count; k++)
        {
            string colour = s_colours[_series[k].Colour % s_colours.Length];
            svg.Append(Text($"<text x=\"{Left + 6 + (k * 130)}\" y=\"{Top - 8}\" fill=\"{colour}\">{(_series[k].Dashed ? "- - " : string.Empty)}{_series[k].Name}</text>\n"));
            Draw(svg, _series[k].X.Select(X).ToArray(), _series[k].Y.Select(Y).ToArray(), colour, _series[k].Dots, _series[k].Dashed);
        }

        foreach ((int series, double x, double y) in _rings)
        {
            svg.Append(
                Text($"<circle cx=\"{X(x):0.#}\" cy=\"{Y(y):0.#}\" r=\"6\" fill=\"none\" stroke=\"{s_colours[series % s_colours.Length]}\" stroke-width=\"1.6\"/>\n"));
        }
    }

    private static void Draw(StringBuilder svg, double[] x, double[] y, string colour, bool dots, bool dashed)
    {
        if (dots)
        {
            for (int i = 0; i < x.Length; i++)
            {
                svg.Append(Text($"<circle cx=\"{x[i]:0.#}\" cy=\"{y[i]:0.#}\" r=\"3\" fill=\"{colour}\"/>\n"));
            }

            return;
        }

        svg.Append(Text($"<path fill=\"none\" stroke=\"{colour}\"{(dashed ? " stroke-dasharray=\"6 4\"" : string.Empty)} d=\""));
        bool pen = false;
        for (int i = 0; i < x.Length; i++)
        {
            if (double.IsFinite(y[i]))
            {
                svg.Append(Text($"{(pen ? 'L' : 'M')}{x[i]:0.#} {y[i]:0.#}"));
            }

            pen = double.IsFinite(y[i]);
        }

        svg.Append("\"/>\n");
    }
}
