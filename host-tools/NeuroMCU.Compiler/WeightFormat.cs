// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Numerics;
using NeuroMCU.Files.Units;
using NeuroMCU.Networks;
using NeuroMCU.Networks.Equations;

namespace NeuroMCU.Compiler;

/// <summary>How the device counts the weights of a projection.</summary>
/// <param name="Value">Physical weight of one table unit: weight = value · scale · 16-bit weight.</param>
/// <param name="Unit">Unit of the physical weight.</param>
public sealed record WeightFormat(double Value, string Unit)
{
    /// <summary>The format of a projection.</summary>
    /// <param name="step">Step of the network in µs.</param>
    /// <param name="units">Units of membranes and currents on the device.</param>
    /// <returns>Membrane or current units of 2^-24 for synapses onto a membrane; for receptors charges of 16 units of current times the
    /// step.</returns>
    internal static WeightFormat Of(Projection projection, int step, DeviceUnits units)
    {
        Population target = projection.Target;
        if (units.Programs.Count > target.Index && units.Programs[target.Index] is { } program)
        {
            Dimension dimension = target.WeightDimensionOf(projection.ReceptorIndex) ?? Dimension.None;
            return new WeightFormat(program.Variables[projection.ReceptorIndex].Resolution / DisplayUnit.BaseOf(dimension),
                Population.BaseUnit(dimension));
        }

        if (!target.IsCircuit)
        {
            return new WeightFormat(units.Current(target) / Formats.MembraneOne, target.MembraneUnit);
        }

        // nA · µs = 1e-6 nC; and V · µF = 1000 nC.
        double value = projection.ReceptorIndex >= 0
            ? step * 1e-6 * units.Currents(target).ChargePerStep
            : target.Value("capacitance", 0) * 1e3 / Formats.MembraneOne;
        return new WeightFormat(value, target.WeightUnit);
    }
}
