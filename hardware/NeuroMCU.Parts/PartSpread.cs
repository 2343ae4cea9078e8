// NeuroMCU, MIT licence. See LICENSE in the repository root.

using MathNet.Numerics.Distributions;

namespace NeuroMCU.Parts;

/// <summary>How a value scatters from part to part: a Beta distribution on the measured range with the measured mean and
/// deviation.</summary>
/// <param name="Least">Least value.</param>
/// <param name="Most">Largest value.</param>
/// <param name="Mean">Mean.</param>
/// <param name="Deviation">Standard deviation.</param>
public sealed record ValueSpread(double Least, double Most, double Mean, double Deviation)
{
    /// <summary>Gets both shapes of the distribution, by the method of moments.</summary>
    public (double Alpha, double Beta) Shapes
    {
        get
        {
            double m = (Mean - Least) / (Most - Least);
            double s = Deviation / (Most - Least);
            double k = (m * (1 - m) / (s * s)) - 1;
            return (m * k, (1 - m) * k);
        }
    }
}

/// <summary>A source of chance that parts are drawn from.</summary>
public interface IPartChance
{
    /// <summary>Gets a value that scatters.</summary>
    /// <param name="spread">How.</param>
    /// <returns>A value within its range.</returns>
    double In(ValueSpread spread);

    /// <summary>Gets a value, all in a range equally likely.</summary>
    /// <param name="least">Least value.</param>
    /// <param name="most">Largest value.</param>
    /// <returns>A value between both.</returns>
    double Between(double least, double most);
}

/// <summary>
/// Draws thyristors as a lab gets them out of the bag: 35 P0118MA with R_m 680 kΩ, R_a 2.2 kΩ and C_m 0.1 µF, measured in
/// github.com/haoran215/Brain2Simulator. The onset follows from the threshold over R_hi, whose range gives the measured median of 33 µA.
/// No correlation between threshold and hold current is published; they are drawn independently.
/// </summary>
public static class PartSpread
{
    private const double LeakLeast = 44e3;
    private const double LeakMost = 52e3;

    /// <summary>Gets how the threshold scatters, in V.</summary>
    public static ValueSpread Threshold { get; } = new(1.10, 2.80, 1.73, 0.56);

    /// <summary>Gets how the hold current scatters, in A.</summary>
    public static ValueSpread Hold { get; } = new(56.8e-6, 109.5e-6, 77.4e-6, 16.8e-6);

    /// <summary>Draws one part into a cell: threshold, hold current and onset change, everything else stays.</summary>
    /// <param name="cell">The cell that the part goes into.</param>
    /// <param name="chance">Source of chance.</param>
    /// <returns>The cell with this part.</returns>
    public static ThyristorCell Draw(ThyristorCell cell, IPartChance chance)
    {
        ArgumentNullException.ThrowIfNull(cell);
        ArgumentNullException.ThrowIfNull(chance);
        double threshold = chance.In(Threshold);
        double hold = chance.In(Hold);
        double leak = chance.Between(LeakLeast, LeakMost);
        return cell with { Threshold = threshold, Hold = hold, Onset = threshold / leak };
    }

    /// <summary>Draws one part into a cell.</summary>
    /// <param name="cell">The cell that the part goes into.</param>
    /// <param name="random">Source of chance.</param>
    /// <returns>The cell with this part.</returns>
    public static ThyristorCell Draw(ThyristorCell cell, Random random) => Draw(cell, new RandomChance(random));

    private sealed class RandomChance(Random random) : IPartChance
    {
        public double In(ValueSpread spread)
        {
            (double alpha, double beta) = spread.Shapes;
            return spread.Least + ((spread.Most - spread.Least) * Beta.Sample(random, alpha, beta));
        }

        public double Between(double least, double most) => least + ((most - least) * random.NextDouble());
    }
}
