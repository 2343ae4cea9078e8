// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Laboratory.Calibration.Measure;

namespace NeuroMCU.Laboratory.Calibration.Fit;

/// <summary>
/// A current at which a table says two things: no curve goes through both. Hysteresis does this (the onset of a rising sweep lies above
/// that of a falling one), and so does a reading that is wrong.
/// </summary>
/// <param name="Current">Current in A.</param>
/// <param name="Lowest">Lowest rate there in Hz; 0 also where the neuron is silent between currents at which it fires.</param>
/// <param name="Highest">Highest rate there, or at the firing currents around it, in Hz.</param>
public sealed record RateConflict(double Current, double Lowest, double Highest)
{
    // Readings at one current may differ by this part of the highest rate: noisy counters do.
    private const double Tolerance = 0.1;

    // Currents this close, as a fraction, are one: instruments read back what they set to some digits.
    private const double SameCurrent = 1e-4;

    /// <summary>Finds them.</summary>
    /// <param name="points">Measured points, in any order.</param>
    /// <returns>The conflicts, by current; none for a table that one curve can follow.</returns>
    public static IReadOnlyList<RateConflict> Of(IEnumerable<RatePoint> points)
    {
        RatePoint[] all = [.. points.OrderBy(p => p.Current)];
        RatePoint[] firing = [.. all.Where(p => p.Rate > 0)];
        if (firing.Length == 0)
        {
            return [];
        }

        List<RateConflict> found = [];
        double highest = firing.Max(p => p.Rate);
        for (int i = 0; i < all.Length;)
        {
            double current = all[i].Current;
            RatePoint[] here = [.. all.Skip(i).TakeWhile(p => p.Current - current <= SameCurrent * Math.Abs(current))];
            i += here.Length;
            double low = here.Min(p => p.Rate);
            double high = here.Max(p => p.Rate);
            bool between = low == 0 && firing[0].Current <= current && current <= firing[^1].Current;
            if (low > 0 && high - low > Tolerance * highest)
            {
                found.Add(new RateConflict(current, low, high));
            }
            else if (between)
            {
                found.Add(new RateConflict(current, 0, Math.Max(high, firing.First(p => p.Current >= current).Rate)));
            }
        }

        return found;
    }
}
