// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Networks;
using NeuroMCU.Networks.Models;

namespace NeuroMCU.Compiler.Numbers;

/// <summary>The distance from rest to threshold of a population: the measure of its membranes.</summary>
internal static class MembraneScale
{
    /// <summary>The distance of a population.</summary>
    /// <returns>Largest distance of a threshold from rest (or from the reset value, when no threshold lies above rest), in the physical
    /// unit; positive.</returns>
    public static double UnitOf(Population population)
    {
        if (population.Model == NeuronModel.Input)
        {
            return 1;
        }

        if (population.Equations != null)
        {
            // Each variable of a text has a format of its own.
            return 1;
        }

        if (population.IsCircuit)
        {
            // Circuits are in volts on the device too.
            return 1;
        }

        double aboveRest = population.Threshold.Values.Max() - population.Rest;
        return aboveRest > 0
            ? aboveRest
            : Enumerable.Range(0, population.Size).Max(i => population.Threshold.At(i) - population.Reset.At(i));
    }
}
