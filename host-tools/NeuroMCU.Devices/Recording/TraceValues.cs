// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Compiler;
using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Numerics;
using NeuroMCU.Models;
using NeuroMCU.Networks.Models;

namespace NeuroMCU.Devices.Recording;

/// <summary>Turns what the device samples into physical units.</summary>
public static class TraceValues
{
    private const double NanoamperesPerMicroampere = 1e3;

    /// <summary>A sample in its physical unit.</summary>
    /// <param name="trace">The trace.</param>
    /// <param name="population">Population of the neuron.</param>
    /// <param name="value">Value as the device sends it.</param>
    /// <returns>The value in <see cref="UnitOf" />.</returns>
    public static double Of(TraceTable trace, PopulationSymbol population, int value)
    {
        if (VariableOf(trace, population) is { } variable)
        {
            return value / (double)Formats.MembraneOne * variable.UnitValue;
        }

        return trace.Quantity == TraceQuantity.Current
            ? value / (NanoamperesPerMicroampere * (1L << population.CurrentBits))
            : population.Rest + (value / (double)Formats.MembraneOne * population.UnitValue);
    }

    private static VariableSymbol? VariableOf(TraceTable trace, PopulationSymbol population)
        => population.Variables is { } variables && trace.Quantity < variables.Count ? variables[trace.Quantity] : null;

    /// <summary>Unit of a trace.</summary>
    /// <param name="trace">The trace.</param>
    /// <param name="population">Population of the neuron.</param>
    /// <returns>The unit.</returns>
    public static string UnitOf(TraceTable trace, PopulationSymbol population)
        => VariableOf(trace, population)?.Unit ?? (trace.Quantity == TraceQuantity.Current ? "uA" : population.Unit);

    /// <summary>Where a neuron fires, as far as its membrane alone decides it.</summary>
    /// <param name="trace">The trace.</param>
    /// <param name="table">Population of the neuron on the device.</param>
    /// <param name="population">Population of the neuron.</param>
    /// <param name="index">Index of the neuron within its population.</param>
    /// <returns>The threshold in <see cref="UnitOf" />; null where there is none to draw.</returns>
    public static double? ThresholdOf(TraceTable trace, PopulationTable table, PopulationSymbol population, int index)
    {
        if (trace.Quantity == TraceQuantity.Current)
        {
            return null;
        }

        return table.Model switch
        {
            LeakyModel =>
                population.Rest + (At(table.Parameters[LeakyModel.Threshold], index) / (double)Formats.MembraneOne * population.UnitValue),
            _ => CircuitModels.All.FirstOrDefault(m => m.Device.Number == table.Model.Number)?.TraceThreshold(table.Parameters, index),
        };
    }

    /// <summary>What follows the name of the neuron in the name of a trace.</summary>
    /// <param name="trace">The trace.</param>
    /// <param name="population">Population of the neuron.</param>
    /// <returns>Empty for the membrane.</returns>
    public static string Suffix(TraceTable trace, PopulationSymbol population)
    {
        return trace.Quantity == TraceQuantity.Membrane ? string.Empty
            : VariableOf(trace, population) is { } variable ? "." + variable.Name
            : trace.Quantity == TraceQuantity.Current ? ".current" : string.Empty;
    }

    private static T At<T>(T[] values, int index) => values[values.Length == 1 ? 0 : index];
}
