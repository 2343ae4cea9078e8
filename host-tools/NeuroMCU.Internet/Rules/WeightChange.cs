// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Internet.Rules;

/// <summary>What a rule does to a synapse.</summary>
internal enum WeightChange
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>One pulse of potentiation.</summary>
    Potentiate,

    /// <summary>One pulse of depression.</summary>
    Depress,
}
