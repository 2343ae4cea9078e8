// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Parts;

/// <summary>A published point of the phase diagram.</summary>
/// <param name="Current">Drive in µA.</param>
/// <param name="Soma">Resistor R_s of the soma in Ω.</param>
/// <param name="Mode">Mode that the paper shows there.</param>
/// <param name="Place">Figure.</param>
public sealed record PublishedBurstMode(double Current, double Soma, BurstMode Mode, string Place);

/// <summary>Modes printed in Wu et al., Neuromorph. Comput. Eng. 3, 044008 (2023), all with C_m = 10 µF and C_s = 0.1 µF.</summary>
public static class PublishedBurstModes
{
    /// <summary>Gets the points.</summary>
    public static IReadOnlyList<PublishedBurstMode> All { get; } =
    [
        new(72.2, 47, BurstMode.Tonic, "fig. 3"),
        new(46.7, 2400, BurstMode.Fast, "fig. 3"),
        new(38.7, 3000, BurstMode.Bursting, "fig. 3"),
        new(75.1, 2400, BurstMode.PlateauBursting, "fig. 3"),
        new(90, 100, BurstMode.Tonic, "fig. 5"),
        new(45, 100, BurstMode.Tonic, "fig. 5"),
        new(90, 3000, BurstMode.Fast, "fig. 5"),
        new(60, 3000, BurstMode.Fast, "fig. 5"),
        new(60, 4000, BurstMode.Fast, "fig. 5"),
        new(44.4, 2300, BurstMode.Bursting, "fig. 5"),
        new(39.4, 2300, BurstMode.Bursting, "fig. 5"),
        new(76.5, 2200, BurstMode.PlateauBursting, "fig. 5"),
        new(97, 2200, BurstMode.PlateauBursting, "fig. 5"),
        new(97, 2800, BurstMode.PlateauBursting, "fig. 5"),
        new(89.6, 47, BurstMode.Tonic, "fig. 6(a)"),
        new(89.6, 2600, BurstMode.PlateauBursting, "fig. 6(a)"),
        new(82.8, 1300, BurstMode.Tonic, "fig. 6(a)"),
        new(58.8, 3000, BurstMode.Fast, "fig. 6(a)"),
        new(36.5, 3000, BurstMode.Bursting, "fig. 6(a)"),
        new(26, 2500, BurstMode.Silent, "fig. 6(b)"),
        new(36.4, 2500, BurstMode.Bursting, "fig. 6(b)"),
        new(40.8, 2500, BurstMode.Bursting, "fig. 6(b)"),
        new(46.5, 2500, BurstMode.Bursting, "fig. 6(b)"),
        new(52.6, 2500, BurstMode.Fast, "fig. 6(b)"),
    ];
}
