// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Recordings.Report;
using ScottPlot;
using ScottPlot.Plottables;

namespace NeuroMCU.Cli.Pictures;

/// <summary>Lines or dots over a common axis.</summary>
internal sealed class LinesPicture(LinesSection section, float width = 900, float? height = null) : AxesPicture
{
    /// <inheritdoc />
    public override float Width => width;

    /// <inheritdoc />
    public override float Height => height ?? Math.Max(360, section.Height + 100);

    /// <inheritdoc />
    protected override void Draw(Plot plot)
    {
        plot.Title(section.Title);
        plot.XLabel(section.XLabel);
        plot.YLabel(section.YLabel);
        for (int k = 0; k < section.Series.Count; k++)
        {
            Draw(plot, section.Series[k], Colour(section.Series[k].Colour ?? k), section.Stepped);
        }

        plot.Axes.Margins(0.02, 0.06);
        plot.Axes.AutoScale();
        if (section.Ordinates.Count > 0)
        {
            (double least, double most) = (section.Ordinates.Min(), section.Ordinates.Max());
            plot.Axes.SetLimitsY(least - (0.06 * (most - least)), most + (0.06 * (most - least)));
        }

        double top = plot.Axes.GetLimits().Top;
        double low = plot.Axes.GetLimits().Bottom;
        for (int k = 0; k < section.Series.Count; k++)
        {
            LineSeries series = section.Series[k];
            if (series.Marks.Length > 0)
            {
                double from = series.Level ?? top;
                double length = 0.06 * (top - low);
                plot.Add.Plottable(new Strokes([.. series.Marks.Select(x => (x, from, from + length))], Colour(series.Colour ?? k), null));
            }
        }

        if (section.Series.Any(s => s.Marks.Length > 0))
        {
            plot.Axes.SetLimitsY(low, top + (0.08 * (top - low)));
        }

        if (section.Duration > 0)
        {
            plot.Axes.SetLimitsX(0, section.Duration / 1e6);
        }

        if (section.Series.Count > 1)
        {
            plot.ShowLegend(Edge.Right);
        }
        else
        {
            plot.HideLegend();
        }
    }

    /// <summary>Adds a line to a plot.</summary>
    /// <param name="plot">The plot.</param>
    /// <param name="series">The line.</param>
    /// <param name="colour">Its colour.</param>
    /// <param name="stepped">Whether it goes on in steps.</param>
    public static void Draw(Plot plot, LineSeries series, Color colour, bool stepped)
    {
        bool named = false;
        foreach ((double[] x, double[] y) in Pieces(series))
        {
            Scatter line = series.Dots ? plot.Add.ScatterPoints(x, y, colour) : plot.Add.ScatterLine(x, y, colour);
            line.MarkerSize = series.Dots ? 5 : 0;
            line.LineWidth = series.Dots ? 0 : 1.5f;
            line.LinePattern = series.Dashed ? LinePattern.Dashed : LinePattern.Solid;
            if (stepped)
            {
                line.ConnectStyle = ConnectStyle.StepHorizontal;
            }

            line.LegendText = named ? string.Empty : series.Name;
            named = true;
        }

        if (series.Level is { } level)
        {
            plot.Add.HorizontalLine(level, 1, colour.WithAlpha(0.7), LinePattern.Dashed);
        }
    }

    // A gap, written as NaN, parts a line.
    private static IEnumerable<(double[] X, double[] Y)> Pieces(LineSeries series)
    {
        int begin = 0;
        for (int i = 0; i <= series.Y.Length; i++)
        {
            if (i == series.Y.Length || !double.IsFinite(series.Y[i]))
            {
                if (i > begin)
                {
                    yield return (series.X[begin..i], series.Y[begin..i]);
                }

                begin = i + 1;
            }
        }
    }
}
