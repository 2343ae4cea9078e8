// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;

namespace NeuroMCU.VirtualBench.Circuits;

/// <summary>
/// One thyristor with its capacitor and its resistors, in SI units: what a neuron on a virtual board is made of. The law is that of
/// <see cref="ThyristorCircuit" />.
/// </summary>
public sealed record ThyristorPart
{
    /// <summary>Gets the membrane capacitor C_m in F.</summary>
    public required double Capacitance { get; init; }

    /// <summary>Gets the resistor R_load from cathode to ground in Ω.</summary>
    public required double Load { get; init; }

    /// <summary>Gets the membrane voltage V_th in V at which the thyristor fires.</summary>
    public required double Threshold { get; init; }

    /// <summary>Gets the leak I_min in A at the threshold: the drive has to exceed it.</summary>
    public required double Onset { get; init; }

    /// <summary>Gets the membrane voltage in V below which the thyristor does not leak.</summary>
    public double Knee { get; init; }

    /// <summary>Gets the hold current I_hold in A: a conducting thyristor opens when its current falls below it.</summary>
    public required double Hold { get; init; }

    /// <summary>Gets the voltage V_on in V across the conducting thyristor at no current.</summary>
    public double OnVoltage { get; init; }

    /// <summary>Gets the resistance r_on of the conducting thyristor in Ω.</summary>
    public required double OnResistance { get; init; }

    /// <summary>Gets the time in s for which stored charge keeps the thyristor conducting below the hold current.</summary>
    public double Release { get; init; }

    /// <summary>Gets by how many V the threshold is lower for <see cref="MemoryTime" /> after the thyristor has opened.</summary>
    public double Memory { get; init; }

    /// <summary>Gets how long in s the lower threshold lasts.</summary>
    public double MemoryTime { get; init; }

    /// <summary>Gets R_c = r_on + R_load in Ω, through which the capacitor is emptied.</summary>
    public double ConductingResistance => OnResistance + Load;

    /// <summary>Gets the membrane voltage in V at which a conducting thyristor carries the hold current.</summary>
    public double HoldVoltage => OnVoltage + (Hold * ConductingResistance);

    /// <summary>Gets a value indicating whether there are currents at which the part fires again and again.</summary>
    public bool Usable => Onset < Hold;

    /// <summary>Checks that the values describe something that can exist.</summary>
    /// <returns>This part.</returns>
    /// <exception cref="ArgumentException">A value is out of range; the message names it.</exception>
    public ThyristorPart Checked()
    {
        Positive(Capacitance, nameof(Capacitance));
        Positive(Load, nameof(Load));
        Positive(Threshold, nameof(Threshold));
        Positive(Onset, nameof(Onset));
        Positive(Hold, nameof(Hold));
        NotNegative(OnResistance, nameof(OnResistance));
        NotNegative(Knee, nameof(Knee));
        NotNegative(OnVoltage, nameof(OnVoltage));
        NotNegative(Release, nameof(Release));
        NotNegative(Memory, nameof(Memory));
        NotNegative(MemoryTime, nameof(MemoryTime));
        double lowest = Threshold - Memory;
        if (lowest <= Knee || lowest <= HoldVoltage)
        {
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture,
                $"a threshold of {lowest:0.###} V must lie above the knee ({Knee:0.###} V) and above the voltage at the hold current ({HoldVoltage:0.###} V)"));
        }

        return this;
    }

    private static void Positive(double value, string name)
    {
        if (!(value > 0) || !double.IsFinite(value))
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"{name} is {value}: it must be above 0"));
        }
    }

    private static void NotNegative(double value, string name)
    {
        if (!(value >= 0) || !double.IsFinite(value))
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"{name} is {value}: it must not be below 0"));
        }
    }
}
