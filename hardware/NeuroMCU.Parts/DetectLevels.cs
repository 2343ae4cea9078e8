// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Parts;

/// <summary>Output voltages in V at which the comparator of a neuron switches.</summary>
public static class DetectLevels
{
    /// <summary>On the load of a thyristor neuron whose spike is high enough for it (Wu et al., Phys. Rev. Applied 23, 034030
    /// (2025)).</summary>
    public const double Load = 0.7;

    /// <summary>On the soma of a bursting neuron.</summary>
    public const double Soma = 0.05;

    /// <summary>On a wire: half the supply.</summary>
    public const double Wire = 1.65;

    /// <summary>The comparator switches back so much lower, as a part of its level.</summary>
    public const double Hysteresis = 0.05;

    /// <summary>Gets the level for a thyristor neuron.</summary>
    /// <param name="cell">Component values.</param>
    /// <returns>Level in V: half of the spike where that is lower than <see cref="Load" />.</returns>
    public static double Of(ThyristorCell cell) => Math.Min(Load, ThyristorRate.SpikeHeight(cell) / 2);
}
