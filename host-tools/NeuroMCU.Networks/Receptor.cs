// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Networks;

/// <summary>Which current of an exponential population a projection feeds.</summary>
public enum Receptor
{
    /// <summary>The excitatory current (or the membrane, for delta synapses).</summary>
    Excitatory,

    /// <summary>The inhibitory current.</summary>
    Inhibitory,
}
