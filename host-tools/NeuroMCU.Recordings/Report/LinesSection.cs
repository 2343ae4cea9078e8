// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Recordings.Report;

/// <summary>Lines over a common axis: traces, rates, or anything else with two axes.</summary>
public sealed class LinesSection : ReportSection
{
    /// <summary>Draws lines over the time of the run; the plot zooms together with all others over time.</summary>
    /// <param name="title">Heading.</param>
    /// <param name="yLabel">What the ordinate shows, with its unit.</param>
    /// <param name="duration">Length of the run in µs.</param>
    /// <param name="series">Lines, abscissae in seconds.</param>
    public LinesSection(string title, string yLabel, long duration, IReadOnlyList<LineSeries> series)
        : base(title)
    {
        Series = series;
        Duration = duration;
        XLabel = "time (s)";
        YLabel = yLabel;
    }

    /// <summary>Draws lines over any quantity.</summary>
    /// <param name="title">Heading.</param>
    /// <param name="xLabel">What the abscissa shows, with its unit.</param>
    /// <param name="yLabel">What the ordinate shows, with its unit.</param>
    /// <param name="series">Lines.</param>
    public LinesSection(string title, string xLabel, string yLabel, IReadOnlyList<LineSeries> series)
        : base(title)
    {
        Series = series;
        XLabel = xLabel;
        YLabel = yLabel;
    }

    /// <summary>Lines.</summary>
    public IReadOnlyList<LineSeries> Series { get; }

    /// <summary>Length of the time axis in µs; 0 where the abscissa is no time of a run.</summary>
    public long Duration { get; }

    /// <summary>What the abscissa shows, with its unit.</summary>
    public string XLabel { get; }

    /// <summary>What the ordinate shows, with its unit.</summary>
    public string YLabel { get; }

    /// <summary>Whether to draw steps and to fill below them, as for counts in bins.</summary>
    public bool Stepped { get; init; }

    /// <summary>Values that the ordinate shows in any case, so that plots beside each other have the same one.</summary>
    public IReadOnlyList<double> Ordinates { get; init; } = [];

    /// <summary>Height of the plot in pixels.</summary>
    public int Height { get; init; } = 260;

    /// <inheritdoc />
    public override string Hint => "drag: zoom · double click: all";

    /// <inheritdoc />
    public override void WriteBody(HtmlWriter html)
    {
        html.Plot(new
        {
            Kind = "lines",
            Duration = Duration / 1e6,
            XLabel,
            YLabel,
            Stepped,
            Filled = Stepped,
            Height,
            Ordinates = Ordinates.Count == 0 ? null : Ordinates,
            Series = Series.Select(s => new
            {
                s.Name,
                s.Unit,
                s.Colour,
                s.Dashed,
                s.Dots,
                s.Level,
                Marks = s.Marks.Length == 0 ? null : HtmlWriter.Pack(s.Marks),
                X = HtmlWriter.Pack(s.X),
                Y = HtmlWriter.Pack(s.Y),
            }),
        });
    }
}
