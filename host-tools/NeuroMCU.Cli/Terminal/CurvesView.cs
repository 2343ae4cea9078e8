// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Recordings.Report;
using Spectre.Console;

namespace NeuroMCU.Cli.Terminal;

/// <summary>Curves of a report in the terminal, in dots.</summary>
internal static class CurvesView
{
    private const int Rows = 11;
    private const int Labels = 9;

    // Okabe and Ito's colours, as in the HTML report.
    private static readonly Color[] s_colors =
    [
        new Color(79, 179, 240), new Color(255, 138, 76), new Color(47, 208, 160), new Color(224, 143, 196),
        new Color(240, 198, 72), new Color(143, 208, 255), new Color(183, 156, 240), new Color(169, 180, 196),
    ];

    /// <summary>Draws a card with curves; others are left out.</summary>
    /// <param name="console">Where to.</param>
    /// <param name="section">The card.</param>
    public static void Write(IAnsiConsole console, ReportSection section)
    {
        switch (section)
        {
            case LinesSection lines:
                Draw(console, lines.Title, lines.XLabel, lines.YLabel, lines.Series, lines.Ordinates);
                break;
            case CurvesSection curves:
                Draw(console, curves.Title, curves.XLabel, curves.YLabel, curves.Series, []);
                break;
        }
    }

    private static void Draw(IAnsiConsole console, string title, string xLabel, string yLabel, IReadOnlyList<LineSeries> series,
        IReadOnlyList<double> ordinates)
    {
        int columns = Math.Clamp(console.Profile.Width - Labels - 3, 20, 90);
        double[] xs = [.. series.SelectMany(s => s.X).Where(double.IsFinite)];
        double[] ys = [.. series.SelectMany(s => s.Y).Where(double.IsFinite)];
        if (xs.Length == 0 || ys.Length == 0)
        {
            return;
        }

        (double left, double right) = Ends(xs);
        (double low, double high) = Ends([.. ys, .. ordinates]);
        console.Write(new Text(title + "\n", new Style(decoration: Decoration.Bold)));
        BrailleCanvas[] canvases = [.. series.Select(_ => new BrailleCanvas(columns, Rows))];
        for (int k = 0; k < series.Count; k++)
        {
            LineSeries s = series[k];
            for (int i = 0; i < s.X.Length; i++)
            {
                if (double.IsFinite(s.Y[i]))
                {
                    (int x, int y) at = Place(canvases[k], s.X[i], s.Y[i], left, right, low, high);
                    bool joined = !s.Dots && i > 0 && double.IsFinite(s.Y[i - 1]);
                    Stroke(canvases[k], joined ? Place(canvases[k], s.X[i - 1], s.Y[i - 1], left, right, low, high) : at, at);
                }
            }

            foreach (double mark in s.Marks)
            {
                (int x, _) = Place(canvases[k], mark, high, left, right, low, high);
                Stroke(canvases[k], (x, 0), (x, 3));
            }
        }

        for (int row = 0; row < Rows; row++)
        {
            string label = row == 0 ? Figures.Short(Neat(high, high - low)) : row == Rows - 1 ? Figures.Short(Neat(low, high - low))
                : string.Empty;
            console.Write(new Text(label.PadLeft(Labels) + " │"));
            Write(console, canvases, series, row, columns);
            console.WriteLine();
        }

        string from = Figures.Short(Neat(left, right - left));
        string to = Figures.Short(Neat(right, right - left));
        console.Write(new Text(new string(' ', Labels + 1) + "└" + new string('─', columns) + "\n"));
        string middle = xLabel.Length + from.Length + to.Length + 2 > columns ? string.Empty : xLabel;
        int gap = Math.Max(0, columns - from.Length - to.Length - middle.Length);
        console.Write(new Text(new string(' ', Labels + 2) + from + new string(' ', gap / 2) + middle + new string(' ', gap - (gap / 2))
            + to + "\n"));
        Legend(console, yLabel, series);
    }

    private static void Legend(IAnsiConsole console, string yLabel, IReadOnlyList<LineSeries> series)
    {
        console.Write(new Text(new string(' ', Labels + 2) + yLabel));
        for (int k = 0; k < series.Count && series.Count > 1; k++)
        {
            console.Write(new Text(k == 0 ? ": " : ", "));
            console.Write(new Text(series[k].Name, new Style(s_colors[(series[k].Colour ?? k) % s_colors.Length])));
        }

        console.WriteLine();
        console.WriteLine();
    }

    // A character has one colour: that of the first series with a dot in it.
    private static void Write(IAnsiConsole console, BrailleCanvas[] canvases, IReadOnlyList<LineSeries> series, int row, int columns)
    {
        string[] rows = [.. canvases.Select(c => c.Row(row))];
        for (int c = 0; c < columns; c++)
        {
            int first = Array.FindIndex(rows, r => r[c] != ' ');
            char dots = (char)rows.Select(r => r[c] == ' ' ? 0 : r[c] - 0x2800).Aggregate(0, (a, b) => a | b);
            console.Write(first < 0 ? new Text(" ") : new Text(((char)(0x2800 + dots)).ToString(),
                new Style(s_colors[(series[first].Colour ?? first) % s_colors.Length])));
        }
    }

    private static (double Low, double High) Ends(double[] values)
    {
        double low = values.Min();
        double high = values.Max();
        return high > low ? (low, high) : (low - Math.Max(1e-12, Math.Abs(low) / 2), high + Math.Max(1e-12, Math.Abs(high) / 2));
    }

    // To a thousandth of the span: -70.0 instead of -69.99987.
    private static double Neat(double value, double span)
    {
        double unit = Math.Pow(10, Math.Floor(Math.Log10(span)) - 2);
        return Math.Round(Math.Round(value / unit) * unit, 12);
    }

    private static (int X, int Y) Place(BrailleCanvas canvas, double x, double y, double left, double right, double low, double high)
    {
        return ((int)Math.Round((x - left) / (right - left) * (canvas.Width - 1)),
            (int)Math.Round((high - y) / (high - low) * (canvas.Height - 1)));
    }

    private static void Stroke(BrailleCanvas canvas, (int X, int Y) from, (int X, int Y) to)
    {
        int steps = Math.Max(1, Math.Max(Math.Abs(to.X - from.X), Math.Abs(to.Y - from.Y)));
        for (int i = 0; i <= steps; i++)
        {
            int x = from.X + (int)Math.Round((to.X - from.X) * i / (double)steps);
            int y = from.Y + (int)Math.Round((to.Y - from.Y) * i / (double)steps);
            canvas.Set(Math.Clamp(x, 0, canvas.Width - 1), Math.Clamp(y, 0, canvas.Height - 1));
        }
    }
}
