// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Cli.Terminal;

/// <summary>A curve in one line of text: a column of eighths per part of the abscissa.</summary>
internal static class Sparkline
{
    private const string Eighths = "▁▂▃▄▅▆▇█";

    /// <summary>Draws points.</summary>
    /// <param name="y">Ordinates, at least 0.</param>
    /// <param name="right">Abscissa of the right edge; the left one is 0.</param>
    /// <returns>The text; a blank where there is no point, a low line where the ordinate is 0.</returns>
    public static string Of(IReadOnlyList<double> x, IReadOnlyList<double> y, int columns, double right, double top)
    {
        char[] text = new char[columns];
        for (int c = 0; c < columns; c++)
        {
            double[] here = [.. Enumerable.Range(0, x.Count).Where(i => Math.Min(columns - 1, (int)(x[i] / right * columns)) == c)
                .Select(i => y[i])];
            text[c] = here.Length == 0 ? ' ' : here.Max() <= 0 ? '_'
                : Eighths[Math.Clamp((int)(here.Max() / top * Eighths.Length), 0, Eighths.Length - 1)];
        }

        return new string(text);
    }
}
