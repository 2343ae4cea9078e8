// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Runtime.InteropServices;

namespace NeuroMCU.Networks.Sites;

/// <summary>The part of a network that one board runs, as a network of its own.</summary>
/// <param name="Site">The site.</param>
/// <param name="Network">The network of the board.</param>
/// <param name="Populations">Its populations, in order, with their place in the whole.</param>
/// <param name="Traces">Number in the whole of each of its traces.</param>
/// <param name="Readouts">Number in the whole of each of its read-outs.</param>
internal sealed record NetworkPart(
    NetworkSite Site, Network Network, IReadOnlyList<PartPopulation> Populations, IReadOnlyList<int> Traces, IReadOnlyList<int> Readouts)
{
    /// <summary>Index in the whole network of a neuron of the part.</summary>
    /// <param name="neuron">Its index in the part.</param>
    /// <returns>The index.</returns>
    public int WholeNeuron(int neuron)
    {
        PartPopulation population = Populations.First(p => neuron < p.Population.FirstNeuron + p.Population.Size);
        return population.Whole.FirstNeuron + population.Members[neuron - population.Population.FirstNeuron];
    }
}

/// <summary>Where a spike of a neuron goes over the wire.</summary>
/// <param name="Site">Number of the site.</param>
/// <param name="Neuron">Index in the part there of the neuron that stands for it.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Crossing(int Site, int Neuron);
