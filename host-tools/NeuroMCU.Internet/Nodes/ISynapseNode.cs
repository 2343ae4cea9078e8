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

    /// <summary>The weight before it is rounded, 0 to 1.</summary>
    double Fraction { get; }

    /// <summary>Moves the weight, as far as the node can.</summary>
    /// <param name="change">By how much, −1 to 1.</param>
    void Move(double change);

    /// <summary>Applies one pulse.</summary>
    void Pulse(WeightChange change);
}
