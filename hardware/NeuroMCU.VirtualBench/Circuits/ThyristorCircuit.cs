// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.VirtualBench.Circuits;

/// <summary>
/// A thyristor neuron, exact from event to event. A current I charges C_m; the thyristor fires at the threshold, empties C_m through the
/// load and opens when its current is too small to hold it:
/// <code>
/// off: C dV/dt = I − g·max(0, V − V_knee)     g = I_min/(V_th − V_knee)
/// on:  C dV/dt = I − (V − V_on)/R_c           R_c = r_on + R_load, I_M = max(0, (V − V_on)/R_c)
/// </code>
/// It stays on for the release time after I_M has fallen below I_hold; at I ≥ I_hold that never happens (depolarisation block).
/// The output is I_M·R_load. The two-state form is that of Wu et al., Phys. Rev. Applied 23, 034030 (2025), eq. 7 and 8; V_on is needed
/// for small loads, the knee stands for the steep gate leak of low-threshold parts, release and memory for the gate's stored charge.
/// </summary>
/// <remarks>
/// Written for the virtual boards alone: neither the firmware's engine nor the host's reference shares a line with it, so that each can
/// be checked against it. Between two events the membrane obeys C dV/dt = a − b·V; an event is a boundary that V reaches or a time that
/// runs out, and the next one is known from the start of the segment.
/// </remarks>
public sealed class ThyristorCircuit : INeuronCircuit
{
    /// <summary>Resistance of the reset transistor with its series resistor, in Ω.</summary>
    public const double ResetResistance = 100;

    /// <summary>Current in A below which even a part that does not release opens.</summary>
    public const double LatchedHold = 2e-6;

    private readonly History<CapacitorLaw.Segment> _log = new();
    private readonly double _outputGain;
    private readonly double _hysteresis;
    private double _current;
    private double _start;
    private double _voltage;
    private double _a;
    private double _b;
    private double _next;
    private double _target;
    private Event _event;
    private State _state;
    private bool _reset;
    private bool _latched;
    private bool _shorted;
    private bool _above;
    private double _openedAt = double.NegativeInfinity;
    private double _releaseAt;
    private ThyristorPart _part;

    /// <summary>Initializes a new instance of the <see cref="ThyristorCircuit" /> class, empty and without drive, at time 0.</summary>
    /// <param name="part">Component values.</param>
    /// <param name="detectLevel">Output voltage in V of the spike detector.</param>
    /// <param name="detectHysteresis">The detector lets go this many V lower.</param>
    /// <exception cref="ArgumentException">A component value is out of range.</exception>
    public ThyristorCircuit(ThyristorPart part, double detectLevel = 0.7, double detectHysteresis = 0)
    {
        ArgumentNullException.ThrowIfNull(part);
        _part = part.Checked();
        DetectLevel = detectLevel;
        _hysteresis = detectHysteresis;
        _outputGain = part.Load / part.ConductingResistance;
        Begin(0);
    }

    private enum State
    {
        Off,
        On,
        Releasing,
    }

    private enum Event
    {
        None,
        Fire,
        Hold,
        Released,
        MemoryEnd,
        Detect,
        Boundary,
    }

    /// <inheritdoc />
    public Action<double, bool>? Crossed { get; set; }

    /// <inheritdoc />
    public Action<double>? Fired { get; set; }

    /// <inheritdoc />
    public double DetectLevel { get; }

    /// <inheritdoc />
    public long Spikes { get; private set; }

    /// <summary>Gets the component values as they are now.</summary>
    public ThyristorPart Part => _part;

    /// <summary>Gets the drive in A.</summary>
    public double Current => _current;

    /// <summary>Gets a value indicating whether the thyristor conducts, as of the last event.</summary>
    public bool Conducting => _state != State.Off;

    /// <inheritdoc />
    public void Advance(double time)
    {
        while (_next <= time)
        {
            Step();
        }
    }

    /// <inheritdoc />
    public void Drive(double time, double current)
    {
        if (current != _current)
        {
            MoveTo(time);
            _current = current;
            Begin(_start);
        }
    }

    /// <inheritdoc />
    public void Reset(double time, bool pressed)
    {
        if (pressed != _reset)
        {
            MoveTo(time);
            _reset = pressed;
            Begin(_start);
        }
    }

    /// <summary>Shorts the membrane capacitor, or takes the short away.</summary>
    /// <param name="time">Time in s.</param>
    /// <param name="shorted">True for a short of 1 Ω.</param>
    public void Short(double time, bool shorted)
    {
        if (shorted != _shorted)
        {
            MoveTo(time);
            _shorted = shorted;
            Begin(_start);
        }
    }

    /// <summary>Makes the part one that does not release: it holds itself down to <see cref="LatchedHold" />.</summary>
    /// <param name="time">Time in s.</param>
    /// <param name="latched">False to heal it.</param>
    public void Latch(double time, bool latched)
    {
        if (latched != _latched)
        {
            MoveTo(time);
            _latched = latched;
            Begin(_start);
        }
    }

    /// <summary>Changes threshold, onset and hold current: parts drift. Capacitor and resistors stay.</summary>
    /// <param name="time">Time in s.</param>
    /// <param name="threshold">Threshold in V.</param>
    /// <param name="onset">Onset in A.</param>
    /// <param name="hold">Hold current in A.</param>
    public void Retune(double time, double threshold, double onset, double hold)
    {
        MoveTo(time);
        _part = (_part with { Threshold = threshold, Onset = onset, Hold = hold }).Checked();
        Begin(_start);
    }

