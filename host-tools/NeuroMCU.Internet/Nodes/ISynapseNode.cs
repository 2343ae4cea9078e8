// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Internet.Rules;

namespace NeuroMCU.Internet.Nodes;

/// <summary>What holds a weight: a memristor, or a number.</summary>
internal interface ISynapseNode
{
    /// <summary>The weight that a spike gets, 0 to 255.</summary>
    byte Weight { get; }

    /// <summary>What is kept over a restart: the resistance in Ω, or the number.</summary>
    double State { get; set; }

    /// <summary>Applies one pulse.</summary>
    void Pulse(WeightChange change);
}
