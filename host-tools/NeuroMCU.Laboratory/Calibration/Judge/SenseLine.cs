// NeuroMCU, MIT licence. See LICENSE in the repository root.

using MathNet.Numerics;
using NeuroMCU.Laboratory.Calibration.Search;

namespace NeuroMCU.Laboratory.Calibration.Judge;

/// <summary>
/// The mean voltage on the load against the drive current. All charge that enters the membrane leaves through the load, as a leak or in
/// spikes, so that the mean voltage is I · R_a whether the neuron is silent, fires, or is blocked: a check of drive and sense that
/// needs no spikes.
/// </summary>
/// <param name="Offset">Voltage in V at no current.</param>
/// <param name="Resistance">Slope in Ω; the load's resistance when all is well.</param>
/// <param name="Correlation">How well a line describes the readings, 0 to 1.</param>
public sealed record SenseLine(double Offset, double Resistance, double Correlation)
{
    private const int FewestReadings = 6;

    /// <summary>Lays the line through the readings of a channel.</summary>
    /// <param name="curve">Its readings.</param>
    /// <returns>The line; null when the channel senses nothing, or was read too seldom.</returns>
    public static SenseLine? Of(ChannelCurve curve)
    {
        (double Current, double Volts)[] points =
            [.. curve.Readings.Where(r => !double.IsNaN(r.SenseMean)).Select(r => (curve.Channel.CurrentOf(r.Code), r.SenseMean))];
        if (points.Length < FewestReadings)
        {
            return null;
        }

        double[] x = [.. points.Select(p => p.Current * 1e6)];
        double[] y = [.. points.Select(p => p.Volts)];
        (double offset, double slope) = MathNet.Numerics.Fit.Line(x, y);
        double explained = GoodnessOfFit.RSquared(x.Select(i => offset + (slope * i)), y);
        return new SenseLine(offset, slope * 1e6, double.IsNaN(explained) ? 0 : explained);
    }
}
