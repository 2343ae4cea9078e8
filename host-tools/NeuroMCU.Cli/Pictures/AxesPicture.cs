// NeuroMCU, MIT licence. See LICENSE in the repository root.

using ScottPlot;
using SkiaSharp;

namespace NeuroMCU.Cli.Pictures;

/// <summary>A figure with two axes.</summary>
internal abstract class AxesPicture : Picture
{
    /// <summary>The colours of the reports: Okabe and Ito's, darkened to stand out from white.</summary>
    private static readonly string[] s_colours = ["#0072b2", "#d55e00", "#009e73", "#b0569b", "#b58900", "#3b9bd9", "#7a5195", "#5b6470"];

    /// <inheritdoc />
    public override float Width => 900;

    /// <inheritdoc />
    public override void Paint(SKCanvas canvas)
    {
        using Plot plot = new Plot();
        plot.Axes.Title.Label.Bold = true;
        plot.Axes.Title.Label.FontSize = 15;
        plot.HideGrid();
        Draw(plot);
        plot.Font.Set(Font);
        plot.Axes.Bottom.Label.Bold = false;
        plot.Axes.Left.Label.Bold = false;
        plot.Axes.Bottom.Label.FontSize = 13;
        plot.Axes.Left.Label.FontSize = 13;

        // The first drawing of a plot is done twice, for its measures: not onto a canvas that keeps all strokes.
        _ = plot.GetImage((int)Width, (int)Height);
        plot.Render(canvas, new PixelRect(0, Width, Height, 0));
    }

    /// <summary>Fills the plot.</summary>
    protected abstract void Draw(Plot plot);

    /// <summary>A colour of the palette.</summary>
    /// <returns>The colour.</returns>
    protected static Color Colour(int index) => Color.FromHex(s_colours[index % s_colours.Length]);
}
