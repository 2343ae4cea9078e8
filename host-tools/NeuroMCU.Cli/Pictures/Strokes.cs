// NeuroMCU, MIT licence. See LICENSE in the repository root.

using ScottPlot;
using SkiaSharp;

namespace NeuroMCU.Cli.Pictures;

/// <summary>Upright strokes, one for each spike.</summary>
internal sealed class Strokes(IReadOnlyList<(double X, double Low, double High)> strokes, Color colour, string? name) : IPlottable
{
    /// <inheritdoc />
    public bool IsVisible { get; set; } = true;

    /// <inheritdoc />
    public IAxes Axes { get; set; } = new Axes();

    /// <inheritdoc />
    public IEnumerable<LegendItem> LegendItems => name is null ? []
        : [new LegendItem { LabelText = name, LineColor = colour, LineWidth = 2 }];

    /// <inheritdoc />
    public AxisLimits GetAxisLimits() => strokes.Count == 0
        ? AxisLimits.NoLimits
        : new AxisLimits(strokes.Min(s => s.X), strokes.Max(s => s.X), strokes.Min(s => s.Low), strokes.Max(s => s.High));

    /// <inheritdoc />
    public void Render(RenderPack rp)
    {
        SKPoint[] ends = new SKPoint[2 * strokes.Count];
        for (int i = 0; i < strokes.Count; i++)
        {
            float x = Axes.GetPixelX(strokes[i].X);
            ends[2 * i] = new SKPoint(x, Axes.GetPixelY(strokes[i].Low));
            ends[(2 * i) + 1] = new SKPoint(x, Axes.GetPixelY(strokes[i].High));
        }

        using SKPaint paint = new SKPaint { Color = colour.ToSKColor(), StrokeWidth = 1, IsStroke = true, IsAntialias = true };
        rp.Canvas.DrawPoints(SKPointMode.Lines, ends, paint);
    }
}
