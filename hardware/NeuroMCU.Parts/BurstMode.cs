// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Parts;

/// <summary>How a bursting neuron fires; names as in Wu et al., Neuromorph. Comput. Eng. 3, 044008 (2023).</summary>
public enum BurstMode
{
    /// <summary>Fewer than three spikes: silent, or blocked.</summary>
    Silent,

    /// <summary>TS: regular, each spike empties the dendrite.</summary>
    Tonic,

    /// <summary>FS: regular, but faster than the drive could charge an empty dendrite.</summary>
    Fast,

    /// <summary>IB1: groups of spikes, as near the onset.</summary>
    Bursting,

    /// <summary>IB2: groups of spikes that end in a plateau of the output, as near the block.</summary>
    PlateauBursting,
}

/// <summary>Tells the mode of a bursting neuron from the intervals between its spikes.</summary>
public static class BurstModes
{
    /// <summary>The longest interval of a regular train is less than so many times its shortest one.</summary>
    public const double RegularRatio = 3;

    /// <summary>A regular train is fast when its interval is below this part of the time that charges an empty dendrite.</summary>
    public const double FastPart = 0.5;

    /// <summary>A plateau of at least this time in s after the last spike of a burst makes it IB2.</summary>
    public const double LeastPlateau = 5e-3;

    private const int LeastSpikes = 3;

    /// <summary>Gets the time that a drive takes to charge an empty dendrite, without leak.</summary>
    /// <param name="cell">Component values.</param>
    /// <param name="current">Drive in A, above 0.</param>
    /// <returns>C_m (V_th − V_on)/I in s.</returns>
    public static double ChargingTime(ThyristorCell cell, double current)
    {
        ArgumentNullException.ThrowIfNull(cell);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(current);
        return cell.Capacitance * (cell.Threshold - cell.OnVoltage) / current;
    }

    /// <summary>Tells the mode.</summary>
    /// <param name="spikes">Times of spikes in s, ascending, without those of the start.</param>
    /// <param name="chargingTime">Time in s that charges an empty dendrite; see <see cref="ChargingTime" />.</param>
    /// <param name="plateau">Longest time in s for which the output stayed up after the last spike of a burst; 0 when it was not
    /// measured.</param>
    /// <returns>The mode.</returns>
    public static BurstMode Classify(IReadOnlyList<double> spikes, double chargingTime, double plateau = 0)
    {
        ArgumentNullException.ThrowIfNull(spikes);
        if (spikes.Count < LeastSpikes)
        {
            return BurstMode.Silent;
        }

        double least = double.PositiveInfinity;
        double most = 0;
        for (int i = 1; i < spikes.Count; i++)
        {
            double interval = spikes[i] - spikes[i - 1];
            least = Math.Min(least, interval);
            most = Math.Max(most, interval);
        }

        return Classify(spikes.Count, least, most, (spikes[^1] - spikes[0]) / (spikes.Count - 1), chargingTime, plateau);
    }

    /// <summary>Tells the mode where only the intervals are known, as a device measures them.</summary>
    /// <param name="spikes">Number of spikes.</param>
    /// <param name="shortest">Shortest interval in s.</param>
    /// <param name="longest">Longest interval in s.</param>
    /// <param name="mean">Mean interval in s.</param>
    /// <param name="chargingTime">Time in s that charges an empty dendrite; see <see cref="ChargingTime" />.</param>
    /// <param name="plateau">Longest time in s for which the output stayed up after the last spike of a burst; 0 when it was not
    /// measured.</param>
    /// <returns>The mode.</returns>
    public static BurstMode Classify(int spikes, double shortest, double longest, double mean, double chargingTime, double plateau = 0)
    {
        if (spikes < LeastSpikes)
        {
            return BurstMode.Silent;
        }

        if (longest >= RegularRatio * shortest)
        {
            return plateau >= LeastPlateau ? BurstMode.PlateauBursting : BurstMode.Bursting;
        }

        return mean < FastPart * chargingTime ? BurstMode.Fast : BurstMode.Tonic;
    }
}
