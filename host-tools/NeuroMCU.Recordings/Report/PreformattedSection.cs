// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Recordings.Report;

/// <summary>Text in a fixed-width face, such as a network file.</summary>
public sealed class PreformattedSection : ReportSection
{
    private readonly string _text;

    /// <summary>Shows text.</summary>
    /// <param name="title">Heading.</param>
    /// <param name="text">Any text; it is escaped.</param>
    public PreformattedSection(string title, string text)
        : base(title)
    {
        _text = text;
    }

    /// <inheritdoc />
    public override void WriteBody(HtmlWriter html)
    {
        html.Raw("<pre>");
        html.Text(_text);
        html.Raw("</pre>\n");
    }
}
