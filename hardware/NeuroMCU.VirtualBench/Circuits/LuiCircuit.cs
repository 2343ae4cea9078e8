// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.VirtualBench.Circuits;

/// <summary>
/// A Lu.i board as seen from its connectors: a leaky membrane that a pulse at the input charges for as long as it lasts, so that the
/// pulse's width is the weight, and an output pulse of 2.5 V and 15 ms for each spike (github.com/giant-axon/lu.i-neuron-pcb,
/// doc/electronic-interface.md). Membrane voltages are counted from rest and as parts of the threshold's 1 V: the potentiometers of a
/// real board set what they are.
/// </summary>
internal sealed class LuiCircuit : INeuronCircuit
{
    /// <summary>Height of an output pulse in V.</summary>
    public const double PulseVolts = 2.5;

    /// <summary>Length of an output pulse in s; the membrane stays at rest for so long.</summary>
    public const double PulseTime = 15e-3;

    /// <summary>Input voltage in V above which a pulse counts; its height makes no difference.</summary>
    public const double InputVolts = 1.8;

    /// <summary>Slope in V/s with which an input that is high charges the membrane: two Lu.i spikes reach the threshold.</summary>
    public const double FullSlope = 40;

    private readonly double _timeConstant;
    private readonly double _threshold;
    private double _current;
    private double _start;
    private double _voltage;
    private double _pulseEnd = double.NegativeInfinity;
    private double _lastPulseStart = double.NegativeInfinity;
    private bool _firing;
    private bool _reset;

    /// <summary>Initializes a new instance of the <see cref="LuiCircuit" /> class at rest, at time 0.</summary>
    /// <param name="threshold">Threshold in V above rest.</param>
    public LuiCircuit(double timeConstant = 0.1, double threshold = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(timeConstant);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(threshold);
        _timeConstant = timeConstant;
        _threshold = threshold;
    }

    /// <inheritdoc />
    public Action<double, bool>? Crossed { get; set; }

    /// <inheritdoc />
    public Action<double>? Fired { get; set; }

    /// <inheritdoc />
    public double DetectLevel => PulseVolts / 2;

    /// <inheritdoc />
    public long Spikes { get; private set; }

    /// <inheritdoc />
    public void Advance(double time)
    {
        for (double next = NextEvent(); next <= time; next = NextEvent())
        {
            _voltage = After(next - _start);
            _start = next;
            if (_firing)
            {
                _firing = false;
                Crossed?.Invoke(next, false);
            }
            else
            {
                _voltage = 0;
                _firing = true;
                _lastPulseStart = next;
                _pulseEnd = next + PulseTime;
                Spikes++;
                Fired?.Invoke(next);
                Crossed?.Invoke(next, true);
            }
        }
    }

    /// <inheritdoc />
    /// <remarks>Here the drive is the slope in V/s with which an input pulse charges the membrane, 0 between pulses.</remarks>
    public void Drive(double time, double current)
    {
        MoveTo(time);
        _current = current;
    }

    /// <inheritdoc />
    public void Reset(double time, bool pressed)
    {
        MoveTo(time);
        _reset = pressed;
        _voltage = pressed ? 0 : _voltage;
    }

    /// <inheritdoc />
    public double Membrane(double time)
    {
        Advance(time);
        return After(Math.Max(0, time - _start));
    }

    /// <inheritdoc />
    /// <remarks>Of the past, the last pulse is kept.</remarks>
    public double Output(double time)
    {
        Advance(time);
        return time >= _lastPulseStart && time < _pulseEnd ? PulseVolts : 0;
    }

    private void MoveTo(double time)
    {
        Advance(time);
        if (time > _start)
        {
            _voltage = After(time - _start);
            _start = time;
        }
    }

    private double After(double elapsed)
    {
        if (_firing || _reset)
        {
            return 0;
        }

        double rest = _current * _timeConstant;
        return rest + ((_voltage - rest) * Math.Exp(-elapsed / _timeConstant));
    }

    private double NextEvent()
    {
        if (_firing)
        {
            return _pulseEnd;
        }

        double rest = _current * _timeConstant;
        return rest > _threshold && !_reset
            ? _start + (_timeConstant * Math.Log((rest - _voltage) / (rest - _threshold)))
            : double.PositiveInfinity;
    }
}
