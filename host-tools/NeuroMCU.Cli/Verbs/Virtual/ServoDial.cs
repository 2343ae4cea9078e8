// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Cli.Terminal;

namespace NeuroMCU.Cli.Verbs.Virtual;

/// <summary>A servo as a small drawing: its arm, and marks every 30° from left over ahead to right.</summary>
internal static class ServoDial
{
    /// <summary>Rows of the drawing.</summary>
    public const int Rows = 6;

    private const int Columns = 22;

    /// <summary>Draws it.</summary>
    /// <param name="angle">Angle of the arm in degrees: 0 ahead, positive to the right; null while the servo has no signal.</param>
    /// <returns>One text per row, all of the same width.</returns>
    public static IReadOnlyList<string> Draw(double? angle)
    {
        BrailleCanvas canvas = new BrailleCanvas(Columns, Rows);
        double radius = Math.Min((canvas.Width / 2) - 1, canvas.Height - 1);
        void Dot(double degrees, double share)
        {
            (double sine, double cosine) = Math.SinCos(Math.Clamp(degrees, -90, 90) * Math.PI / 180);
            int x = (int)Math.Round((canvas.Width / 2) - 0.5 + (share * radius * sine));
            int y = (int)Math.Round(canvas.Height - 1 - (share * radius * cosine));
            canvas.Set(Math.Clamp(x, 0, canvas.Width - 1), Math.Clamp(y, 0, canvas.Height - 1));
        }

        for (int mark = -90; mark <= 90; mark += 30)
        {
            Dot(mark, 1);
        }

        for (int step = 0; angle is { } arm && step <= canvas.Height; step++)
        {
            Dot(arm, 0.85 * step / canvas.Height);
        }

        return [.. Enumerable.Range(0, Rows).Select(canvas.Row)];
    }
}
