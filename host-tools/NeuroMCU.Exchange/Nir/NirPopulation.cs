// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Exchange.Nir;

/// <summary>
/// A node as a population. One step: x is what arrived; for a current, i goes to j = i − ks·i + gs·x + cs, else j = x;
/// v goes to v + c − k·v + g·j; where v is above the threshold, the neuron fires.
/// </summary>
internal sealed class NirPopulation
{
    /// <summary>The node.</summary>
    public required NirNode Node { get; init; }

    /// <summary>Name in the network file.</summary>
    public required string Name { get; init; }

    /// <summary>Number of neurons.</summary>
    public required int Size { get; init; }

    /// <summary>Whether it has a current that decays.</summary>
    public bool HasCurrent => Node.Type is "CubaLIF" or "CubaLI";

    /// <summary>Share of the distance to rest that a step goes.</summary>
    public double[] K { get; init; } = [];

    /// <summary>What a unit of input adds to the membrane in a step.</summary>
    public double[] G { get; init; } = [];

    /// <summary>What a step adds to the membrane by itself.</summary>
    public double[] C { get; init; } = [];

    /// <summary>Share of the current that a step takes off.</summary>
    public double[] Ks { get; init; } = [];

    /// <summary>What a unit of input adds to the current.</summary>
    public double[] Gs { get; init; } = [];

    /// <summary>What a step adds to the current by itself.</summary>
    public double[] Cs { get; init; } = [];

    /// <summary>Threshold of each neuron; empty for those that do not fire.</summary>
    public double[] Threshold { get; init; } = [];

    /// <summary>Membrane after a spike.</summary>
    public double[] Reset { get; init; } = [];

    /// <summary>Membrane at the start.</summary>
    public double[] Start { get; init; } = [];

    /// <summary>Largest sum of weights that one volley brings to a neuron.</summary>
    public double LargestVolley { get; set; }
}
