// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Text;

namespace NeuroMCU.Recordings.Report;

/// <summary>
/// A report as one HTML file that needs nothing else: styles, scripts (uPlot for the plots) and data are inside, and its content policy
/// forbids the browser to load anything, so that it looks the same offline and in ten years.
/// </summary>
public sealed class HtmlReport
{
    private readonly List<(string Label, string Value, FigureTone Tone)> _figures = [];
    private readonly List<ReportSection> _sections = [];

    /// <summary>Starts a report.</summary>
    /// <param name="title">Its title.</param>
    /// <param name="subtitle">A line below the title.</param>
    public HtmlReport(string title, string subtitle)
    {
        Title = title;
        Subtitle = subtitle;
    }

    /// <summary>Title.</summary>
    public string Title { get; }

    /// <summary>Line below the title.</summary>
    public string Subtitle { get; }

    /// <summary>What the last line says the report was made with.</summary>
    public string MadeWith { get; init; } = "NeuroMCU";

    /// <summary>The cards, in order.</summary>
    public IReadOnlyList<ReportSection> Sections => _sections;

    /// <summary>Adds a headline figure.</summary>
    /// <param name="label">What it is.</param>
    /// <param name="value">The figure with its unit.</param>
    /// <param name="tone">How it is to be taken.</param>
    /// <returns>This report.</returns>
    public HtmlReport Figure(string label, string value, FigureTone tone = FigureTone.Neutral)
    {
        _figures.Add((label, value, tone));
        return this;
    }

    /// <summary>Adds a red figure that says that the report is not whole.</summary>
    /// <param name="missing">What is missing, such as <c>3 of 9 points were run</c>; null when it is whole.</param>
    /// <returns>This report.</returns>
    public HtmlReport Incomplete(string? missing) => missing is null ? this : Figure(missing, "incomplete", FigureTone.Bad);

    /// <summary>Adds a card.</summary>
    /// <param name="section">The card.</param>
    /// <returns>This report.</returns>
    public HtmlReport Add(ReportSection section)
    {
        _sections.Add(section);
        return this;
    }

    /// <summary>Writes the page to a file, which appears only when it is complete.</summary>
    /// <param name="path">File.</param>
    public void Save(string path)
    {
        OutputFile.WriteText(path, Write);
    }

    /// <summary>Writes the page.</summary>
    /// <param name="writer">Where to.</param>
    public void Write(TextWriter writer)
    {
        HtmlWriter html = new HtmlWriter(writer);
        html.Raw("<!DOCTYPE html>\n<html lang=\"en\" data-theme=\"light\">\n<head>\n<meta charset=\"utf-8\">\n");
        html.Raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        html.Raw(
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; script-src "
            + "'unsafe-inline'; img-src data:\">\n");
        html.Raw("<title>");
        html.Text(Title);
        html.Raw("</title>\n<style>\n");
        html.Raw(Asset("uPlot.min.css"));
        html.Raw("\n");
        html.Raw(Asset("report.css"));
        html.Raw("</style>\n</head>\n<body>\n<header><div>");
        html.Raw(Mark);
        html.Raw("<div><h1>");
        html.Text(Title);
        html.Raw("</h1><p>");
        html.Text(Subtitle);
        html.Raw(
            "</p></div><button id=\"theme\" type=\"button\" aria-label=\"light or dark page\">light / "
            + "dark</button></div></header>\n<main>\n");
        html.Raw("<noscript><p>The plots need JavaScript; nothing is loaded from the network.</p></noscript>\n");
        WriteFigures(html);
        WriteSections(html);
        html.Raw("<footer>");
        html.Text("Made with " + MadeWith
            + ". Plots by uPlot (MIT licence, © 2022 Leon Sorokin). This file loads nothing from the network.");
        html.Raw("</footer>\n</main>\n<script>\n");
        html.Raw(Asset("uPlot.iife.min.js"));
        html.Raw("\n</script>\n<script>\n");
        html.Raw(Asset("report.js"));
        html.Raw("</script>\n</body>\n</html>\n");
    }

    /// <summary>The project's mark: a membrane that rises, fires and falls back.</summary>
    private const string Mark =
        "<svg class=\"mark\" viewBox=\"0 0 44 44\" aria-hidden=\"true\"><rect width=\"44\" height=\"44\" rx=\"11\" fill=\"#2f6fdb\"/>"
        + "<path d=\"M6 31c6 0 9-3 12-9l2-1 2-13 3 26c1-4 3-5 6-5h7\" fill=\"none\" stroke=\"#fff\" stroke-width=\"2.6\" "
        + "stroke-linecap=\"round\" stroke-linejoin=\"round\"/></svg>";

    private void WriteFigures(HtmlWriter html)
    {
        if (_figures.Count == 0)
        {
            return;
        }

        html.Raw("<div class=\"figures\">\n");
        foreach ((string label, string value, FigureTone tone) in _figures)
        {
            html.Raw("<div class=\"figure" + HtmlWriter.Class(tone) + "\"><b>");
            html.Text(Units(value));
            html.Raw("</b><span>");
            html.Text(label);
            html.Raw("</span></div>\n");
        }

        html.Raw("</div>\n");
    }

    // A figure with its unit stays on one line, and micro is written as people write it.
    private static string Units(string value) => value.EndsWith(" us", System.StringComparison.Ordinal) ? value[..^2] + "µs" : value;

    private void WriteSections(HtmlWriter html)
    {
        for (int i = 0; i < _sections.Count; i++)
        {
            bool opens = _sections[i].HalfWidth && (i == 0 || !_sections[i - 1].HalfWidth);
            bool closes = _sections[i].HalfWidth && (i == _sections.Count - 1 || !_sections[i + 1].HalfWidth);
            if (opens)
            {
                html.Raw("<div class=\"columns\">\n");
            }

            WriteSection(html, _sections[i]);
            if (closes)
            {
                html.Raw("</div>\n");
            }
        }
    }

    private static void WriteSection(HtmlWriter html, ReportSection section)
    {
        html.Raw("<section><div class=\"head\"><div><h2>");
        html.Text(section.Title);
        html.Raw("</h2>");
        if (section.Note is not null)
        {
            html.Raw("<p class=\"note\">");
            html.Text(section.Note);
            html.Raw("</p>");
        }

        html.Raw("</div>");
        if (section.Hint is not null)
        {
            html.Raw("<span class=\"hint\">");
            html.Text(section.Hint);
            html.Raw("</span>");
        }

        html.Raw("</div>\n");
        section.WriteBody(html);
        html.Raw("</section>\n");
    }

    private static string Asset(string name)
    {
        using Stream stream = typeof(HtmlReport).Assembly.GetManifestResourceStream("report/" + name)
            ?? throw new FileNotFoundException("the program was built without " + name, name);
        using StreamReader reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
