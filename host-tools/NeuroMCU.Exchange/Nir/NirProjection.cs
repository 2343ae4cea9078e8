// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Exchange.Nir;

/// <summary>The synapses from one population to another.</summary>
/// <param name="Through">Names of the nodes that they come from; empty for a bare edge.</param>
/// <param name="Synapses">Target, source, delay in µs, weight; by source, then target.</param>
internal sealed record NirProjection(
    NirPopulation Source, NirPopulation Target, IReadOnlyList<string> Through,
    IReadOnlyList<(int Post, int Pre, int Delay, double Weight)> Synapses)
{
    /// <summary>Whether each neuron goes to the one of its number, with weight 1 and at once.</summary>
    public bool IsIdentity => Source.Size == Target.Size && Synapses.Count == Source.Size
        && Synapses.All(s => s.Pre == s.Post && s.Delay == 0 && s.Weight == 1);
}
