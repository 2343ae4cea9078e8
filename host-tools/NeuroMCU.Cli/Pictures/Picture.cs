// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Recordings.Report;
using SkiaSharp;

namespace NeuroMCU.Cli.Pictures;

/// <summary>A figure of a report, to be painted anywhere. Reports describe their figures once; the page and the file are both drawn
/// from that.</summary>
internal abstract class Picture
{
    /// <summary>A typeface without serifs that this machine has.</summary>
    protected static string Font { get; } =
        ((string[])["Arial", "Helvetica", "Liberation Sans", "DejaVu Sans",
            "Noto Sans"]).FirstOrDefault(SKFontManager.Default.FontFamilies.Contains, "sans-serif");

    /// <summary>Width in points of 1/96 inch.</summary>
    public abstract float Width { get; }

    /// <summary>Height in points of 1/96 inch.</summary>
    public abstract float Height { get; }

    /// <summary>Paints it.</summary>
    /// <param name="canvas">Where to; its unit is a point.</param>
    public abstract void Paint(SKCanvas canvas);

    /// <summary>The figure of a card.</summary>
    /// <returns>The figure; null for a card that is none, such as a table.</returns>
    public static Picture? Of(ReportSection section) => section switch
    {
        LinesSection lines => new LinesPicture(lines),
        CurvesSection curves => new CurvesPicture(curves),
        RasterSection raster => new RasterPicture(raster),
        SvgSection drawing => new SvgPicture(drawing),
        _ => null,
    };

    /// <summary>All curves of a report in one figure.</summary>
    /// <param name="sections">Its cards.</param>
    /// <returns>The figure.</returns>
    public static Picture Panels(IEnumerable<ReportSection> sections)
    {
        const float PanelWidth = 620;
        return new PanelsPicture([
            .. sections.Select(s => s switch
            {
                LinesSection lines => new LinesPicture(lines, PanelWidth, lines.Height + 60),
                CurvesSection curves => new CurvesPicture(curves, PanelWidth, 460),
                _ => (Picture?)null,
            }).OfType<Picture>(),
        ]);
    }
}
