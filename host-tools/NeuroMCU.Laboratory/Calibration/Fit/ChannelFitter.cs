// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Laboratory.Calibration.Measure;
using NeuroMCU.Laboratory.Calibration.Search;
using NeuroMCU.Parts;

namespace NeuroMCU.Laboratory.Calibration.Fit;

/// <summary>
/// Fits a channel twice: with the on-state of the nominal neuron, and as the plain two-state law of Wu et al., Phys. Rev. Applied 23,
/// 034030 (2025), that the population of parts was measured with. The one that lies closer is kept.
/// </summary>
internal static class ChannelFitter
{
    private const double GoodEnough = 0.01;

    /// <summary>Fits.</summary>
    /// <returns>The fit; null when too few points fire.</returns>
    public static CellFit? Fit(ChannelCurve curve, ThyristorCell nominal)
    {
        ArgumentNullException.ThrowIfNull(curve);
        IReadOnlyList<RatePoint> points = curve.Points();
        if (CellFitter.FiringCurrents(points) < CellFitter.FewestPoints)
        {
            return null;
        }

        CellFit plain = CellFitter.Fit(points, nominal.TwoState());
        if (plain.Rmse < GoodEnough * points.Max(p => p.Rate))
        {
            return plain;
        }

        CellFit full = CellFitter.Fit(points, nominal);
        return plain.Rmse < full.Rmse ? plain : full;
    }
}
