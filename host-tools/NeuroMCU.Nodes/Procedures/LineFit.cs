// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Nodes.Procedures;

/// <summary>Straight lines and exponentials through measured points.</summary>
internal static class LineFit
{
    /// <summary>Fits y = a + b·x by least squares.</summary>
    /// <returns>a, b and the share of the variance that the line explains; NaN for fewer than two points.</returns>
    public static (double Offset, double Slope, double Explained) Of(IReadOnlyList<(double X, double Y)> points)
    {
        if (points.Count < 2)
        {
            return (double.NaN, double.NaN, double.NaN);
        }

        double x = points.Average(p => p.X);
        double y = points.Average(p => p.Y);
        double xx = points.Sum(p => (p.X - x) * (p.X - x));
        double xy = points.Sum(p => (p.X - x) * (p.Y - y));
        double yy = points.Sum(p => (p.Y - y) * (p.Y - y));
        double slope = xx > 0 ? xy / xx : double.NaN;
        return (y - (slope * x), slope, xx > 0 && yy > 0 ? xy * xy / (xx * yy) : double.NaN);
    }

    /// <summary>Fits y = c·exp(−t/τ) to what lies above a share of the first point, where noise does not count.</summary>
    /// <returns>τ in the unit of t; NaN where nothing decays.</returns>
    public static double Decay(IReadOnlyList<(double T, double Y)> points)
    {
        const double leastShare = 0.1;
        (double T, double Y)[] used = [.. points.TakeWhile(p => p.Y > leastShare * points[0].Y)];
        double slope = Of([.. used.Select(p => (p.T, Math.Log(p.Y)))]).Slope;
        return slope < 0 ? -1 / slope : double.NaN;
    }
}
