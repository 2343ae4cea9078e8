// NeuroMCU, MIT licence. See LICENSE in the repository root.

using MathNet.Numerics.Distributions;

namespace NeuroMCU.Networks.Thyristors;

/// <summary>
/// Draws thyristors as a lab gets them out of the bag: 35 P0118MA with R_m 680 kΩ, R_a 2.2 kΩ and C_m 0.1 µF, measured in
/// github.com/haoran215/Brain2Simulator. Threshold and hold current come from Beta distributions on the measured range with the
/// measured mean and standard deviation; the onset follows from the threshold over R_hi. No correlation between threshold and hold
/// current is published; they are drawn independently.
/// </summary>
public static class PartSpread
{
    /// <summary>Least and largest threshold, mean and standard deviation in V.</summary>
    private const double ThresholdLeast = 1.10;
    private const double ThresholdMost = 2.80;
    private const double ThresholdMean = 1.73;
    private const double ThresholdDeviation = 0.56;

    /// <summary>Least and largest hold current, mean and standard deviation in A.</summary>
    private const double HoldLeast = 56.8e-6;
    private const double HoldMost = 109.5e-6;
    private const double HoldMean = 77.4e-6;
    private const double HoldDeviation = 16.8e-6;

    /// <summary>Range of V_th/I_min in Ω, chosen so that the median onset is the measured 33 µA.</summary>
    private const double LeakLeast = 44e3;
    private const double LeakMost = 52e3;

    /// <summary>Draws one part into a cell: threshold, hold current and onset change, everything else stays.</summary>
    /// <param name="cell">The cell that the part goes into.</param>
    /// <param name="random">Source of chance.</param>
    /// <returns>The cell with this part.</returns>
    public static ThyristorCell Draw(ThyristorCell cell, Random random)
    {
        double threshold = Bounded(random, ThresholdLeast, ThresholdMost, ThresholdMean, ThresholdDeviation);
        double hold = Bounded(random, HoldLeast, HoldMost, HoldMean, HoldDeviation);
        double leak = LeakLeast + ((LeakMost - LeakLeast) * random.NextDouble());
        return cell with { Threshold = threshold, Hold = hold, Onset = threshold / leak };
    }

    // A Beta distribution on a range by the method of moments.
    private static double Bounded(Random random, double least, double most, double mean, double deviation)
    {
        double m = (mean - least) / (most - least);
        double s = deviation / (most - least);
        double k = (m * (1 - m) / (s * s)) - 1;
        return least + ((most - least) * Beta.Sample(random, m * k, (1 - m) * k));
    }
}
