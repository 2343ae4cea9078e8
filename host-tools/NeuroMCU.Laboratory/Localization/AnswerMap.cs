// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Laboratory.Localization;

/// <summary>
/// The azimuth to answer for each position on the axis of places, from many sounds of known azimuth. Where all bands have the same
/// delays the position moves in steps, from neuron to neuron: the mean azimuth of all sounds that were heard near a position has the least
/// error there, and not the position that an azimuth has in the mean.
/// </summary>
internal static class AnswerMap
{
    // Beyond three widths a Gaussian is hundredths.
    private const double Reach = 3;
    private const double LeastRise = 0.01;

    // Points of the right side: a network file takes 255 in all. Lines are as far off as it takes for that.
    private const int MostPoints = 90;
    private const double Tolerance = 0.08;
    private const double Coarser = 1.25;

    /// <summary>Makes the map.</summary>
    /// <param name="heard">Position in µs and azimuth in degrees of each sound, from 0° to 90°; the left side is the mirror.</param>
    /// <param name="width">Width in µs over which sounds count together.</param>
    /// <returns>Points, ascending in both; at most 179.</returns>
    public static (double Position, double Azimuth)[] Of(IReadOnlyList<(double Position, double Azimuth)> heard, double width)
    {
        (double Position, double Azimuth)[] all = [.. heard.Concat(heard.Select(h => (-h.Position, -h.Azimuth))).OrderBy(h => h.Item1)];
        List<(double, double)> right = [(0, 0)];
        for (double at = width; at <= all[^1].Position; at += width)
        {
            double sum = 0;
            double weights = 0;
            foreach ((double position, double azimuth) in all.Where(h => Math.Abs(h.Position - at) < Reach * width))
            {
                double weight = Math.Exp(-Math.Pow((position - at) / width, 2) / 2);
                weights += weight;
                sum += weight * azimuth;
            }

            if (weights > 0)
            {
                right.Add((at, Math.Max(sum / weights, right[^1].Item2 + LeastRise)));
            }
        }

        (double Position, double Azimuth)[] kept = [.. right];
        for (double tolerance = Tolerance; kept.Length > MostPoints; tolerance *= Coarser)
        {
            kept = [.. Thinned(right, 0, right.Count - 1, tolerance), right[^1]];
        }

        return [.. kept.Skip(1).Reverse().Select(p => (-p.Position, -p.Azimuth)), .. kept];
    }

    // Leaves out what a straight line gives (D. H. Douglas and T. K. Peucker, Cartographica 10, 112, 1973); without the last point.
    private static IEnumerable<(double Position, double Azimuth)> Thinned(
        List<(double Position, double Azimuth)> points, int from, int to, double tolerance)
    {
        double slope = (points[to].Azimuth - points[from].Azimuth) / (points[to].Position - points[from].Position);
        double Off(int k) => Math.Abs(points[k].Azimuth - points[from].Azimuth - (slope * (points[k].Position - points[from].Position)));
        int farthest = Enumerable.Range(from, to - from).MaxBy(Off);
        return Off(farthest) <= tolerance
            ? [points[from]]
            : [.. Thinned(points, from, farthest, tolerance), .. Thinned(points, farthest, to, tolerance)];
    }
}
