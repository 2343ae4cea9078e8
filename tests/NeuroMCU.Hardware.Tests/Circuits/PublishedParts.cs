// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.VirtualBench.Circuits;

namespace NeuroMCU.Hardware.Tests.Circuits;

/// <summary>Component sets of published neurons, with the fitted values that docs/models/thyristor.md derives.</summary>
internal static class PublishedParts
{
    /// <summary>Wu et al., Phys. Rev. Applied 23, 034030 (2025), figure 6: R_m 680 kΩ, 0.1 µF, 2 kΩ.</summary>
    public static ThyristorPart W25 { get; } = new()
    {
        Capacitance = 0.1e-6,
        Load = 2000,
        Threshold = 2.6,
        Onset = 46.4e-6,
        Knee = 0.61,
        Hold = 108e-6,
        OnVoltage = 0.70,
        OnResistance = 25,
        Release = 1.8e-3,
    };

    /// <summary>Wu et al., Neuromorph. Comput. Eng. 3, 044008 (2023), figure 2: R_m 100 kΩ, 10 µF, 47 Ω.</summary>
    public static ThyristorPart W23 { get; } = new()
    {
        Capacitance = 10e-6,
        Load = 47,
        Threshold = 0.92,
        Onset = 32.3e-6,
        Knee = 0.81,
        Hold = 127.9e-6,
        OnVoltage = 0.70,
        OnResistance = 25,
        Release = 0.3e-3,
    };

    /// <summary>One device measured by the authors of Brain2Simulator, in the two-state form.</summary>
    public static ThyristorPart Bench { get; } = new()
    {
        Capacitance = 0.1e-6,
        Load = 2200,
        Threshold = 2.5,
        Onset = 2.5 / 60.9e3,
        Hold = 95e-6,
        OnResistance = 53,
    };
}
