// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Parts;

/// <summary>
/// Component sets of published bursting neurons. Capacitances and resistors are the paper's. Part and threshold memory are fitted by a
/// random search over release, V_on, r_on, knee, dV and τ_q to the modes, intervals and heights of Wu et al., Neuromorph. Comput. Eng.
/// 3, 044008 (2023), figures 3, 5 and 6; the hold current is where figure 5 blocks, 113 to 124 µA. Nobody has measured them one by one.
/// </summary>
public static class BurstingPresets
{
    /// <summary>Figure 3: 10 µF, and 2.4 kΩ parallel to 0.1 µF for mode FS.</summary>
    public static BurstingCell W23 { get; } = new BurstingCell
    {
        Part = ThyristorPresets.Get("w23") with
        {
            Knee = 0.785,
            Hold = 119e-6,
            OnVoltage = 0.74,
            OnResistance = 36,
            Release = 0.19e-3,
        },
        SomaResistance = 2400,
        SomaCapacitance = 0.1e-6,
        ThresholdDrop = 4.7e-3,
        ThresholdRecovery = 3.5e-3,
    };
}
