// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Internet.Rules;

namespace NeuroMCU.Internet.Nodes;

/// <summary>
/// A virtual TiOx memristor: each pulse moves its resistance by a share of what is left to the end of its range, so that it saturates
/// softly and never leaves it. The shares hold for pulses of ±4 V and 100 µs; the dose of another pulse is in proportion to its length
/// and to its voltage above the threshold of switching. The real device's figures were not published; these are stand-ins that the file
/// can replace.
/// </summary>
internal sealed class TioxMemristor : ISynapseNode
{
    /// <summary>Voltage in V of a pulse for which the shares hold.</summary>
    public const double UsualVoltage = 4;

    /// <summary>Its length in µs.</summary>
    public const double UsualWidth = 100;

    private const double MostDose = 10;
    private double _resistance;

    /// <summary>Resistance in Ω at which the weight is 0.</summary>
    public double Least { get; init; } = 4000;

    /// <summary>Resistance in Ω at which the weight is 255.</summary>
    public double Most { get; init; } = 9000;

    /// <summary>Share of the rest of the range that a usual pulse of potentiation goes, 0 to 1.</summary>
    public double Potentiation { get; init; } = 0.03;

    /// <summary>Share of the rest of the range that a usual pulse of depression goes, 0 to 1.</summary>
    public double Depression { get; init; } = 0.05;

    /// <summary>Voltage of a pulse in V, its sign left out.</summary>
    public double Voltage { get; init; } = UsualVoltage;

    /// <summary>Length of a pulse in µs.</summary>
    public double Width { get; init; } = UsualWidth;

    /// <summary>Voltage in V below which nothing moves.</summary>
    public double Threshold { get; init; } = 1;

    /// <summary>+1 when a pulse of +V raises the resistance, −1 when it lowers it.</summary>
    public int Polarity { get; init; } = 1;

    /// <inheritdoc />
    public double State
    {
        get => _resistance;
        set => _resistance = Math.Clamp(value, Least, Most);
    }

    /// <inheritdoc />
    public byte Weight => WeightByte.Of(_resistance, Least, Most);

    /// <inheritdoc />
    public double Fraction => (_resistance - Least) / (Most - Least);

    /// <inheritdoc />
    public void Move(double change)
    {
        // The pulse whose length goes so far, at most ten times the usual one.
        double share = change > 0 ? Potentiation : Depression;
        double left = change > 0 ? 1 - Fraction : Fraction;
        double kept = left <= 0 ? 1 : Math.Clamp(1 - (Math.Abs(change) / left), 0, 1);
        double dose = share is <= 0 or >= 1 ? (kept < 1 && share > 0 ? 1 : 0) : Math.Min(MostDose, Math.Log(kept) / Math.Log(1 - share));
        double volts = Voltage - Threshold;
        if (volts > 0)
        {
            Apply((change > 0 ? 1 : -1) * Polarity * Voltage, dose * UsualWidth * (UsualVoltage - Threshold) / volts);
        }
    }

    /// <inheritdoc />
    public void Pulse(WeightChange change)
    {
        // The weight grows with the resistance: potentiation is the pulse that raises it, whatever the sign of its voltage.
        if (change == WeightChange.Potentiate)
        {
            Apply(Polarity * Voltage);
        }
        else if (change == WeightChange.Depress)
        {
            Apply(-Polarity * Voltage);
        }
    }

    /// <summary>Applies a pulse of the usual length.</summary>
    /// <param name="voltage">Its voltage in V, with its sign.</param>
    public void Apply(double voltage) => Apply(voltage, Width);

    private void Apply(double voltage, double width)
    {
        double dose = Math.Max(0, Math.Abs(voltage) - Threshold) / (UsualVoltage - Threshold) * width / UsualWidth;
        bool rises = voltage * Polarity > 0;
        double kept = Math.Pow(1 - (rises ? Potentiation : Depression), dose);
        double end = rises ? Most : Least;
        State = end + ((_resistance - end) * kept);
    }
}
