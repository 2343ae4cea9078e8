// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Laboratory.Calibration.Measure;

namespace NeuroMCU.Laboratory.Calibration.Fit;

/// <summary>Between which currents a measured neuron begins to fire, and between which it is blocked. In A; NaN where the data do not
/// reach.</summary>
internal sealed record CurveEdges(double Silent, double First, double Last, double Blocked)
{
    /// <summary>Finds the edges.</summary>
    /// <param name="points">Points in any order, at least one of which fires.</param>
    /// <returns>The edges.</returns>
    public static CurveEdges Of(IEnumerable<RatePoint> points)
    {
        RatePoint[] all = [.. points];
        double first = all.Where(p => p.Rate > 0).Min(p => p.Current);
        double last = all.Where(p => p.Rate > 0).Max(p => p.Current);
        return new CurveEdges(
            all.Where(p => p.Rate == 0 && p.Current < first).Select(p => p.Current).DefaultIfEmpty(double.NaN).Max(),
            first,
            last,
            all.Where(p => p.Rate == 0 && p.Current > last).Select(p => p.Current).DefaultIfEmpty(double.NaN).Min());
    }
}
