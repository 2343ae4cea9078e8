// NeuroMCU, MIT licence. See LICENSE in the repository root.

using SkiaSharp;

namespace NeuroMCU.Cli.Pictures;

/// <summary>Several figures as panels of one, in two columns of about the same height, read down the first and then the second.</summary>
internal sealed class PanelsPicture : Picture
{
    private const float Gap = 8;

    private readonly IReadOnlyList<Picture>[] _columns;

    public PanelsPicture(IReadOnlyList<Picture> panels)
    {
        int left = panels.Count < 2 ? panels.Count : Enumerable.Range(1, panels.Count - 1)
            .MinBy(n => Math.Abs(panels.Take(n).Sum(p => p.Height) - panels.Skip(n).Sum(p => p.Height)));
        _columns = left == panels.Count ? [panels] : [[.. panels.Take(left)], [.. panels.Skip(left)]];
    }

    /// <inheritdoc />
    public override float Width => _columns.Sum(c => c.Max(p => p.Width)) + (Gap * (_columns.Length - 1));

    /// <inheritdoc />
    public override float Height => _columns.Max(c => c.Sum(p => p.Height) + (Gap * (c.Count - 1)));

    /// <inheritdoc />
    public override void Paint(SKCanvas canvas)
    {
        canvas.Clear(SKColors.White);
        float x = 0;
        foreach (IReadOnlyList<Picture> column in _columns)
        {
            float y = 0;
            foreach (Picture panel in column)
            {
                canvas.Save();
                canvas.Translate(x, y);
                canvas.ClipRect(SKRect.Create(panel.Width, panel.Height));
                panel.Paint(canvas);
                canvas.Restore();
                y += panel.Height + Gap;
            }

            x += column.Max(p => p.Width) + Gap;
        }
    }
}
