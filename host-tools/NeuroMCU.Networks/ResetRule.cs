// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Networks;

/// <summary>What a neuron does after its spike.</summary>
public enum ResetRule
{
    /// <summary>The membrane goes to the reset value.</summary>
    Value,

    /// <summary>Threshold − reset is taken off the membrane, so that the excess is kept.</summary>
    Subtraction,
}
