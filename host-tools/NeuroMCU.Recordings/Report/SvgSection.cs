// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Recordings.Report;

/// <summary>A drawing. Strokes and fills of <c>currentColor</c> follow the light or dark page.</summary>
public sealed class SvgSection : ReportSection
{
    /// <summary>Shows a drawing.</summary>
    /// <param name="title">Heading.</param>
    /// <param name="svg">An <c>svg</c> element made by the program itself; it is not escaped.</param>
    public SvgSection(string title, string svg)
        : base(title)
    {
        Svg = svg;
    }

    /// <summary>The <c>svg</c> element.</summary>
    public string Svg { get; }

    /// <inheritdoc />
    public override void WriteBody(HtmlWriter html)
    {
        html.Raw("<div class=\"svg\">");
        html.Raw(Svg);
        html.Raw("</div>\n");
    }
}
