// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Networks.Models;

/// <summary>Neuron model of a population.</summary>
public enum NeuronModel
{
    /// <summary>Fires when told to: stored spikes, Poisson trains, injected spikes, a microphone front end.</summary>
    Input,

    /// <summary>Leaky integrate-and-fire, τ du/dt = −(u − e) + I.</summary>
    Lif,

    /// <summary>A hand-written model with currents and voltages: <see cref="Population.Circuit" /> says which.</summary>
    Circuit,

    /// <summary>Equations as a text, from the library or from a file.</summary>
    Equations,
}
