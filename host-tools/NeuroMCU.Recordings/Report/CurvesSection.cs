// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Recordings.Report;

/// <summary>Curves in a plane whose abscissae may go forth and back: a phase plane, a loop.</summary>
public sealed class CurvesSection : ReportSection
{
    /// <summary>Draws curves.</summary>
    /// <param name="title">Heading.</param>
    /// <param name="xLabel">What the abscissa shows, with its unit.</param>
    /// <param name="yLabel">What the ordinate shows, with its unit.</param>
    /// <param name="series">The curves; NaN leaves a gap.</param>
    public CurvesSection(string title, string xLabel, string yLabel, IReadOnlyList<LineSeries> series)
        : base(title)
    {
        XLabel = xLabel;
        YLabel = yLabel;
        Series = series;
    }

    /// <summary>The curves.</summary>
    public IReadOnlyList<LineSeries> Series { get; }

    /// <summary>What the abscissa shows, with its unit.</summary>
    public string XLabel { get; }

    /// <summary>What the ordinate shows, with its unit.</summary>
    public string YLabel { get; }

    /// <inheritdoc />
    public override void WriteBody(HtmlWriter html)
    {
        SvgPlot plot = new(XLabel, YLabel);
        foreach (LineSeries s in Series)
        {
            plot = s.Dots ? plot.Dots(s.Name, s.X, s.Y) : plot.Line(s.Name, s.X, s.Y, s.Colour, s.Dashed);
        }

        html.Raw("<div class=\"svg\">");
        html.Raw(SvgPlot.Stack(plot));
        html.Raw("</div>\n");
    }
}
