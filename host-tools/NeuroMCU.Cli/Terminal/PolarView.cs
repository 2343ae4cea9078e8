// NeuroMCU, MIT licence. See LICENSE in the repository root.

using Spectre.Console;

namespace NeuroMCU.Cli.Terminal;

/// <summary>True against found directions as a half circle seen from above: the spokes are true directions, a dot is where a sound was
/// found.</summary>
internal static class PolarView
{
    private const int Columns = 64;
    private const int Rows = 17;
    private const int SpokeStep = 10;
    private const int LastSpoke = 60;

    // A dot of braille is about as high as wide.
    private const double Radius = 4.0 * Rows - 6;

    /// <summary>Draws the plot.</summary>
    /// <param name="found">Found azimuths in degrees, 0 ahead and positive to the right, ring by ring from the inside; each ring holds
    /// one group of sounds.</param>
    public static void Write(IAnsiConsole console, IReadOnlyList<IReadOnlyList<double>> found)
    {
        BrailleCanvas canvas = new BrailleCanvas(Columns, Rows);
        for (int spoke = -LastSpoke; spoke <= LastSpoke; spoke += SpokeStep)
        {
            for (double r = Radius + 1; r <= Radius + 4; r++)
            {
                Set(canvas, spoke, r);
            }
        }

        for (int ring = 0; ring < found.Count; ring++)
        {
            foreach (double azimuth in found[ring])
            {
                Set(canvas, azimuth, RadiusOf(ring, found.Count));
            }
        }

        Label(console, "ahead 0°");
        for (int row = 0; row < Rows; row++)
        {
            console.Write(new Text(canvas.Row(row).TrimEnd() + "\n"));
        }

        console.Write(new Text("left -90°".PadRight(Columns - 9) + "right +90°\n"));
    }

    private static double RadiusOf(int ring, int rings) => Radius * (0.35 + (0.6 * (ring + 1) / rings));

    private static void Label(IAnsiConsole console, string text)
        => console.Write(new Text(text.PadLeft((Columns + text.Length) / 2) + "\n"));

    private static void Set(BrailleCanvas canvas, double azimuth, double radius)
    {
        (double sine, double cosine) = Math.SinCos(azimuth * Math.PI / 180);
        int x = (int)Math.Round((canvas.Width / 2.0) + (radius * sine));
        int y = (int)Math.Round(canvas.Height - 2 - (radius * cosine));
        if (x >= 0 && x < canvas.Width && y >= 0 && y < canvas.Height)
        {
            canvas.Set(x, y);
        }
    }
}
