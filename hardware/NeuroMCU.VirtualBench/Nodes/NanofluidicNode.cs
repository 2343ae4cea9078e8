// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.VirtualBench.Nodes;

/// <summary>models/memory/nanofluidic-unipolar.yaml and nanofluidic-bipolar.yaml: a conductance that follows the voltage, or its
/// magnitude, with an exponential memory.</summary>
internal sealed class NanofluidicNode(NodeParameters p, bool bipolar) : MemoryNode
{
    private double _g = bipolar ? p["G_0"] * (1 + p["beta"]) / 2 : p["G_0"];

    /// <inheritdoc />
    public override double Conductance => _g;

    /// <inheritdoc />
    public override bool Keeps => false;

    /// <inheritdoc />
    public override double[] State
    {
        get => [_g];
        set => _g = value[0];
    }

    /// <inheritdoc />
    public override void Hold(double volts, double seconds)
    {
        double end = bipolar
            ? p["G_0"] * (1 + ((p["beta"] - 1) * (1 + Math.Tanh(volts / p["V_s"])) / 2))
            : p["G_0"] + (p["G_1"] * Math.Pow(Math.Abs(volts) / p["V_0"], p["alpha"]));
        _g = end + ((_g - end) * Math.Exp(-seconds / p["tau_m"]));
    }

    /// <inheritdoc />
    public override void Lose(double share)
    {
        // It forgets by itself, in its own time.
    }
}
