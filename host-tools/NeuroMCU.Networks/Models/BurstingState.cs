// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Parts;

namespace NeuroMCU.Networks.Models;

/// <summary>The two voltages and the switch of one bursting neuron.</summary>
internal sealed class BurstingState : ICircuitState
{
    private const double Microsecond = 1e-6;

    // What a boundary is passed by, in V, so that the other side's law goes on from there.
    private const double Beyond = 1e-13;

    private readonly BurstingCell _cell;
    private readonly BurstingRelaxation _leak;
    private readonly BurstingRelaxation _discharge;
    private readonly double _hold;
    private double _dendrite;
    private double _soma;
    private double _lowered;
    private double _releaseLeft;
    private bool _on;
    private bool _releasing;

    /// <summary>Sets up a neuron that is off, its soma empty.</summary>
    /// <param name="initial">Voltage of the dendrite in V.</param>
    public BurstingState(BurstingCell cell, double initial)
    {
        _cell = cell;
        _leak = cell.Relaxation(cell.Part.Leak);
        _discharge = cell.Relaxation(1 / cell.Part.OnResistance);
        _hold = cell.HoldVoltage;
        _dendrite = initial;
    }

    /// <inheritdoc />
    public double Output => _soma;

    /// <inheritdoc />
    public bool AtThreshold => !_on && Across >= _cell.Part.Threshold - _lowered;

    private double Across => _dendrite - _soma;

    private double Boundary => _on ? _cell.Part.OnVoltage : _cell.Part.Knee;

    /// <inheritdoc />
    public ICircuitState Copy() => (BurstingState)MemberwiseClone();

    /// <inheritdoc />
    public void Add(double charge)
    {
        _dendrite = Math.Max(0, _dendrite + (charge / _cell.Part.Capacitance));
    }

    /// <inheritdoc />
    public void Fire()
    {
        _on = true;
        _releasing = false;
    }

    /// <inheritdoc />
    public void GoToThreshold()
    {
        _dendrite = _soma + _cell.Part.Threshold - _lowered;
    }

    /// <inheritdoc />
    public void Advance(double current, double duration)
    {
        for (double left = duration; left > 0;)
        {
            left -= Segment(current, left, toSpike: false, out _);
        }
    }

    /// <inheritdoc />
    public double TimeToThreshold(double current)
    {
        const double Farthest = 1e12;
        BurstingState ahead = (BurstingState)Copy();
        double time = 0;
        while (time < Farthest)
        {
            time += ahead.Segment(current, Farthest, toSpike: true, out bool fires);
            if (fires)
            {
                return time;
            }
        }

        return double.PositiveInfinity;
    }

    // Goes to the next switching, or as far as it may; returns the time that it took.
    private double Segment(double current, double left, bool toSpike, out bool fires)
    {
        bool conducts = Across >= Boundary;
        (ExponentialCourse dendrite, ExponentialCourse soma) = conducts ? Conducting(current) : Charging(current);
        ExponentialCourse across = Minus(dendrite, soma);
        double end = _releasing ? Math.Min(left, _releaseLeft) : left;
        double boundary = conducts
            ? (current < 0 ? Down(across, Boundary, end) : double.PositiveInfinity)
            : Up(across, Boundary, end, 0);
        double empty = dendrite.Ramp < 0 ? -_dendrite / dendrite.Ramp : double.PositiveInfinity;
        end = Math.Min(end, Math.Min(boundary, empty));
        double switching = _on
            ? (_releasing ? double.PositiveInfinity : Down(across, _hold, end))
            : (toSpike && conducts ? Up(across, _cell.Part.Threshold, end, _lowered) : double.PositiveInfinity);
        double time = Math.Min(end, switching);
        Go(dendrite, soma, time);
        fires = !_on && switching <= end;
        if (_on && switching <= end)
        {
            _releasing = true;
            _releaseLeft = _cell.Part.Release / Microsecond;
        }
        else if (time.Equals(boundary))
        {
            _dendrite = _soma + Boundary + (conducts ? -Beyond : Beyond);
        }
        else if (time.Equals(empty))
        {
            _dendrite = 0;
        }

        return time;
    }

    private void Go(ExponentialCourse dendrite, ExponentialCourse soma, double time)
    {
        _dendrite = Math.Max(0, dendrite.At(time));
        _soma = Math.Max(0, soma.At(time));
        _lowered *= Math.Exp(-time * Microsecond / _cell.ThresholdRecovery);
        if (_releasing)
        {
            _releaseLeft -= time;
            if (_releaseLeft <= 0)
            {
                _on = false;
                _releasing = false;
                _lowered = _cell.ThresholdDrop;
            }
        }
    }

    // No current leaves an empty capacitor.
    private (ExponentialCourse Dendrite, ExponentialCourse Soma) Charging(double current)
    {
        double ramp = _dendrite <= 0 && current < 0 ? 0 : current * Microsecond / _cell.Part.Capacitance;
        double rate = Microsecond / (_cell.SomaResistance * _cell.SomaCapacitance);
        return (new ExponentialCourse(_dendrite, ramp), new ExponentialCourse(0, 0, (_soma, rate)));
    }

    private (ExponentialCourse Dendrite, ExponentialCourse Soma) Conducting(double current)
    {
        BurstingRelaxation p = _on ? _discharge : _leak;
        double resistance = _on ? _cell.Part.OnResistance : 1 / _cell.Part.Leak;
        double restSoma = current * _cell.SomaResistance;
        double rest = restSoma + Boundary + (current * resistance);
        double dv = _dendrite - rest;
        double ds = _soma - restSoma;
        double slowV = (p.DendriteOfDendrite * dv) + (p.DendriteOfSoma * ds);
        double slowS = (p.SomaOfDendrite * dv) + (p.SomaOfSoma * ds);
        double fast = p.Fast * Microsecond;
        double slow = p.Slow * Microsecond;
        return (new ExponentialCourse(rest, 0, (dv - slowV, fast), (slowV, slow)),
            new ExponentialCourse(restSoma, 0, (ds - slowS, fast), (slowS, slow)));
    }

    private static ExponentialCourse Minus(ExponentialCourse first, ExponentialCourse second)
    {
        return new ExponentialCourse(
            first.Constant - second.Constant,
            first.Ramp,
            [.. first.Terms, .. Array.ConvertAll(second.Terms, t => (-t.Amplitude, t.Rate))]);
    }

    private double Up(ExponentialCourse across, double level, double limit, double lowered)
    {
        (double Amplitude, double Rate) memory = (lowered, Microsecond / _cell.ThresholdRecovery);
        return new ExponentialCourse(across.Constant - level, across.Ramp, [.. across.Terms, memory]).FirstZero(limit);
    }

    private static double Down(ExponentialCourse across, double level, double limit)
    {
        return new ExponentialCourse(level - across.Constant, -across.Ramp,
            Array.ConvertAll(across.Terms, t => (-t.Amplitude, t.Rate))).FirstZero(limit);
    }
}
