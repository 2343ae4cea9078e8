// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Parts;

/// <summary>The components that a neuron is made of.</summary>
/// <param name="Kind">The circuit.</param>
public sealed record NeuronPart(NeuronKind Kind)
{
    /// <summary>Gets the component values of a thyristor neuron; null for other circuits.</summary>
    public ThyristorCell? Cell { get; init; }

    /// <summary>Gets the component values of a bursting neuron; null for other circuits.</summary>
    public BurstingCell? Bursting { get; init; }
}
