// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Globalization;

namespace NeuroMCU.Parts;

/// <summary>
/// Component values of one thyristor neuron in SI units. A capacitor is charged by the drive current I; the thyristor fires at the
/// threshold, empties the capacitor through the load and opens when its current has fallen below the hold current.
/// <code>
/// off:  C dV/dt = I − g·max(0, V − V_knee),  g = I_min/(V_th − V_knee)
/// on:   C dV/dt = I − (V − V_on)/R_c,        R_c = r_on + R_load,  V_out = R_load·max(0, (V − V_on)/R_c)
/// </code>
/// Source: the two-state form of Wu et al., Phys. Rev. Applied 23, 034030 (2025), equations 7 and 8; the voltage drop V_on, the knee of
/// the leak and the release time are added, because the spike of Wu et al., Neuromorph. Comput. Eng. 3, 044008 (2023), needs them.
/// </summary>
public sealed record ThyristorCell
{
    /// <summary>Membrane capacitance C in F.</summary>
    public required double Capacitance { get; init; }

    /// <summary>Load resistance R_load between cathode and ground in Ω.</summary>
    public required double Load { get; init; }

    /// <summary>Threshold V_th in V.</summary>
    public required double Threshold { get; init; }

    /// <summary>Least current that fires, I_min, in A: the leak at the threshold.</summary>
    public required double Onset { get; init; }

    /// <summary>Voltage V_knee in V below which the thyristor does not leak; 0 for a leak proportional to the voltage.</summary>
    public double Knee { get; init; }

    /// <summary>Hold current I_hold in A: below it the thyristor opens, a drive above it blocks the neuron.</summary>
    public required double Hold { get; init; }

    /// <summary>Voltage drop V_on of the conducting thyristor in V.</summary>
    public double OnVoltage { get; init; }

    /// <summary>Resistance r_on of the conducting thyristor in Ω.</summary>
    public required double OnResistance { get; init; }

    /// <summary>Time in s for which stored charge keeps the thyristor on after its current has fallen below the hold current.</summary>
    public double Release { get; init; }

    /// <summary>
    /// Gets how far the threshold lies lower, in V, for <see cref="MemoryTime" /> after turning off: charge that is left in the gate.
    /// It makes the rate jump where the membrane gets to the lowered threshold in time, and can let a neuron that fires go on below the
    /// onset.
    /// </summary>
    public double Memory { get; init; }

    /// <summary>Gets how long the threshold lies lower, in s.</summary>
    public double MemoryTime { get; init; }

    /// <summary>R_c = r_on + R_load in Ω.</summary>
    public double ConductingResistance => OnResistance + Load;

    /// <summary>Slope g of the leak above the knee in S.</summary>
    public double Leak => Onset / (Threshold - Knee);

    /// <summary>Membrane voltage at which the current through the conducting thyristor is the hold current, V_on + I_hold·R_c, in
    /// V.</summary>
    public double HoldVoltage => OnVoltage + (Hold * ConductingResistance);

    /// <summary>Time constant R_c·C of the discharge in s.</summary>
    public double DischargeTime => ConductingResistance * Capacitance;

    /// <summary>True when there are currents at which the neuron fires: I_min &lt; I_hold.</summary>
    public bool CanFire => Onset < Hold;

    /// <summary>Gets the voltage on the load while the thyristor conducts, (V − V_on)·R_load/R_c.</summary>
    /// <param name="membrane">Membrane voltage V in V.</param>
    /// <returns>Voltage in V; below 0 where the membrane lies below V_on, which no load shows.</returns>
    public double LoadVoltage(double membrane) => (membrane - OnVoltage) * Load / ConductingResistance;

    /// <summary>Gets this cell with the plain two-state law: no knee, no voltage drop, no release.</summary>
    /// <remarks>Its 53 Ω while it conducts are fitted to spikes that were recorded at 40 kS/s.</remarks>
    /// <returns>The cell that parts are measured as where only their rates are known.</returns>
    public ThyristorCell TwoState() => this with { Knee = 0, OnVoltage = 0, OnResistance = 53, Release = 0 };

    /// <summary>Checks that the values describe something that can exist.</summary>
    /// <returns>This cell.</returns>
    /// <exception cref="ArgumentException">A value is out of range; the message names it.</exception>
    public ThyristorCell Checked()
    {
        Positive(Load, nameof(Load));
        CheckPart(Memory, HoldVoltage);
        NotNegative(MemoryTime, nameof(MemoryTime));
        return this;
    }

    /// <summary>Checks what a cell has with any load.</summary>
    internal void CheckPart(double memory, double holdVoltage)
    {
        Positive(Capacitance, nameof(Capacitance));
        Positive(Threshold, nameof(Threshold));
        Positive(Onset, nameof(Onset));
        Positive(Hold, nameof(Hold));
        NotNegative(OnResistance, nameof(OnResistance));
        NotNegative(Knee, nameof(Knee));
        NotNegative(OnVoltage, nameof(OnVoltage));
        NotNegative(Release, nameof(Release));
        NotNegative(memory, nameof(Memory));
        double lowest = Threshold - memory;
        if (lowest <= Knee || lowest <= holdVoltage)
        {
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture,
                $"a threshold of {lowest:0.###} V must lie above the knee ({Knee:0.###} V) and above the voltage at the hold current "
                + $"({holdVoltage:0.###} V)"), paramName: null);
        }
    }

    internal static void Positive(double value, string name)
    {
        if (!(value > 0) || !double.IsFinite(value))
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"{name} is {value}: it must be above 0"),
                paramName: null);
        }
    }

    internal static void NotNegative(double value, string name)
    {
        if (!(value >= 0) || !double.IsFinite(value))
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"{name} is {value}: it must not be below 0"),
                paramName: null);
        }
    }
}
