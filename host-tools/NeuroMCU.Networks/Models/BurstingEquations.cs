// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Parts;

namespace NeuroMCU.Networks.Models;

/// <summary>C dV/dt = I − I_M, C_s dV_s/dt = I_M − V_s/R_s, with the thyristor between them off or on.</summary>
/// <param name="initial">Voltage of the dendrite at the start in V.</param>
internal sealed class BurstingEquations(BurstingCell cell, double initial) : CellEquations
{
    private bool _on;
    private double _releasedAt = double.PositiveInfinity;
    private double _openedAt = double.NegativeInfinity;

    /// <inheritdoc />
    public override double[] Start() => [initial, 0];

    /// <inheritdoc />
    public override void Slope(double time, double[] state, double amperes, double[] slope)
    {
        double through = Through(state[0] - state[1]);
        slope[0] = (amperes - through) / cell.Part.Capacitance;
        slope[1] = (through - (state[1] / cell.SomaResistance)) / cell.SomaCapacitance;
    }

    /// <inheritdoc />
    public override double Switching(double time, double[] state)
    {
        double across = state[0] - state[1];
        if (!_on)
        {
            return across - cell.Part.Threshold + (cell.ThresholdDrop * Math.Exp((_openedAt - time) / cell.ThresholdRecovery));
        }

        return double.IsPositiveInfinity(_releasedAt) ? cell.Part.OnVoltage + (cell.Part.Hold * cell.Part.OnResistance) - across
            : time - _releasedAt;
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
            _releasedAt = time + cell.Part.Release;
            return false;
        }

        _on = false;
        _releasedAt = double.PositiveInfinity;
        _openedAt = time;
        return false;
    }

    private double Through(double across) => _on
        ? Math.Max(0, across - cell.Part.OnVoltage) / cell.Part.OnResistance
        : cell.Part.Leak * Math.Max(0, across - cell.Part.Knee);
}
