// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Networks;

namespace NeuroMCU.Reference;

/// <summary>Finds the class of a population's model. A new model is added here and nowhere else in the simulator.</summary>
internal static class ReferenceModels
{
    /// <summary>Sets up a population.</summary>
    /// <param name="scheme">Update scheme asked for, where the model leaves a choice.</param>
    /// <returns>The population at time 0.</returns>
    public static ReferenceModel Create(Population population, UpdateScheme scheme, IReferenceClock clock)
    {
        return population switch
        {
            { Circuit: not null } => new CircuitTwin(population, clock),
            { Equations: not null } => new EquationTwin(population, clock),
            { Lif: not null } => LifTwin.Create(population, scheme, clock),
            _ => new SourceTwin(population, clock),
        };
    }
}
