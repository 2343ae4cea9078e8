// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Recordings;

/// <summary>A named range of global neuron indices.</summary>
/// <param name="Name">Name in the network file.</param>
/// <param name="First">Global index of its first neuron.</param>
/// <param name="Size">Number of neurons.</param>
/// <param name="Recorded">False when its spikes are not part of the record.</param>
public sealed record RecordedPopulation(string Name, int First, int Size, bool Recorded = true)
{
    /// <summary>True when the global index lies in this population.</summary>
    /// <param name="neuron">Global neuron index.</param>
    /// <returns>Whether it belongs here.</returns>
    public bool Contains(int neuron) => neuron >= First && neuron < First + Size;
}
