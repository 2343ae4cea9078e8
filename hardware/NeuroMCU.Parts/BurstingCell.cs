// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Parts;

/// <summary>
/// Component values of one bursting neuron in SI units. While the thyristor does not switch, with a current I_M = G·(V − V_s − V_0)
/// through it, the two voltages obey linear equations.
/// Source: Wu et al., Neuromorph. Comput. Eng. 3, 044008 (2023), equations 3 to 5.
/// </summary>
public sealed record BurstingCell
{
    /// <summary>The thyristor and the membrane capacitance; its load has no meaning here.</summary>
    public required ThyristorCell Part { get; init; }

    /// <summary>Resistor R_s of the soma in Ω.</summary>
    public required double SomaResistance { get; init; }

    /// <summary>Capacitor C_s of the soma in F.</summary>
    public required double SomaCapacitance { get; init; }

    /// <summary>How much lower the threshold is right after the thyristor opens, in V.</summary>
    public required double ThresholdDrop { get; init; }

    /// <summary>Time constant in s with which the threshold recovers.</summary>
    public required double ThresholdRecovery { get; init; }

    /// <summary>Voltage across the thyristor at which it carries the hold current, V_on + I_hold·r_on, in V.</summary>
    public double HoldVoltage => Part.OnVoltage + (Part.Hold * Part.OnResistance);

    /// <summary>Checks that the values describe something that can exist.</summary>
    /// <returns>This cell.</returns>
    /// <exception cref="ArgumentException">A value is out of range; the message names it.</exception>
    public BurstingCell Checked()
    {
        Part.CheckPart(ThresholdDrop, HoldVoltage);
        ThyristorCell.Positive(Part.OnResistance, nameof(Part.OnResistance));
        ThyristorCell.Positive(SomaResistance, nameof(SomaResistance));
        ThyristorCell.Positive(SomaCapacitance, nameof(SomaCapacitance));
        ThyristorCell.NotNegative(ThresholdRecovery, nameof(ThresholdRecovery));
        return this;
    }

    /// <summary>
    /// How the two voltages relax while the thyristor conducts with a conductance G: a deviation (V, V_s) from the equilibrium is the
    /// sum of a fast and a slow part.
    /// </summary>
    /// <param name="conductance">G in S, above 0.</param>
    /// <returns>The two rates and the matrix that takes the slow part out of a deviation.</returns>
    public BurstingRelaxation Relaxation(double conductance)
    {
        // dV/dt = −a (V − V_s), dV_s/dt = b (V − V_s) − c V_s for deviations; both eigenvalues are real, negative and differ.
        double a = conductance / Part.Capacitance;
        double b = conductance / SomaCapacitance;
        double c = 1 / (SomaResistance * SomaCapacitance);
        double root = Math.Sqrt(((b + c - a) * (b + c - a)) + (4 * a * b));
        double fast = (a + b + c + root) / 2;
        return new BurstingRelaxation(fast, a * c / fast, (fast - a) / root, a / root, b / root, (fast - b - c) / root);
    }
}

/// <summary>Relaxation of the two voltages of a bursting neuron: a deviation x has the slow part P x, the rest of it is fast.</summary>
/// <param name="Fast">The larger rate in 1/s.</param>
/// <param name="Slow">The smaller rate in 1/s.</param>
/// <param name="DendriteOfDendrite">P(V, V).</param>
/// <param name="DendriteOfSoma">P(V, V_s).</param>
/// <param name="SomaOfDendrite">P(V_s, V).</param>
/// <param name="SomaOfSoma">P(V_s, V_s).</param>
public sealed record BurstingRelaxation(double Fast, double Slow, double DendriteOfDendrite, double DendriteOfSoma, double SomaOfDendrite,
    double SomaOfSoma);
