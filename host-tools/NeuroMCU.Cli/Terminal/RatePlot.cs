// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Laboratory.Calibration.Measure;
using Spectre.Console;

namespace NeuroMCU.Cli.Terminal;

/// <summary>Rate against current: the closed form as a line of dots, measured points as blobs of four.</summary>
internal static class RatePlot
{
    private const int Columns = 56;
    private const int Rows = 10;

    /// <summary>Draws the plot.</summary>
    /// <param name="law">Rate in Hz at a current in A, or null for the points alone.</param>
    public static void Write(IAnsiConsole console, IReadOnlyList<RatePoint> points, Func<double, double>? law)
    {
        double from = points.Min(p => p.Current);
        double to = points.Max(p => p.Current);
        double most = Math.Max(1, points.Max(p => p.Rate)) * 1.05;
        BrailleCanvas canvas = new BrailleCanvas(Columns, Rows);
        for (int x = 0; law is not null && x < canvas.Width; x++)
        {
            double rate = law(from + ((to - from) * x / (canvas.Width - 1)));
            if (rate > 0 && rate <= most)
            {
                canvas.Set(x, Row(canvas, rate, most));
            }
        }

        foreach (RatePoint point in points)
        {
            int x = Math.Min(canvas.Width - 2, (int)Math.Round((point.Current - from) / Math.Max(to - from, 1e-12) * (canvas.Width - 1)));
            int y = Math.Min(canvas.Height - 2, Row(canvas, point.Rate, most));
            canvas.Set(x, y);
            canvas.Set(x + 1, y);
            canvas.Set(x, y + 1);
            canvas.Set(x + 1, y + 1);
        }

        string top = Figures.Short(Math.Round(most / 1.05)) + " Hz";
        for (int row = 0; row < Rows; row++)
        {
            string label = row == 0 ? top : row == Rows - 1 ? "0 Hz" : string.Empty;
            console.Write(new Text(label.PadLeft(8) + " │" + canvas.Row(row).TrimEnd() + "\n"));
        }

        string left = Figures.Short(Math.Round(from * 1e6, 1)) + " uA";
        string right = Figures.Short(Math.Round(to * 1e6, 1)) + " uA";
        console.Write(new Text(new string(' ', 9) + "└" + new string('─', Columns) + "\n"));
        console.Write(new Text(new string(' ', 10) + left.PadRight(Columns - right.Length) + right + "\n"));
    }

    private static int Row(BrailleCanvas canvas, double rate, double most) => (int)Math.Round((1 - (rate / most)) * (canvas.Height - 1));
}
