// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;

namespace NeuroMCU.Host.Networks.Reading
{
    /// <summary>Membrane quantities of a population: in mV, or pure numbers.</summary>
    internal static class Membrane
    {
        /// <summary>What the membrane quantities of a population measure.</summary>
        /// <param name="population">The population.</param>
        /// <returns>Voltage or none.</returns>
        public static Dimension DimensionOf(Population population)
        {
            return string.Equals(population.MembraneUnit, "mV", StringComparison.Ordinal) ? Dimension.Voltage : Dimension.None;
        }
    }
}
