// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Parts;

/// <summary>
/// Charge that one spike sends through the synapse of Wu et al., Phys. Rev. Applied 23, 034030 (2025), figures 18 and 19. The spike on
/// the load is the gate voltage of an N-MOSFET, which draws its current through R_W and a P-MOSFET that is connected as a diode;
/// mirrors pass it on:
/// <code>
/// R_W I_W + √(I_W/K_p) = V_s                      what resistor and diode let through
/// I_δ = γ min(I_W, K_n (V_pre − Ω)²)              what the N-MOSFET lets through as V_pre falls with R_c C
/// Q = σ ∫ I_δ dt
/// </code>
/// All constants come from the single spike of figure 4 at 10 kΩ and from the text, none from a network.
/// </summary>
public static class SynapsePulse
{
    /// <summary>Ω: gate voltage in V at which the N-MOSFET begins to conduct (text).</summary>
    public const double Omega = 0.7;

    // 5 V less the 0.7 V at which the P-MOSFET begins to conduct.
    private const double Supply = 4.3;

    // K_p in A/V²: makes V_+ = R_W I_W the 4 V of the appendix at its 200 µA.
    private const double DiodeGain = 2.2e-3;

    // γ: makes the peak at 10 kΩ the 410 µA of figure 4.
    private const double PulseMirror = 1.057;

    // K_n in A/V²: makes the charge of the pulse of figure 4 its 60 nC.
    private const double SwitchGain = 2.63e-3;

    // σ: two stages pass on 70 nC of 60 in figure 4.
    private const double Stages = 70 / 60.0;

    /// <summary>Highest current of the pulse.</summary>
    /// <param name="resistor">R_W in Ω, above 0.</param>
    /// <returns>Current in A while the N-MOSFET does not limit it.</returns>
    public static double Height(double resistor) => PulseMirror * Through(resistor);

    /// <summary>Charge of the pulse I_δ of one spike.</summary>
    /// <param name="cell">The neuron that fires.</param>
    /// <param name="resistor">R_W in Ω, above 0.</param>
    /// <returns>Charge in C; 0 when its spike stays below <see cref="Omega" />.</returns>
    public static double PulseCharge(ThyristorCell cell, double resistor)
    {
        ArgumentNullException.ThrowIfNull(cell);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(resistor);

        // The spikes of a neuron that fires again and again start at the lowered threshold.
        double peak = ThyristorRate.SpikeHeight(cell with { Threshold = cell.Threshold - cell.Memory });
        if (peak <= Omega)
        {
            return 0;
        }

        double through = Through(resistor);
        double turn = Math.Min(peak, Omega + Math.Sqrt(through / SwitchGain));

        // V_pre falls exponentially, dt = −R_c C dV/V: first the resistor limits the current, below the turning voltage the N-MOSFET.
        double flat = through * Math.Log(peak / turn);
        double tail = SwitchGain * ((((turn * turn) - (Omega * Omega)) / 2) - (2 * Omega * (turn - Omega))
            + (Omega * Omega * Math.Log(turn / Omega)));
        return PulseMirror * cell.DischargeTime * (flat + tail);
    }

    /// <summary>Charge of one spike behind two stages: the weight of a synapse.</summary>
    /// <param name="cell">The neuron that fires.</param>
    /// <param name="resistor">R_W in Ω, above 0.</param>
    /// <returns>Charge in C; 0 when its spike stays below <see cref="Omega" />.</returns>
    public static double Charge(ThyristorCell cell, double resistor) => Stages * PulseCharge(cell, resistor);

    // The positive root of R x² + x/√K_p = V_s with x = √I.
    private static double Through(double resistor)
    {
        double slope = 1 / Math.Sqrt(DiodeGain);
        double root = (Math.Sqrt((slope * slope) + (4 * resistor * Supply)) - slope) / (2 * resistor);
        return root * root;
    }
}
