// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Networks.Boards;

/// <summary>One physical neuron of a board, in physical units. What the firmware knows of it stands at the same number in the
/// profile.</summary>
/// <param name="Name">Name for people and network files, for example 'n1'.</param>
/// <param name="Drive">What drives it; null when nothing does.</param>
/// <param name="Sense">What reads it; null when nothing does.</param>
/// <param name="SpikeHeight">Height of its spike at the neuron in mV; null when unknown.</param>
/// <param name="SpikeWidth">Width of its spike at half height in µs; null when unknown.</param>
public sealed record ChannelDescription(string Name, DriveDescription? Drive, SenseDescription? Sense, double? SpikeHeight, int? SpikeWidth)
{
    /// <summary>Gets what stands at the channel.</summary>
    public NeuronDescription Neuron { get; init; } = NeuronDescription.Default;
}