    /// <inheritdoc />
    public double Membrane(double time)
    {
        Advance(time);
        return time < _start && _log.Find(time, out CapacitorLaw.Segment past)
            ? past.At(time, _part.Capacitance)
            : After(_voltage, _a, _b, time - _start);
    }

    /// <inheritdoc />
    public double Output(double time)
    {
        Advance(time);
        if (time < _start && _log.Find(time, out CapacitorLaw.Segment past))
        {
            return OutputOf(past.At(time, _part.Capacitance), past.Conducting);
        }

        return OutputOf(After(_voltage, _a, _b, time - _start), _state != State.Off);
    }

    private double Threshold(double time) =>
        time < _openedAt + _part.MemoryTime ? _part.Threshold - _part.Memory : _part.Threshold;

    private double OutputOf(double voltage, bool conducting) => conducting
        ? Math.Max(0, voltage - _part.OnVoltage) * _outputGain
        : Math.Max(0, voltage - _part.Knee) * LeakSlope * _part.Load;

    private double LeakSlope => _part.Onset / (_part.Threshold - _part.Knee);

    private double After(double voltage, double a, double b, double elapsed) =>
        CapacitorLaw.Value(voltage, a, b, _part.Capacitance, elapsed);

    private void MoveTo(double time)
    {
        Advance(time);
        if (time > _start)
        {
            double voltage = After(_voltage, _a, _b, time - _start);
            Keep();
            _voltage = voltage;
            _start = time;
        }
    }

    private void Keep() => _log.Add(new CapacitorLaw.Segment(_start, _voltage, _a, _b, _state != State.Off));

    private void Step()
    {
        double time = _next;
        double target = _target;
        Event what = _event;
        double end = double.IsNaN(target) ? After(_voltage, _a, _b, time - _start) : target;
        Keep();
        _voltage = end;
        _start = time;
        bool above = _above;
        switch (what)
        {
            case Event.Fire:
                _state = State.On;
                Spikes++;
                _above = OutputOf(end, conducting: true) > DetectLevel;
                break;
            case Event.Hold:
                _state = State.Releasing;
                _releaseAt = time + _part.Release;
                break;
            case Event.Released:
                _state = State.Off;
                _openedAt = time;
                _above = false;
                break;
            case Event.Detect:
                _above = !_above;
                break;
            case Event.None:
            case Event.MemoryEnd:
            case Event.Boundary:
            default:
                break;
        }

        // The state is whole again before anybody is told, who may well look at it.
        bool now = _above;
        Begin(time);
        if (what == Event.Fire)
        {
            Fired?.Invoke(time);
        }

        if (now != above)
        {
            Crossed?.Invoke(time, now);
        }
    }

    // Finds the law that holds from here and the event that ends it.
    private void Begin(double time)
    {
        double shunt = _shorted ? 1 : _reset ? 1 / ResetResistance : 0;
        _start = time;
        _next = double.PositiveInfinity;
        _event = Event.None;
        _target = double.NaN;
        if (_state == State.Off)
        {
            BeginOff(shunt);
        }
        else
        {
            BeginOn(shunt);
        }
    }

    private void BeginOff(double shunt)
    {
        double knee = _part.Knee;
        double g = LeakSlope;
        bool leaking = _voltage > knee || (_voltage == knee && _current - (shunt * knee) > 0);
        _a = leaking ? _current + (g * knee) : _current;
        _b = leaking ? g + shunt : shunt;
        if (_voltage <= 0 && _a < 0)
        {
            // No current leaves an empty capacitor: the mirror that would draw it is at its end.
            _voltage = 0;
            _a = 0;
            _b = 0;
        }

        double threshold = Threshold(_start);
        if (_voltage >= threshold)
        {
            At(_start, Event.Fire, double.NaN);
            return;
        }

        Reach(threshold, Event.Fire);
        if (_voltage != knee)
        {
            Reach(knee, Event.Boundary);
        }

        if (_a < 0)
        {
            Reach(0, Event.Boundary);
        }

        if (threshold != _part.Threshold)
        {
            At(_openedAt + _part.MemoryTime, Event.MemoryEnd, double.NaN);
        }
    }

    private void BeginOn(double shunt)
    {
        double floor = _part.OnVoltage;
        double conductance = 1 / _part.ConductingResistance;
        bool carries = _voltage > floor || (_voltage == floor && _current - (shunt * floor) > 0);
        _a = carries ? _current + (floor * conductance) : _current;
        _b = carries ? conductance + shunt : shunt;
        double hold = floor + ((_latched ? LatchedHold : _part.Hold) * _part.ConductingResistance);
        if (_state == State.On && _voltage < hold)
        {
            At(_start, Event.Hold, double.NaN);
            return;
        }

        if (_state == State.Releasing)
        {
            At(_releaseAt, Event.Released, double.NaN);
        }
        else if (_voltage > hold)
        {
            Reach(hold, Event.Hold);
        }
        else if (_a - (_b * _voltage) < 0)
        {
            At(_start, Event.Hold, double.NaN);
            return;
        }

        double detect = floor + ((_above ? DetectLevel - _hysteresis : DetectLevel) / _outputGain);
        if (_voltage != detect)
        {
            Reach(detect, Event.Detect);
        }

        if (_voltage != floor)
        {
            Reach(floor, Event.Boundary);
        }
    }

    private void Reach(double level, Event what)
    {
        double time = _start + CapacitorLaw.TimeTo(_voltage, level, _a, _b, _part.Capacitance);
        At(time, what, level);
    }

    private void At(double time, Event what, double target)
    {
        if (time < _next)
        {
            _next = time;
            _event = what;
            _target = target;
        }
    }
}
