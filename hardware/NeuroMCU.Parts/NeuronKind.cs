// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Parts;

/// <summary>What stands at a channel.</summary>
public enum NeuronKind
{
    /// <summary>A thyristor neuron.</summary>
    Thyristor,

    /// <summary>A thyristor with a soma of R_s parallel to C_s in place of the load.</summary>
    Bursting,

    /// <summary>A Lu.i board.</summary>
    Lui,

    /// <summary>A wire from drive to sense.</summary>
    Wire,
}
