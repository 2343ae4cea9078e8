// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Nodes.Synapses;

/// <summary>A reading of a volatile node.</summary>
/// <param name="Time">Clock in s.</param>
/// <param name="IsPulse">True when a pulse came just before it.</param>
/// <param name="Value">Conductance above rest, in parts of full scale.</param>
public sealed record ResponsePoint(double Time, bool IsPulse, double Value);

/// <summary>
/// What spikes do to volatile nodes, as one rule for all of them: each moves a node by a share of what is left to its end, and between them
/// it relaxes. This is the rule short-term of models/learning with nothing else in it.
/// </summary>
/// <param name="Amplitudes">Conductance from rest to the end for each node, in parts of full scale.</param>
/// <param name="Share">Share of what is left that a pulse goes, 0 to 1.</param>
/// <param name="Relaxation">Time constant in s.</param>
/// <param name="Error">RMS distance of the rule from what was measured, as a part of the largest reading.</param>
public sealed record VolatileResponse(IReadOnlyList<double> Amplitudes, double Share, double Relaxation, double Error)
{
    // The search looks at a grid, and again at a finer one around its best point.
    private const int Grid = 24;
    private const int Rounds = 8;
    private const double LeastShare = 1e-3;

    /// <summary>Fits the rule to what nodes showed.</summary>
    /// <param name="nodes">Readings of each node in the order of time.</param>
    /// <returns>The rule that is nearest by least squares.</returns>
    /// <exception cref="ArgumentException">There are no readings, or they take no time.</exception>
    public static VolatileResponse Of(IReadOnlyList<IReadOnlyList<ResponsePoint>> nodes)
    {
        ArgumentNullException.ThrowIfNull(nodes);
        if (nodes.Count == 0 || nodes.Any(n => n.Count == 0 || n[^1].Time <= n[0].Time))
        {
            throw new ArgumentException("there are no readings over a time", nameof(nodes));
        }

        double longest = nodes.Max(n => n[^1].Time - n[0].Time);
        (double Low, double High) share = (Math.Log(LeastShare), 0);
        (double Low, double High) time = (Math.Log(longest / 1000), Math.Log(longest * 10));
        (double Cost, double Share, double Time) best = (double.PositiveInfinity, 0, 0);
        for (int round = 0; round < Rounds; round++)
        {
            for (int i = 0; i <= Grid; i++)
            {
                for (int k = 0; k <= Grid; k++)
                {
                    double u = share.Low + ((share.High - share.Low) * i / Grid);
                    double t = time.Low + ((time.High - time.Low) * k / Grid);
                    double cost = nodes.Sum(n => Cost(n, Math.Exp(u), Math.Exp(t)));
                    best = cost < best.Cost ? (cost, u, t) : best;
                }
            }

            share = Around(best.Share, share, Math.Log(LeastShare), 0);
            time = Around(best.Time, time, double.NegativeInfinity, double.PositiveInfinity);
        }

        double largest = nodes.Max(n => n.Max(p => Math.Abs(p.Value)));
        double rms = Math.Sqrt(best.Cost / nodes.Sum(n => n.Count));
        return new VolatileResponse([.. nodes.Select(n => Amplitude(n, Math.Exp(best.Share), Math.Exp(best.Time)))],
            Math.Exp(best.Share), Math.Exp(best.Time), largest > 0 ? rms / largest : double.NaN);
    }

    /// <summary>The course of the rule at the times of readings, from rest.</summary>
    /// <param name="points">The readings.</param>
    /// <param name="share">Share of what is left that a pulse goes.</param>
    /// <param name="relaxation">Time constant in s.</param>
    /// <returns>0 to 1 at each of them, after the pulse where there is one.</returns>
    public static IReadOnlyList<double> Course(IReadOnlyList<ResponsePoint> points, double share, double relaxation)
    {
        ArgumentNullException.ThrowIfNull(points);
        double[] course = new double[points.Count];
        double x = 0;
        for (int k = 0; k < course.Length; k++)
        {
            x *= k == 0 ? 1 : Math.Exp(-(points[k].Time - points[k - 1].Time) / relaxation);
            x += points[k].IsPulse ? share * (1 - x) : 0;
            course[k] = x;
        }

        return course;
    }

    private static (double Low, double High) Around(double best, (double Low, double High) range, double least, double most)
    {
        double step = 2 * (range.High - range.Low) / Grid;
        return (Math.Max(least, best - step), Math.Min(most, best + step));
    }

    private static double Amplitude(IReadOnlyList<ResponsePoint> points, double share, double relaxation)
    {
        IReadOnlyList<double> course = Course(points, share, relaxation);
        double xx = course.Sum(x => x * x);
        return xx > 0 ? points.Select((p, k) => p.Value * course[k]).Sum() / xx : 0;
    }

    private static double Cost(IReadOnlyList<ResponsePoint> points, double share, double relaxation)
    {
        IReadOnlyList<double> course = Course(points, share, relaxation);
        double a = Amplitude(points, share, relaxation);
        return points.Select((p, k) => p.Value - (a * course[k])).Sum(e => e * e);
    }
}
