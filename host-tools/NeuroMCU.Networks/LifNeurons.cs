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

    /// <summary>Time constants of the currents of exponential synapses in µs; empty without such.</summary>
    internal IReadOnlyList<double> CurrentTaus => Synapse == SynapseShape.Exponential ? [TauExcitatory, TauInhibitory] : [];

    /// <summary>Largest distance of a threshold from rest, or from the reset value when no threshold lies above rest; positive.</summary>
    internal double Distance
    {
        get
        {
            double aboveRest = Threshold.Values.Max() - Rest;
            return aboveRest > 0 ? aboveRest : Neurons(Threshold, Reset).Max(i => Threshold.At(i) - Reset.At(i));
        }
    }

    /// <summary>True when a neuron's equilibrium lies above its threshold, so that it fires by itself.</summary>
    /// <param name="drive">Constant drive in the unit of the membrane.</param>
    /// <returns>Whether there is such a neuron.</returns>
    internal bool FiresAlone(double drive) => Neurons(Bias, Threshold).Any(i => Rest + Bias.At(i) + drive > Threshold.At(i));

    /// <summary>The parameters of some of the neurons.</summary>
    /// <param name="members">Their indices within the population.</param>
    /// <returns>The same neurons, in this order.</returns>
    internal LifNeurons Part(IReadOnlyList<int> members) => this with
    {
        Tau = Tau.Of(members),
        Threshold = Threshold.Of(members),
        Reset = Reset.Of(members),
        Refractory = Refractory.Of(members),
        Bias = Bias.Of(members),
        Floor = Floor.Of(members),
        Initial = Initial.Of(members),
    };

    // Indices at which at least one of two parameters may differ.
    private static IEnumerable<int> Neurons(NeuronParameter one, NeuronParameter other) =>
        Enumerable.Range(0, Math.Max(one.Values.Count, other.Values.Count));
}
