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

    /// <summary>Projection of a weight that is recorded; <see cref="Neuron" /> is its target then. Null for what neurons have.</summary>
    public Projection? Projection { get; init; }

    /// <summary>Source neuron of the weight, index within its population.</summary>
    public int Pre { get; init; }

    /// <summary>Which of several synapses between the two, shortest delay first; 0 for the only one.</summary>
    public int Parallel { get; init; }

    /// <summary>Name of the trace of a weight.</summary>
    /// <param name="projection">Name of the projection.</param>
    /// <param name="pre">Source neuron within its population.</param>
    /// <param name="post">Target neuron within its population.</param>
    /// <returns><c>projection[pre-post]</c>.</returns>
    public static string NameOfWeight(string projection, int pre, int post)
        => FormattableString.Invariant($"{projection}[{pre}-{post}]");

    /// <summary>Unit of the samples.</summary>
    public string Unit => Projection != null ? Projection.WeightUnit
        : Variable >= 0 ? Population.VariableUnit(Variable) : Quantity == TraceQuantity.Current ? Population.DriveUnit
        : Population.MembraneUnit;
}
