// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;

namespace NeuroMCU.Recordings.Report;

/// <summary>Named numbers in as many columns as the window has room for.</summary>
internal sealed class CountersSection : ReportSection
{
    private readonly IReadOnlyList<KeyValuePair<string, long>> _counters;

    /// <summary>Shows counters.</summary>
    /// <param name="counters">Names, whose underscores are shown as blanks, and values.</param>
    public CountersSection(string title, IReadOnlyList<KeyValuePair<string, long>> counters)
        : base(title)
    {
        _counters = counters;
    }

    /// <inheritdoc />
    public override void WriteBody(HtmlWriter html)
    {
        html.Raw("<dl class=\"counters\">\n");
        foreach (KeyValuePair<string, long> counter in _counters)
        {
            html.Raw("<div><dt>");
            html.Text(counter.Key.EndsWith("_us", System.StringComparison.Ordinal) ? counter.Key[..^3].Replace('_', ' ') + " (µs)"
                : counter.Key.Replace('_', ' '));
            html.Raw("</dt><dd>");
            html.Text(counter.Value.ToString("#,0", CultureInfo.InvariantCulture).Replace(',', '\u202F'));
            html.Raw("</dd></div>\n");
        }

        html.Raw("</dl>\n");
    }
}
