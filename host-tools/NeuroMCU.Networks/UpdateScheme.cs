// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Networks;

/// <summary>How a population is brought forward in time.</summary>
public enum UpdateScheme
{
    /// <summary>The compiler chooses what is cheaper.</summary>
    Auto,

    /// <summary>At its own events only.</summary>
    Event,

    /// <summary>At every step of the network.</summary>
    Clocked,
}
