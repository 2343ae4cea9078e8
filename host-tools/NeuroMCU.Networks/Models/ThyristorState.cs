// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Parts;

namespace NeuroMCU.Networks.Models;

/// <summary>
/// Membrane and switch of one thyristor neuron. What happens on the way (the knee, the hold current, the threshold) falls on its exact
/// moment.
/// </summary>
internal sealed class ThyristorState : ICircuitState
{
    private const double Microsecond = 1e-6;

    private readonly ThyristorCell _cell;
    private Phase _phase = Phase.Off;
    private double _releaseLeft;
    private double _memoryLeft;

    /// <summary>Sets up a neuron that is off.</summary>
    /// <param name="initial">Membrane in V.</param>
    public ThyristorState(ThyristorCell cell, double initial)
    {
        _cell = cell;
        Membrane = initial;
    }

    private enum Phase
    {
        Off,
        On,
        Releasing,
    }

    /// <inheritdoc />
    public double Output => Membrane;

    /// <summary>Membrane in V.</summary>
    public double Membrane { get; private set; }

    /// <inheritdoc />
    public bool AtThreshold => _phase == Phase.Off && Membrane >= Threshold;

    /// <inheritdoc />
    public ICircuitState Copy() => (ThyristorState)MemberwiseClone();

    /// <inheritdoc />
    public void Add(double charge)
    {
        Membrane = Math.Max(0, Membrane + (charge / _cell.Capacitance));
    }

    /// <inheritdoc />
    public void Fire()
    {
        _phase = Phase.On;
    }

    /// <inheritdoc />
    public void GoToThreshold()
    {
        Membrane = Threshold;
    }

    /// <inheritdoc />
    public void Advance(double current, double duration)
    {
        double left = duration;
        while (left > 0)
        {
            left -= _phase switch
            {
                Phase.On => AdvanceOn(current, left),
                Phase.Releasing => AdvanceRelease(current, left),
                _ => PassMemory(AdvanceOff(current, left)),
            };
        }
    }

    /// <inheritdoc />
    public double TimeToThreshold(double current)
    {
        ThyristorState ahead = (ThyristorState)Copy();
        double time = 0;
        while (ahead._phase != Phase.Off)
        {
            double wait = ahead._phase == Phase.On ? ahead.TimeToOpen(current) : ahead._releaseLeft;
            if (double.IsPositiveInfinity(wait))
            {
                return wait;
            }

            time += wait;
            if (ahead._phase == Phase.On)
            {
                ahead.AdvanceOn(current, wait);
            }
            else
            {
                ahead.AdvanceRelease(current, wait);
            }
        }

        return time + ahead.TimeOff(current);
    }

    // In the window after turning off the threshold lies lower.
    private double Threshold => _memoryLeft > 0 ? _cell.Threshold - _cell.Memory : _cell.Threshold;

    // off, above the knee: V relaxes to V_knee + I/g with the time constant C/g; below it is a ramp.
    private double TimeOff(double current)
    {
        if (_memoryLeft > 0)
        {
            double early = TimeTo(_cell.Threshold - _cell.Memory, current);
            if (early < _memoryLeft)
            {
                return early;
            }
        }

        return TimeTo(_cell.Threshold, current);
    }

    private double TimeTo(double threshold, double current)
    {
        if (Membrane >= threshold)
        {
            return 0;
        }

        double target = _cell.Knee + (current / _cell.Leak);
        if (target <= threshold)
        {
            return double.PositiveInfinity;
        }

        double ramp = Membrane < _cell.Knee ? _cell.Capacitance * (_cell.Knee - Membrane) / current : 0;
        double leak = _cell.Capacitance / _cell.Leak * Math.Log((target - Math.Max(Membrane, _cell.Knee)) / (target - threshold));
        return (ramp + leak) / Microsecond;
    }

    private double AdvanceOff(double current, double left)
    {
        double knee = _cell.Knee;
        double target = knee + (current / _cell.Leak);
        double tau = _cell.Capacitance / _cell.Leak;
        if (Membrane > knee || (Membrane.Equals(knee) && current >= 0))
        {
            double down = current < 0 ? tau / Microsecond * Math.Log((Membrane - target) / (knee - target)) : double.PositiveInfinity;
            if (down < left)
            {
                // Just below the knee, so that the ramp goes on from there.
                Membrane = Math.BitDecrement(knee);
                return down;
            }

            Membrane = target + ((Membrane - target) * Math.Exp(-left * Microsecond / tau));
            return left;
        }

        double up = current > 0 ? _cell.Capacitance * (knee - Membrane) / current / Microsecond : double.PositiveInfinity;
        if (up <= left)
        {
            Membrane = knee;
            return up;
        }

        Membrane = Math.Max(0, Membrane + (current * left * Microsecond / _cell.Capacitance));
        return left;
    }

    private double PassMemory(double passed)
    {
        _memoryLeft = Math.Max(0, _memoryLeft - passed);
        return passed;
    }

    // on: V relaxes to E = V_on + I·R_c with the time constant C·R_c, and opens on its way through V_hold.
    private double TimeToOpen(double current)
    {
        double equilibrium = _cell.OnVoltage + (current * _cell.ConductingResistance);
        double open = _cell.HoldVoltage;
        if (Membrane < open)
        {
            return 0;
        }

        return equilibrium >= open ? double.PositiveInfinity
            : _cell.DischargeTime / Microsecond * Math.Log((Membrane - equilibrium) / (open - equilibrium));
    }

    private double AdvanceOn(double current, double left)
    {
        double open = TimeToOpen(current);
        if (open > left)
        {
            Discharge(current, left);
            return left;
        }

        Membrane = Math.Min(Membrane, _cell.HoldVoltage);
        _phase = Phase.Releasing;
        _releaseLeft = _cell.Release / Microsecond;
        return open;
    }

    private double AdvanceRelease(double current, double left)
    {
        double passed = Math.Min(left, _releaseLeft);
        Discharge(current, passed);
        _releaseLeft -= passed;
        if (_releaseLeft == 0)
        {
            _phase = Phase.Off;
            _memoryLeft = _cell.MemoryTime / Microsecond;
        }

        return passed;
    }

    private void Discharge(double current, double time)
    {
        double equilibrium = _cell.OnVoltage + (current * _cell.ConductingResistance);
        Membrane = equilibrium + ((Membrane - equilibrium) * Math.Exp(-time * Microsecond / _cell.DischargeTime));
    }
}
