// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Networks;

/// <summary>A trace to record.</summary>
/// <param name="Population">Population of the neuron.</param>
/// <param name="Neuron">Index within the population.</param>
/// <param name="Interval">Interval between samples in µs.</param>
/// <param name="Location">Where it stands in the file.</param>
/// <param name="Quantity">What is recorded.</param>
public sealed record TraceRequest(Population Population, int Neuron, int Interval, SourceLocation Location,
    TraceQuantity Quantity = TraceQuantity.Membrane)
{
    /// <summary>Number among <see cref="Population.VariableNames" /> of a population whose model is a text; −1 for others.</summary>
    public int Variable { get; init; } = -1;

    /// <summary>Unit of the samples.</summary>
    public string Unit => Variable >= 0 ? Population.VariableUnit(Variable) : Quantity == TraceQuantity.Current ? Population.DriveUnit
        : Population.MembraneUnit;
}
