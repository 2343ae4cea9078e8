// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Cli.Pictures;
using NeuroMCU.VirtualBench.Peripherals.Chips;
using SkiaSharp;

namespace NeuroMCU.Cli.Verbs.Fair;

/// <summary>The glass of a display, as a person in front of it sees it.</summary>
internal sealed class DisplayPicture(VirtualSsd1306 display) : Picture
{
    private const float Pitch = 4;
    private const float Margin = 16;
    private static readonly SKColor s_glass = SKColor.Parse("#05070d");
    private static readonly SKColor s_bright = SKColor.Parse("#9fe8ff");

    /// <inheritdoc />
    public override float Width => (VirtualSsd1306.Width * Pitch) + (2 * Margin);

    /// <inheritdoc />
    public override float Height => (VirtualSsd1306.Height * Pitch) + (2 * Margin);

    /// <inheritdoc />
    public override void Paint(SKCanvas canvas)
    {
        using SKPaint glass = new SKPaint { Color = s_glass };
        using SKPaint bright = new SKPaint { Color = s_bright };
        canvas.DrawRect(0, 0, Width, Height, glass);
        for (int y = 0; y < VirtualSsd1306.Height; y++)
        {
            for (int x = 0; x < VirtualSsd1306.Width; x++)
            {
                if (display.IsBright(x, y))
                {
                    canvas.DrawRect(Margin + (x * Pitch), Margin + (y * Pitch), Pitch - 0.5f, Pitch - 0.5f, bright);
                }
            }
        }
    }
}
