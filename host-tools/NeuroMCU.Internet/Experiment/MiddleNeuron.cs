// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Internet.Experiment;

/// <summary>What stands in for the living neuron in the middle of the chain.</summary>
/// <param name="Name">Its model.</param>
/// <param name="File">The shipped network file of its site.</param>
/// <param name="Device">The device that steps it in real time; null for the virtual one with the costs of an ESP32.</param>
internal sealed record MiddleNeuron(string Name, string File, string? Device)
{
    /// <summary>The usual one: adaptive exponential integrate-and-fire.</summary>
    public static MiddleNeuron Adex { get; } = new("adex", "biological.yaml", null);

    /// <summary>A pyramidal cell in two compartments, whose steps of 20 µs are too many for an ESP32.</summary>
    public static MiddleNeuron PinskyRinzel { get; } = new("pinsky-rinzel", "pyramidal.yaml", "virtual:ideal");

    /// <summary>All, the usual one first.</summary>
    public static IReadOnlyList<MiddleNeuron> All { get; } = [Adex, PinskyRinzel];

    /// <summary>The neuron of a model.</summary>
    /// <param name="name">One of their names; null for the usual one.</param>
    /// <returns>The neuron.</returns>
    public static MiddleNeuron Of(string? name) => All.First(n => n.Name == (name ?? Adex.Name));
}
