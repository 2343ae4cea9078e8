// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.VirtualBench.Nodes;

/// <summary>models/memory/asymmetric-channel.yaml: two conductances, and a charge that switches between them.</summary>
internal sealed class AsymmetricNode(NodeParameters p) : MemoryNode
{
    private bool _on;
    private double _q;

    /// <inheritdoc />
    public override double Conductance => p["G_off"] * (_on ? p["ratio"] : 1);

    /// <inheritdoc />
    public override bool Keeps => true;

    /// <inheritdoc />
    public override double[] State
    {
        get => [_on ? 1 : 0, _q];
        set => (_on, _q) = (value[0] >= 0.5, value[1]);
    }

    /// <inheritdoc />
    public override void Hold(double volts, double seconds)
    {
        _q += Conductance * volts * seconds;
        if (_on ? _q <= -p["Q_r"] : _q >= p["Q_th"])
        {
            _on = !_on;
            _q = 0;
        }
        else if (_on ? _q > 0 : _q < 0)
        {
            // Charge against the switching that is due next does not count.
            _q = 0;
        }
    }

    /// <inheritdoc />
    public override void Lose(double share)
    {
        // A blister stays up or down without current.
    }
}
