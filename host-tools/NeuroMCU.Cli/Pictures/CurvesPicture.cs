// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Recordings.Report;
using ScottPlot;

namespace NeuroMCU.Cli.Pictures;

/// <summary>Curves in a plane whose abscissae go forth and back.</summary>
internal sealed class CurvesPicture(CurvesSection section, float width = 900, float height = 520) : AxesPicture
{
    /// <inheritdoc />
    public override float Width => width;

    /// <inheritdoc />
    public override float Height => height;

    /// <inheritdoc />
    protected override void Draw(Plot plot)
    {
        plot.Title(section.Title);
        plot.XLabel(section.XLabel);
        plot.YLabel(section.YLabel);
        for (int k = 0; k < section.Series.Count; k++)
        {
            LinesPicture.Draw(plot, section.Series[k], Colour(section.Series[k].Colour ?? k), false);
        }

        plot.Axes.Margins(0.02, 0.03);
        plot.Axes.AutoScale();
        if (section.Series.Count > 1)
        {
            plot.ShowLegend(Edge.Bottom);
        }
        else
        {
            plot.HideLegend();
        }
    }
}
