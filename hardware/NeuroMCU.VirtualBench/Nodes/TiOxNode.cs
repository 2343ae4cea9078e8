// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.VirtualBench.Nodes;

/// <summary>models/memory/tiox-memristor.yaml: a resistance between two ends that pulses above a threshold move; positive ones raise
/// it.</summary>
internal sealed class TiOxNode(NodeParameters p) : MemoryNode
{
    private double _r = p["R_max"];

    /// <inheritdoc />
    public override double Conductance => 1 / _r;

    /// <inheritdoc />
    public override bool Keeps => true;

    /// <inheritdoc />
    public override double[] State
    {
        get => [_r];
        set => _r = value[0];
    }

    /// <inheritdoc />
    public override void Hold(double volts, double seconds)
    {
        double over = Math.Max(0, Math.Abs(volts) - p["V_t"]) / (p["V_p"] - p["V_t"]);
        double end = volts > 0 ? p["R_max"] : p["R_min"];
        double keep = Math.Pow(1 - p[volts > 0 ? "up" : "down"], over * seconds / p["t_p"]);
        _r = end + ((_r - end) * keep);
    }

    /// <inheritdoc />
    public override void Lose(double share) => _r += share * (p["R_max"] - _r);
}
