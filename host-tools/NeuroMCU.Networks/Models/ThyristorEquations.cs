// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Parts;

namespace NeuroMCU.Networks.Models;

/// <summary>C dV/dt = I − g·max(0, V − V_knee) while the thyristor is off, I − (V − V_on)/R_c while it is on.</summary>
/// <param name="initial">Membrane at the start in V.</param>
internal sealed class ThyristorEquations(ThyristorCell cell, double initial) : CellEquations
{
    private bool _on;
    private double _releasedAt = double.PositiveInfinity;
    private double _lowUntil = double.NegativeInfinity;

    /// <inheritdoc />
    public override double[] Start() => [initial];

    /// <inheritdoc />
    public override void Slope(double time, double[] state, double amperes, double[] slope)
    {
        double through = _on ? (state[0] - cell.OnVoltage) / cell.ConductingResistance : cell.Leak * Math.Max(0, state[0] - cell.Knee);
        slope[0] = (amperes - through) / cell.Capacitance;
    }

    /// <inheritdoc />
    public override double Switching(double time, double[] state)
    {
        if (!_on)
        {
            return state[0] - (time < _lowUntil ? cell.Threshold - cell.Memory : cell.Threshold);
        }

        return double.IsPositiveInfinity(_releasedAt) ? cell.HoldVoltage - state[0] : time - _releasedAt;
    }

    /// <inheritdoc />
    public override bool Switch(double time, double[] state)
    {
        if (!_on)
        {
            _on = true;
            return true;
        }

        if (double.IsPositiveInfinity(_releasedAt))
        {
            _releasedAt = time + cell.Release;
            return false;
        }

        _on = false;
        _releasedAt = double.PositiveInfinity;
        _lowUntil = time + cell.MemoryTime;
        return false;
    }
}
