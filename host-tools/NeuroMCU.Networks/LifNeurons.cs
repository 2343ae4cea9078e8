// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Networks;

/// <summary>
/// Parameters of a population of leaky integrate-and-fire neurons, τ du/dt = −(u − e) + I, unrounded. Membrane quantities are in the
/// population's unit, absolute (not relative to rest) unless said otherwise; time constants are in µs.
/// </summary>
public sealed record LifNeurons
{
    /// <summary>Synapse shape.</summary>
    public SynapseShape Synapse { get; init; }

    /// <summary>Reset rule.</summary>
    public ResetRule ResetBy { get; init; }

    /// <summary>Resting value, one for the population.</summary>
    public double Rest { get; init; }

    /// <summary>Membrane time constant in µs.</summary>
    public required NeuronParameter Tau { get; init; }

    /// <summary>Firing threshold.</summary>
    public required NeuronParameter Threshold { get; init; }

    /// <summary>Value after a spike.</summary>
    public required NeuronParameter Reset { get; init; }

    /// <summary>Refractory period in µs (whole).</summary>
    public required NeuronParameter Refractory { get; init; }

    /// <summary>Bias current times resistance: shift of the equilibrium, relative to rest.</summary>
    public required NeuronParameter Bias { get; init; }

    /// <summary>Lower bound of the membrane; negative infinity for none.</summary>
    public required NeuronParameter Floor { get; init; }

    /// <summary>Value at start.</summary>
    public required NeuronParameter Initial { get; init; }

    /// <summary>Time constant of the excitatory current in µs; 0 for delta synapses.</summary>
    public double TauExcitatory { get; init; }

    /// <summary>Time constant of the inhibitory current in µs; 0 for delta synapses.</summary>
    public double TauInhibitory { get; init; }
}
