// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Exchange.Nir;

/// <summary>How a membrane comes nearer to its rest in a step.</summary>
public enum NirDecay
{
    /// <summary>By dt/tau of the distance, as snnTorch, Norse and the NIR paper do.</summary>
    Euler,

    /// <summary>By 1 − exp(−dt/tau) of it, as the differential equation says.</summary>
    Exact,
}
