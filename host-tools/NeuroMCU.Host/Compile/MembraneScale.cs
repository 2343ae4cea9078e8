// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Linq;
using NeuroMCU.Host.Networks;

namespace NeuroMCU.Host.Compile
{
    /// <summary>Chooses the membrane unit of a population, so that its threshold lies near one in the device's Q8.24 format.</summary>
    internal static class MembraneScale
    {
        /// <summary>The unit of a population.</summary>
        /// <param name="population">The population.</param>
        /// <returns>Largest distance of a threshold from rest (or from the reset value, when no threshold lies above rest), in the physical unit; positive.</returns>
        public static double UnitOf(Population population)
        {
            if (population.Model == NeuronModel.Input)
            {
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
}
