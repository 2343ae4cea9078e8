// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;
using NeuroMCU.Recordings;
using Spectre.Console;

namespace NeuroMCU.Cli.Terminal;

/// <summary>
/// The raster of a run in the terminal: a band per population, one row of dots per neuron while there is room, names on the left, mean
/// rates on the right, time below.
/// </summary>
internal static class RasterView
{
    private const int MostRows = 22;
    private const int FewNeurons = 6;

    // Okabe and Ito's colours, as in the HTML report.
    private static readonly Color[] s_colors =
    [
        new Color(79, 179, 240), new Color(255, 138, 76), new Color(47, 208, 160), new Color(224, 143, 196),
        new Color(240, 198, 72), new Color(143, 208, 255), new Color(183, 156, 240), new Color(169, 180, 196),
    ];

    public static void Write(IAnsiConsole console, RunRecording run)
    {
        RecordedPopulation[] shown = run.Populations.Where(p => p.Recorded).ToArray();
        if (shown.Length == 0 || run.Duration <= 0)
        {
            return;
        }

        IReadOnlyList<PopulationActivity> activity = PopulationActivity.Of(run);
        const int Frame = 3 + 10;   // " ┤", "│" and " 1234.5 Hz"
        int names = Math.Clamp(shown.Max(p => p.Name.Length), 4, Math.Clamp(console.Profile.Width - Frame - 16, 4, 16));
        int columns = Math.Max(8, console.Profile.Width - Frame - names);
        int[] rows = Share(shown);
        int color = 0;
        foreach (RecordedPopulation population in shown)
        {
            BrailleCanvas canvas = Draw(run, population, columns, rows[color]);
            Style style = new Style(s_colors[color % s_colors.Length]);
            double rate = activity[run.PopulationOf(population.First)].MeanRate;
            for (int r = 0; r < canvas.Rows; r++)
            {
                console.Write(new Text(r == 0 ? Fit(population.Name, names) : new string(' ', names), style));
                console.Write(new Text(r == 0 ? " ┤" : " │"));
                console.Write(new Text(canvas.Row(r), style));
                console.Write(new Text("│"));
                if (r == 0)
                {
                    console.Write(new Text(rate.ToString(rate < 1e5 ? "0.0" : "0", CultureInfo.InvariantCulture).PadLeft(7) + " Hz",
                        style));
                }

                console.WriteLine();
            }

            color++;
        }

        WriteAxis(console, run.Duration, names, columns);
    }

    private static BrailleCanvas Draw(RunRecording run, RecordedPopulation population, int columns, int rows)
    {
        BrailleCanvas canvas = new BrailleCanvas(columns, rows);
        bool bars = population.Size == rows;
        for (int i = 0; i < run.Spikes.Count; i++)
        {
            int neuron = run.Spikes.Neurons[i] - population.First;
            if (neuron < 0 || neuron >= population.Size)
            {
                continue;
            }

            int x = (int)Math.Min(canvas.Width - 1, run.Spikes.Times[i] * canvas.Width / run.Duration);

            // Neuron 0 lies at the bottom, as in every raster plot.
            if (bars)
            {
                int top = 4 * (population.Size - 1 - neuron);
                for (int y = top; y < top + 3; y++)
                {
                    canvas.Set(x, y);
                }
            }
            else
            {
                canvas.Set(x, canvas.Height - 1 - (int)((long)neuron * canvas.Height / Math.Max(population.Size, canvas.Height)));
            }
        }

        return canvas;
    }

    // A few neurons get a row of characters each, more of them a row of dots each; when that is too high, all bands shrink alike.
    private static int[] Share(RecordedPopulation[] populations)
    {
        int[] rows = Array.ConvertAll(populations, p => p.Size <= FewNeurons ? p.Size : (p.Size + 3) / 4);
        int total = rows.Sum();
        return total <= MostRows ? rows : Array.ConvertAll(rows, r => Math.Max(1, r * MostRows / total));
    }

    private static void WriteAxis(IAnsiConsole console, long duration, int names, int columns)
    {
        char[] line = new string('─', columns).ToCharArray();
        char[] labels = new string(' ', columns + 8).ToCharArray();
        const int Ticks = 5;
        int free = 0;
        for (int t = 0; t <= Ticks; t++)
        {
            int at = Math.Min(columns - 1, t * columns / Ticks);
            line[at] = '┬';
            string label = Seconds(duration * t / Ticks) + (t == Ticks ? " s" : string.Empty);
            int from = Math.Max(free, Math.Min(at - (label.Length / 2), labels.Length - label.Length));
            if (t == 0 || from - at <= label.Length)
            {
                label.CopyTo(0, labels, Math.Max(0, from), Math.Min(label.Length, labels.Length - Math.Max(0, from)));
                free = Math.Max(0, from) + label.Length + 2;
            }
        }

        string margin = new string(' ', names);
        console.Write(new Text(margin + " └" + new string(line) + "┘"));
        console.WriteLine();
        console.Write(new Text(margin + "  " + new string(labels).TrimEnd()));
        console.WriteLine();
    }

    private static string Seconds(long microseconds) => (microseconds / 1e6).ToString("0.####", CultureInfo.InvariantCulture);

    private static string Fit(string name, int width) => name.Length <= width ? name.PadRight(width) : name[..(width - 1)] + "…";
}
