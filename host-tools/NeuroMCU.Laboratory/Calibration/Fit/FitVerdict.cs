// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Laboratory.Calibration.Measure;

namespace NeuroMCU.Laboratory.Calibration.Fit;

/// <summary>Whether a curve explains the points that it was laid through.</summary>
internal static class FitVerdict
{
    /// <summary>
    /// Least part of the variance that a fit has to explain. Measured curves reach 0.99 and noisy ones 0.97; a curve in the wrong unit,
    /// or a rate that does not depend on the current, stays below 0.5.
    /// </summary>
    public const double LeastExplained = 0.9;

    /// <summary>Computes the coefficient of determination over the firing points and the silent ones.</summary>
    /// <param name="residuals">Closed form less measured, in Hz.</param>
    /// <returns>1 − Σ residual² / Σ (rate − mean)²; not above 0 where all rates are the same.</returns>
    public static double Explained(IReadOnlyList<RatePoint> points, IReadOnlyList<double> residuals)
    {
        ArgumentNullException.ThrowIfNull(points);
        double mean = points.Average(p => p.Rate);
        double variance = points.Sum(p => (p.Rate - mean) * (p.Rate - mean));
        double left = residuals.Sum(r => r * r);

        // All rates alike: nothing varies that a curve could explain.
        return variance > 0 ? 1 - (left / variance) : 0;
    }
}
