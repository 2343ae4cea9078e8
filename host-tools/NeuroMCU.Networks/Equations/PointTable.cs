// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Networks.Equations;

/// <summary>A function that a model gives by points: straight lines between them, the first and the last value beyond.</summary>
/// <param name="X">Places in SI units, rising.</param>
/// <param name="Y">Values there in SI units.</param>
internal sealed record PointTable(IReadOnlyList<double> X, IReadOnlyList<double> Y, PhysicalDimension Of, PhysicalDimension Measures)
{
    /// <summary>Value at a place.</summary>
    /// <returns>The value.</returns>
    public double At(double x)
    {
        if (!(x > X[0]))
        {
            return double.IsNaN(x) ? x : Y[0];
        }

        int k = 1;
        while (k < X.Count - 1 && X[k] < x)
        {
            k++;
        }

        return x >= X[^1] ? Y[^1] : Y[k - 1] + ((Y[k] - Y[k - 1]) * (x - X[k - 1]) / (X[k] - X[k - 1]));
    }

    /// <summary>All values over a range of places.</summary>
    /// <returns>The values.</returns>
    public Interval Over(Interval x)
    {
        double[] values = [At(x.Least), At(x.Most), .. Enumerable.Range(0, X.Count).Where(i => X[i] > x.Least && X[i] < x.Most)
            .Select(i => Y[i])];
        return new Interval(values.Min(), values.Max());
    }
}
