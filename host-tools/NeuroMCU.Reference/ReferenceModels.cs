// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Networks;
using NeuroMCU.Networks.Models;

namespace NeuroMCU.Reference;

/// <summary>Finds the class of a population's model. A new model is added here and nowhere else in the simulator.</summary>
internal static class ReferenceModels
{
    /// <summary>Sets up a population.</summary>
    /// <param name="scheme">Update scheme asked for, where the model leaves a choice.</param>
    /// <returns>The population at time 0.</returns>
    public static ReferenceModel Create(Population population, UpdateScheme scheme, IReferenceClock clock)
    {
        return population.Model switch
        {
            NeuronModel.Circuit => new CircuitTwin(population, clock),
            NeuronModel.Equations => new EquationTwin(population, clock),
            NeuronModel.Lif when scheme == UpdateScheme.Clocked || population.Synapse == SynapseShape.Exponential =>
                new ClockedLifTwin(population, clock),
            NeuronModel.Lif => new EventLifTwin(population, clock),
            _ => new SourceTwin(population, clock),
        };
    }
}
