// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Networks;

/// <summary>A neuron parameter: one value for the population, or one per neuron.</summary>
/// <param name="Values">One value, or as many as the population has neurons.</param>
/// <param name="Location">Where it was set; the population when it is a default.</param>
public sealed record NeuronParameter(IReadOnlyList<double> Values, SourceLocation Location)
{
    /// <summary>True when all neurons share one value.</summary>
    public bool IsUniform => Values.Count == 1;

    /// <summary>The value of a neuron.</summary>
    /// <param name="neuron">Index within the population.</param>
    /// <returns>The value, in the unit of the parameter.</returns>
    public double At(int neuron) => Values[Values.Count == 1 ? 0 : neuron];

    /// <summary>The parameter of some of the neurons.</summary>
    /// <param name="members">Their indices within the population.</param>
    /// <returns>Their values, in this order.</returns>
    internal NeuronParameter Of(IReadOnlyList<int> members) => IsUniform ? this : this with { Values = [.. members.Select(At)] };
}
