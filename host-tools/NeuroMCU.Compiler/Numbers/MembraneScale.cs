// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Networks;

namespace NeuroMCU.Compiler.Numbers;

/// <summary>The distance from rest to threshold of a population: the measure of its membranes.</summary>
internal static class MembraneScale
{
    /// <summary>The distance of a population.</summary>
    /// <returns>Largest distance of a threshold from rest (or from the reset value, when no threshold lies above rest), in the physical
    /// unit; positive.</returns>
    public static double UnitOf(Population population)
    {
        // Circuits are in volts on the device too, and each variable of a text has a format of its own.
        if (population.Lif is not { } lif)
        {
            return 1;
        }

        double aboveRest = lif.Threshold.Values.Max() - lif.Rest;
        return aboveRest > 0
            ? aboveRest
            : Enumerable.Range(0, population.Size).Max(i => lif.Threshold.At(i) - lif.Reset.At(i));
    }
}
