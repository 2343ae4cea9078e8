// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.VirtualBench.Nodes;

/// <summary>A digital potentiometer: a wiper on so many taps; a full pulse is a step of one tap, and longer ones step
/// further.</summary>
internal sealed class PotentiometerNode(NodeParameters p) : MemoryNode
{
    private double _tap;

    /// <inheritdoc />
    public override double Conductance => p["G_max"] * _tap / (p["taps"] - 1);

    /// <inheritdoc />
    public override bool Keeps => true;

    /// <inheritdoc />
    public override double[] State
    {
        get => [_tap];
        set => _tap = value[0];
    }

    /// <inheritdoc />
    public override void Hold(double volts, double seconds)
    {
        if (Math.Abs(volts) >= p["V_t"])
        {
            _tap = Math.Clamp(_tap + (Math.Sign(volts) * Math.Round(seconds / p["t_p"])), 0, p["taps"] - 1);
        }
    }

    /// <inheritdoc />
    public override void Lose(double share)
    {
        // A wiper stays where it is.
    }
}
