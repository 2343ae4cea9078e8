// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.VirtualBench.Nodes;

/// <summary>models/memory/lithium-tiox.yaml: volatile until it is formed once, then it keeps one of many levels.</summary>
internal sealed class LithiumNode(NodeParameters p) : MemoryNode
{
    // Above it the node counts as excited.
    private const double Excited = 0.1;

    // Steps of the slow variable while it and the fast one move together.
    private const double StepShare = 0.02;
    private const int MostSteps = 400;

    private double _w;
    private double _s;
    private bool _formed;

    /// <inheritdoc />
    public override double Conductance
    {
        get
        {
            double steps = p["levels"] - 1;
            double level = _formed ? Math.Floor((_w * steps) + 0.5) / steps : _w;
            return p["G_min"] + ((p["G_max"] - p["G_min"]) * level);
        }
    }

    /// <inheritdoc />
    public override bool Keeps => _formed;

    /// <inheritdoc />
    public override double[] State
    {
        get => [_w, _s, _formed ? 1 : 0];
        set => (_w, _s, _formed) = (value[0], value[1], value[2] >= 0.5);
    }

    /// <inheritdoc />
    public override void Hold(double volts, double seconds)
    {
        _formed |= volts >= p["V_form"];
        double target = volts > Excited ? 1 : 0;
        if (_formed)
        {
            Move(volts, seconds);
            Excite(target, seconds);
        }
        else if (volts <= 0)
        {
            double down = volts < 0 ? p["r_0"] * Math.Sinh(-volts / p["V_i"]) : 0;
            double before = _s;
            Excite(0, seconds);

            // The relaxation 1/(tau_0 (1 + kappa s)) of an s that decays has this integral.
            double relaxed = (seconds + (p["tau_s"] * Math.Log((1 + (p["kappa"] * _s)) / (1 + (p["kappa"] * before))))) / p["tau_0"];
            _w *= Math.Exp(-(down * seconds) - relaxed);
        }
        else
        {
            Inject(p["r_0"] * Math.Sinh(volts / p["V_i"]), target, seconds);
        }
    }

    /// <inheritdoc />
    public override void Lose(double share) => _w *= 1 - share;

    private void Excite(double target, double seconds) => _s = target + ((_s - target) * Math.Exp(-seconds / p["tau_s"]));

    private void Move(double volts, double seconds)
    {
        double over = Math.Max(0, Math.Abs(volts) - p["V_t"]) / (p["V_p"] - p["V_t"]);
        double keep = Math.Pow(1 - p["share"], over * seconds / p["t_p"]);
        double end = volts > 0 ? 1 : 0;
        _w = end + ((_w - end) * keep);
    }

    private void Inject(double up, double target, double seconds)
    {
        int steps = (int)Math.Clamp(Math.Ceiling(seconds / (StepShare * p["tau_s"])), 1, MostSteps);
        double h = seconds / steps;
        for (int k = 0; k < steps; k++)
        {
            Excite(target, h / 2);
            double rate = up + (1 / (p["tau_0"] * (1 + (p["kappa"] * _s))));
            double end = up / rate;
            _w = end + ((_w - end) * Math.Exp(-rate * h));
            Excite(target, h / 2);
        }
    }
}
