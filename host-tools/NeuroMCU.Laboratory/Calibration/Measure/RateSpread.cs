// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Laboratory.Calibration.Measure;

/// <summary>The rates of all good channels at common commands, without drive tables and with them.</summary>
/// <param name="Commands">What was commanded.</param>
public sealed record RateSpread(IReadOnlyList<CommandedRate> Commands)
{
    /// <summary>Largest coefficient of variation without drive tables.</summary>
    public double LargestBefore => Commands.Max(c => Variation(c.Before));

    /// <summary>Smallest coefficient of variation without drive tables.</summary>
    public double SmallestBefore => Commands.Min(c => Variation(c.Before));

    /// <summary>Largest coefficient of variation with drive tables.</summary>
    public double LargestAfter => Commands.Max(c => Variation(c.After));

    /// <summary>Coefficient of variation: standard deviation (of the sample) over mean; silent channels count as 0 Hz.</summary>
    /// <param name="rates">Rates in Hz, two at least.</param>
    /// <returns>The coefficient; infinite when nothing fires.</returns>
    public static double Variation(IReadOnlyList<double> rates)
    {
        ArgumentNullException.ThrowIfNull(rates);
        double mean = rates.Average();
        return mean > 0 ? Math.Sqrt(rates.Sum(r => (r - mean) * (r - mean)) / (rates.Count - 1)) / mean : double.PositiveInfinity;
    }
}
