// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Laboratory.Calibration.Measure;
using NeuroMCU.Parts;

namespace NeuroMCU.Laboratory.Calibration.Fit;

/// <summary>
/// Fits the closed form to a measured f(I). V_th and I_min always; I_hold between the last current that fired and the first that was
/// blocked; r_on where the height of the spikes was measured too; knee and release only where they earn their place, that is, where the
/// corrected information criterion (Hurvich and Tsai, Biometrika 76, 297 (1989)) falls. What the data do not determine is taken from a
/// nominal neuron.
/// </summary>
public static class CellFitter
{
    /// <summary>Fewest distinct currents at which the neuron fires that a fit of two parameters may rest on.</summary>
    public const int FewestPoints = 4;

    // With fewer, two more parameters would follow the noise of a short table.
    private const int PointsPerParameter = 4;

    // What is left of the rates, as a part of the highest one, that measuring errors explain: no more parameters are tried then.
    private const double GoodEnough = 0.003;

    private const double OutlierFloorHz = 4;
    private const double OutlierSigmas = 5;
    private const double LargestOutlierShare = 0.2;

    /// <summary>Counts the distinct currents at which a neuron fires: one point measured again says nothing new about the curve.</summary>
    /// <param name="points">Measured points.</param>
    /// <returns>Their number.</returns>
    public static int FiringCurrents(IEnumerable<RatePoint> points) => points.Where(p => p.Rate > 0).Select(p => p.Current).Distinct()
        .Count();

    /// <summary>Fits.</summary>
    /// <param name="points">Measured points that fire at <see cref="FewestPoints" /> distinct currents at least.</param>
    /// <param name="nominal">Known component values, and start values of the rest.</param>
    /// <returns>The fit.</returns>
    /// <exception cref="ArgumentException">The neuron fires at too few distinct currents.</exception>
    public static CellFit Fit(IReadOnlyList<RatePoint> points, ThyristorCell nominal)
    {
        ArgumentNullException.ThrowIfNull(points);
        ArgumentNullException.ThrowIfNull(nominal);
        if (FiringCurrents(points) < FewestPoints)
        {
            throw new ArgumentException($"the neuron fires at {FiringCurrents(points)} distinct currents, a fit needs {FewestPoints}",
                nameof(points));
        }

        CurveEdges edges = CurveEdges.Of(points);
        ThyristorCell start = nominal with { Hold = HoldOf(edges, nominal) };
        bool[] left = new bool[points.Count];
        (ThyristorCell cell, IReadOnlyList<CellParameter> free, bool settled) = Best(points, left, start, edges);
        bool[] outliers = OutliersOf(points, cell);
        if (outliers.Contains(true))
        {
            left = outliers;
            (cell, free, settled) = Best(points, left, start, CurveEdges.Of(points.Where((_, i) => !left[i])));
        }

        double[] residuals = [.. points.Select(p => ThyristorRate.Of(cell, p.Current) - p.Rate)];
        return new CellFit
        {
            Cell = cell,
            Fitted = [.. free.Select(p => p.Name)],
            Rmse = Math.Sqrt(residuals.Average(r => r * r)),
            Residuals = residuals,
            Outliers = left,
            Explained = FitVerdict.Explained(points, residuals),
            Settled = settled,
            BlockSeen = !double.IsNaN(edges.Blocked),
            OnsetSeen = !double.IsNaN(edges.Silent),
        };
    }

    // To start from: the middle between the last current that fired and the first that did not. Unseen block: the nominal value, but no
    // less than was seen to fire.
    private static double HoldOf(CurveEdges edges, ThyristorCell nominal) =>
        double.IsNaN(edges.Blocked) ? Math.Max(nominal.Hold, edges.Last * 1.02) : (edges.Last + edges.Blocked) / 2;

    private static (ThyristorCell Cell, IReadOnlyList<CellParameter> Free, bool Settled) Best(IReadOnlyList<RatePoint> points, bool[] left,
        ThyristorCell start, CurveEdges edges)
    {
        CellParameter onset = CellParameter.Onset(double.IsNaN(edges.Silent) ? 0.4 * edges.First : edges.Silent, edges.First);
        CellParameter[] plain = points.Any(p => !double.IsNaN(p.Height)) && start.OnVoltage == 0
            ? [CellParameter.Threshold, onset, CellParameter.OnResistance]
            : [CellParameter.Threshold, onset];
        if (!double.IsNaN(edges.Blocked))
        {
            plain = [.. plain, CellParameter.Hold(edges.Last, edges.Blocked)];
        }

        CellParameter[][] candidates = [plain, [.. plain, CellParameter.Release], [.. plain, CellParameter.Knee],
            [.. plain, CellParameter.Knee, CellParameter.Release]];
        int used = points.Where((_, i) => !left[i]).Count();
        ThyristorCell best = start;
        bool settled = false;
        CellParameter[] free = plain;
        double lowest = double.PositiveInfinity;
        foreach (CellParameter[] candidate in candidates)
        {
            if (candidate != plain && used < PointsPerParameter * candidate.Length)
            {
                continue;
            }

            FitObjective objective = new FitObjective(points, left, start, candidate);
            SearchResult found = BoundedSearch.Minimise(objective);
            double criterion = Criterion(found.Cost, used, candidate.Length);
            if (criterion < lowest - 2)
            {
                (best, free, lowest, settled) = (found.Cell, candidate, criterion, found.Settled);
            }

            if (Math.Sqrt(found.Cost / used) < GoodEnough * points.Max(p => p.Rate))
            {
                break;
            }
        }

        return (best, free, settled);
    }

    // AICc of a least-squares fit. Rates are not known better than to a tenth of a hertz, so that a perfect fit is no reason for more
    // parameters.
    private static double Criterion(double cost, int points, int parameters)
    {
        int k = parameters + 1;
        double meanSquare = Math.Max(cost / points, 0.01);
        return (points * Math.Log(meanSquare)) + (2 * k) + (2.0 * k * (k + 1) / Math.Max(1, points - k - 1));
    }

    private static bool[] OutliersOf(IReadOnlyList<RatePoint> points, ThyristorCell cell)
    {
        double[] residuals = [.. points.Select(p => Math.Abs(ThyristorRate.Of(cell, p.Current) - p.Rate))];
        double[] ordered = [.. residuals.Order()];
        double sigma = 1.4826 * ordered[ordered.Length / 2];
        double limit = Math.Max(OutlierFloorHz, OutlierSigmas * sigma);
        bool[] outliers = [.. residuals.Select(r => r > limit)];

        // So many outliers are no outliers: the law is wrong there, and that must show in the residuals.
        return outliers.Count(o => o) <= LargestOutlierShare * points.Count ? outliers : new bool[points.Count];
    }
}
