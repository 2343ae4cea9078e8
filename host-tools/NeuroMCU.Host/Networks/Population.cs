// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Collections.Generic;

namespace NeuroMCU.Host.Networks
{
    /// <summary>
    /// A population of neurons with the parameters of the file, unrounded. Membrane quantities are in <see cref="MembraneUnit" />, absolute
    /// (not relative to rest) unless said otherwise; time constants are in µs.
    /// </summary>
    public sealed class Population
    {
        /// <summary>Name, unique in the network.</summary>
        public required string Name { get; init; }

        /// <summary>Position among the populations.</summary>
        public required int Index { get; init; }

        /// <summary>Global index of the first neuron.</summary>
        public required int FirstNeuron { get; init; }

        /// <summary>Number of neurons.</summary>
        public required int Size { get; init; }

        /// <summary>Neuron model.</summary>
        public required NeuronModel Model { get; init; }

        /// <summary>Unit of the membrane: <c>mV</c>, or <c>1</c> for pure numbers.</summary>
        public required string MembraneUnit { get; init; }

        /// <summary>Update scheme asked for.</summary>
        public UpdateScheme Update { get; init; }

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

        /// <summary>Coordinates of the neurons for distance-dependent delays; empty when none were given.</summary>
        public IReadOnlyList<IReadOnlyList<double>> Positions { get; init; } = [];

        /// <summary>True when its spikes are recorded.</summary>
        public bool Recorded { get; set; }

        /// <summary>Where it stands in the file.</summary>
        public required SourceLocation Location { get; init; }
    }
}
