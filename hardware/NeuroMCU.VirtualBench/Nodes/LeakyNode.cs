// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.VirtualBench.Nodes;

/// <summary>A volatile node of parts: a capacitor that leaks, at the gate of a transistor. The conductance follows its voltage
/// linearly, x = V_C/V_full.</summary>
internal sealed class LeakyNode(NodeParameters p) : MemoryNode
{
    private double _x;

    /// <inheritdoc />
    public override double Conductance => p["G_min"] + ((p["G_max"] - p["G_min"]) * _x);

    /// <inheritdoc />
    public override bool Keeps => false;

    /// <inheritdoc />
    public override double[] State
    {
        get => [_x];
        set => _x = value[0];
    }

    /// <inheritdoc />
    public override void Hold(double volts, double seconds)
    {
        // The pulse charges through one resistor while the other one leaks; a reading does not reach the gate.
        double charge = Math.Abs(volts) >= p["V_t"] ? 1 / p["tau_c"] : 0;
        double rate = charge + (1 / p["tau"]);
        double end = charge * Math.Clamp(volts / p["V_full"], 0, 1) / rate;
        _x = end + ((_x - end) * Math.Exp(-rate * seconds));
    }

    /// <inheritdoc />
    public override void Lose(double share)
    {
        // It leaks by itself.
    }
}
