// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Internet.Rules;

namespace NeuroMCU.Internet.Nodes;

/// <summary>A weight that is a number: pulses add and take away a step.</summary>
internal sealed class NumberNode : ISynapseNode
{
    private double _weight;

    /// <summary>What a pulse adds or takes away, 0 for a weight that stays.</summary>
    public double Step { get; init; }

    /// <inheritdoc />
    public double State
    {
        get => _weight;
        set => _weight = Math.Clamp(value, 0, 255);
    }

    /// <inheritdoc />
    public byte Weight => (byte)Math.Round(_weight, MidpointRounding.ToEven);

    /// <inheritdoc />
    public double Fraction => _weight / 255;

    /// <inheritdoc />
    public void Move(double change) => State = _weight + (255 * change);

    /// <inheritdoc />
    public void Pulse(WeightChange change) => State = _weight
        + (change == WeightChange.Potentiate ? Step : change == WeightChange.Depress ? -Step : 0);
}
