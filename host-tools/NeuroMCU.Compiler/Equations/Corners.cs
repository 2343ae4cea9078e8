// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Networks.Equations;

namespace NeuroMCU.Compiler.Equations;

/// <summary>
/// The places at which a function of one variable changes from one formula to another. A table has an entry there, so that straight lines
/// fit it on both sides.
/// </summary>
internal static class Corners
{
    private const int Samples = 1024;
    private const int Most = 4;

    // Authors round the numbers of their pieces: a step of this part of the value is meant to be none.
    private const double LargestStep = 1.0 / 4096;

    /// <summary>Finds the corners of a function.</summary>
    /// <param name="e">An expression of one name.</param>
    /// <param name="range">Values of the name.</param>
    /// <returns>The places in order, none for a smooth function; null where it jumps, or cannot be known.</returns>
    public static double[]? Of(Expr e, Interval range)
    {
        if (Shape.IsSmooth(e))
        {
            return [];
        }

        List<Expr> changes = [];
        if (!Collect(e, changes))
        {
            return null;
        }

        SortedSet<double> places = [];
        foreach (Expr change in changes)
        {
            places.UnionWith(Changes(Curve.Of(change), range));
        }

        double near = range.Width * 1e-9;
        Func<double, double> curve = Curve.Of(e);
        bool jumps = places.Any(x =>
        {
            double left = curve(x - near);
            double right = curve(x + near);
            return !(Math.Abs(left - right) <= LargestStep * Math.Max(Math.Abs(left), Math.Abs(right)));
        });
        return jumps || places.Count > Most ? null : [.. places];
    }

    // What changes its sign where the formula changes.
    private static bool Collect(Expr e, List<Expr> changes)
    {
        switch (e.Op)
        {
            case Op.Floor or Op.Ceil or Op.Lookup:
                return false;
            case Op.Min or Op.Max or Op.AtLeast or Op.Above:
                changes.Add(e.Args[0] - e.Args[1]);
                break;
            case Op.Abs:
                changes.Add(e.Args[0]);
                break;
        }

        return e.Args.All(a => Collect(a, changes));
    }

    private static IEnumerable<double> Changes(Func<double, double> of, Interval range)
    {
        double before = range.Least;
        for (int i = 1; i <= Samples; i++)
        {
            double at = range.Least + (range.Width * i / Samples);
            if (of(before) < 0 != of(at) < 0)
            {
                yield return Change(of, before, at);
            }

            before = at;
        }
    }

    private static double Change(Func<double, double> of, double low, double high)
    {
        bool negative = of(low) < 0;
        for (int i = 0; i < 60; i++)
        {
            double middle = (low + high) / 2;
            (low, high) = of(middle) < 0 == negative ? (middle, high) : (low, middle);
        }

        return high;
    }
}
