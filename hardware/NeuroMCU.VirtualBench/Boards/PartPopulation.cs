// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.VirtualBench.Circuits;

namespace NeuroMCU.VirtualBench.Boards;

/// <summary>
/// Thyristors as they come out of the bag: threshold and hold current of 35 P0118MA (R_m 680 kΩ, R_a 2.2 kΩ, C_m 0.1 µF) measured in
/// the Brain2Simulator project (github.com/haoran215/Brain2Simulator), as Beta distributions on the measured range with the measured mean
/// and deviation. The onset is the threshold over a resistance whose range gives the measured median of 33 µA.
/// </summary>
public static class PartPopulation
{
    /// <summary>Least threshold in V.</summary>
    public const double ThresholdLeast = 1.10;

    /// <summary>Largest threshold in V.</summary>
    public const double ThresholdMost = 2.80;

    /// <summary>Mean of the threshold in V.</summary>
    public const double ThresholdMean = 1.73;

    /// <summary>Standard deviation of the threshold in V.</summary>
    public const double ThresholdDeviation = 0.56;

    /// <summary>Least hold current in A.</summary>
    public const double HoldLeast = 56.8e-6;

    /// <summary>Largest hold current in A.</summary>
    public const double HoldMost = 109.5e-6;

    /// <summary>Mean of the hold current in A.</summary>
    public const double HoldMean = 77.4e-6;

    /// <summary>Standard deviation of the hold current in A.</summary>
    public const double HoldDeviation = 16.8e-6;

    private const double LeakLeast = 44e3;
    private const double LeakMost = 52e3;

    /// <summary>
    /// Draws one part into the circuit of a plan: the two-state law, which is what the population was fitted with. The memory of the threshold
    /// stays that of the plan: it is too small for those fits, and nobody has measured how it scatters.
    /// </summary>
    internal static ThyristorPart Draw(ThyristorPart plan, BoardRandom random)
    {
        double threshold = random.Beta(ThresholdLeast, ThresholdMost, ThresholdMean, ThresholdDeviation);
        double hold = random.Beta(HoldLeast, HoldMost, HoldMean, HoldDeviation);
        double leak = random.Between(LeakLeast, LeakMost);
        return plan with
        {
            Capacitance = plan.Capacitance * random.Sorted(1, 0.03),
            Load = plan.Load * random.Sorted(1, 0.005),
            Threshold = threshold,
            Hold = hold,
            Onset = threshold / leak,
            Knee = 0,
            OnVoltage = 0,
            OnResistance = 53,
            Release = 0,
        };
    }
}
