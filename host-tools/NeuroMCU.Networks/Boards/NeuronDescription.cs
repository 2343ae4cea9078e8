// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Parts;

namespace NeuroMCU.Networks.Boards;

/// <summary>What stands at a channel: the components that its neuron is made of. The host alone needs it, the device does not.</summary>
/// <param name="Kind">The circuit.</param>
/// <param name="Set">Its component set for people: the name of a preset, with the values that differ, or the name of the circuit.</param>
public sealed record NeuronDescription(NeuronKind Kind, string Set)
{
    /// <summary>Gets what stands where a profile does not say: the published set that a network file has by default, too.</summary>
    public static NeuronDescription Default { get; } =
        new(NeuronKind.Thyristor, ThyristorPresets.Default) { Cell = ThyristorPresets.Get(ThyristorPresets.Default) };

    /// <summary>Gets the component values of a thyristor neuron; null for other circuits.</summary>
    public ThyristorCell? Cell { get; init; }

    /// <summary>Gets the component values of a bursting neuron; null for other circuits.</summary>
    public BurstingCell? Bursting { get; init; }

    /// <summary>Gets the name of the board's output whose pulses charge the neuron, of a Lu.i; null when nothing is connected to its
    /// input.</summary>
    public string? Input { get; init; }

    /// <summary>Gets the hold current of the thyristor in A; null where there is no thyristor.</summary>
    public double? Hold => Cell?.Hold ?? Bursting?.Part.Hold;
}
