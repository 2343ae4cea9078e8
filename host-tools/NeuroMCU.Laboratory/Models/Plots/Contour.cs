// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Laboratory.Models.Plots;

/// <summary>Lines on which a function of two variables is 0.</summary>
internal static class Contour
{
    /// <summary>Follows the lines over a grid (marching squares).</summary>
    /// <param name="function">The function.</param>
    /// <param name="x">Abscissae of the grid, ascending.</param>
    /// <param name="y">Ordinates of the grid, ascending.</param>
    /// <returns>All lines in one array each for abscissae and ordinates, with NaN between them.</returns>
    public static (double[] X, double[] Y) Of(Func<double, double, double> function, double[] x, double[] y)
    {
        double[,] value = new double[x.Length, y.Length];
        for (int i = 0; i < x.Length; i++)
        {
            for (int j = 0; j < y.Length; j++)
            {
                value[i, j] = function(x[i], y[j]);
            }
        }

        // An edge of the grid is named by the lower left of its corners and its direction.
        Dictionary<(int I, int J, bool Up), List<(int I, int J, bool Up)>> joined = [];
        void Join((int I, int J, bool Up) a, (int I, int J, bool Up) b)
        {
            Of(joined, a).Add(b);
            Of(joined, b).Add(a);
        }

        for (int i = 0; i + 1 < x.Length; i++)
        {
            for (int j = 0; j + 1 < y.Length; j++)
            {
                (int, int, bool)[] crossed =
                [
                    .. Crossed(value[i, j], value[i + 1, j], (i, j, false)),
                        .. Crossed(value[i + 1, j], value[i + 1, j + 1], (i + 1, j, true)),
                    .. Crossed(value[i, j + 1], value[i + 1, j + 1], (i, j + 1, false)),
                        .. Crossed(value[i, j], value[i, j + 1], (i, j, true)),
                ];
                for (int k = 0; k + 1 < crossed.Length; k += 2)
                {
                    Join(crossed[k], crossed[k + 1]);
                }
            }
        }

        (double, double) Place((int I, int J, bool Up) edge)
        {
            double a = value[edge.I, edge.J];
            double b = edge.Up ? value[edge.I, edge.J + 1] : value[edge.I + 1, edge.J];
            double part = a / (a - b);
            return edge.Up ? (x[edge.I], y[edge.J] + (part * (y[edge.J + 1] - y[edge.J])))
                : (x[edge.I] + (part * (x[edge.I + 1] - x[edge.I])), y[edge.J]);
        }

        return Walk(joined, Place);
    }

    private static List<(int I, int J, bool Up)> Of(Dictionary<(int I, int J, bool Up), List<(int I, int J, bool Up)>> joined,
        (int I, int J, bool Up) edge)
    {
        if (!joined.TryGetValue(edge, out List<(int I, int J, bool Up)>? list))
        {
            joined[edge] = list = [];
        }

        return list;
    }

    private static (int I, int J, bool Up)[] Crossed(double a, double b, (int I, int J, bool Up) edge) => double.IsFinite(a)
        && double.IsFinite(b) && a < 0 != b < 0 ? [edge] : [];

    // Open lines are followed from an end, closed ones from anywhere.
    private static (double[] X, double[] Y) Walk(Dictionary<(int I, int J, bool Up), List<(int I, int J, bool Up)>> joined,
        Func<(int I, int J, bool Up), (double X, double Y)> place)
    {
        List<double> xs = [];
        List<double> ys = [];
        HashSet<(int I, int J, bool Up)> seen = [];
        foreach ((int I, int J, bool Up) start in joined.Keys.OrderBy(k => joined[k].Count))
        {
            if (!seen.Add(start))
            {
                continue;
            }

            (int I, int J, bool Up)? at = start;
            (int I, int J, bool Up) last = start;
            while (at is { } edge)
            {
                (double px, double py) = place(edge);
                xs.Add(px);
                ys.Add(py);
                last = edge;
                at = joined[edge].Where(n => !seen.Contains(n)).Select(n => ((int I, int J, bool Up)?)n).FirstOrDefault();
                if (at is { } next)
                {
                    seen.Add(next);
                }
            }

            if (joined[last].Contains(start) && last != start)
            {
                xs.Add(place(start).X);
                ys.Add(place(start).Y);
            }

            xs.Add(double.NaN);
            ys.Add(double.NaN);
        }

        return ([.. xs], [.. ys]);
    }
}
