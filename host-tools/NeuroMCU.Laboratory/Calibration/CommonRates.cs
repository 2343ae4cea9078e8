// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Laboratory.Calibration.Tables;

namespace NeuroMCU.Laboratory.Calibration;

/// <summary>Rates that all good channels can be set to: above the steep onset of each of them and below the top of each.</summary>
internal static class CommonRates
{
    // A rate that one code of the converter changes by more than this part of it is hard to command.
    private const double LargestStep = 0.02;

    private static readonly double[] s_places = [0.1, 0.5, 0.9];

    /// <summary>
    /// The lowest rate that a channel can be set to well: above the steep onset, where one code of the converter changes the rate by 2
    /// % at most. A converter that is too coarse for that is measured by itself: what its codes change on the average over the upper
    /// half of the rates.
    /// </summary>
    /// <param name="highest">Highest rate in Hz that is asked of the channel, up to <see cref="RisingCurve.Top" />.</param>
    /// <returns>Rate in Hz, below the highest.</returns>
    public static double LowestOf(RisingCurve rising, double highest)
    {
        ArgumentNullException.ThrowIfNull(rising);
        double tolerated = Math.Max(LargestStep, Step(rising.CodeOf(highest / 2), highest / 2, rising.CodeOf(highest), highest));
        for (int i = 0; i + 1 < rising.Rates.Count && rising.Rates[i] < highest; i++)
        {
            if (Step(rising.Codes[i], rising.Rates[i], rising.Codes[i + 1], rising.Rates[i + 1]) <= tolerated)
            {
                return rising.Rates[i];
            }
        }

        return highest / 2;
    }

    // What one code changes between two points, as a part of the rate.
    private static double Step(double code, double rate, double nextCode, double nextRate)
        => Math.Log(nextRate / rate) / Math.Max(1, nextCode - code);

    /// <summary>Three rates that all good channels reach.</summary>
    /// <returns>Rates in Hz, ascending; none when fewer than two channels are good.</returns>
    public static IReadOnlyList<double> Of(params IReadOnlyList<BoardCalibration> boards)
    {
        ChannelCalibration[] good = [.. boards.SelectMany(b => b.Good())];
        if (good.Length < 2)
        {
            return [];
        }

        // With coarse converters the ranges that are set well may not meet; the steps then show in the spread.
        double high = good.Min(c => c.HighestRate);
        double low = Math.Min(good.Max(c => c.LowestRate), 0.7 * high);
        return [.. s_places.Select(p => low + (p * (high - low)))];
    }
}
