// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Networks;

namespace NeuroMCU.Reference;

/// <summary>A population that fires when told to; it has no membrane.</summary>
internal sealed class SourceTwin : ReferenceModel
{
    /// <summary>Sets up a population.</summary>
    public SourceTwin(Population population, IReferenceClock clock)
        : base(population, clock)
    {
    }

    /// <inheritdoc />
    public override void Arrive(Projection projection, int neuron, double weight, long time)
    {
        throw new InvalidOperationException("An input population takes no synapses.");
    }

    /// <inheritdoc />
    public override void ChangeDrive(int neuron, double change, long time)
    {
        throw new InvalidOperationException("An input population takes no drive.");
    }

    /// <inheritdoc />
    public override double Sample(int neuron, TraceQuantity quantity, long time) => 0;
}
