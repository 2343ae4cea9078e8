// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Networks;

/// <summary>What a spike does at its target.</summary>
public enum SynapseShape
{
    /// <summary>Adds the weight to the membrane at once.</summary>
    Delta,

    /// <summary>Adds the weight to a current that decays exponentially.</summary>
    Exponential,
}
