// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.VirtualBench.Circuits;

/// <summary>
/// The memristive bursting neuron: the load of a thyristor neuron is a soma of R_s parallel to C_s, so that the spikes of the dendrite
/// (C_m and thyristor) pull up the voltage that they start from. Wu et al., Neuromorph. Comput. Eng. 3, 044008 (2023), eq. 3 to 5:
/// <code>
/// C_m dV/dt = I − I_M      C_s dV_s/dt = I_M − V_s/R_s      output V_s
/// off: I_M = g·max(0, V − V_s − V_knee)      on: I_M = max(0, (V − V_s − V_on)/r_on)
/// </code>
/// It fires when V − V_s reaches the threshold and opens when I_M falls below I_hold. For a time after opening the threshold is lower
/// (stored gate charge): V_th − memory·e^(−t/memory time). That makes the bursts near onset (IB1); those near the block (IB2) need more
/// than this circuit has.
/// </summary>
/// <remarks>
/// Within a segment both voltages are sums of two exponentials; events are found on these exactly. Only while the threshold recovers is
/// the crossing bracketed first, in steps of a sixteenth of the memory time. The part's load is not used: the soma takes its place.
/// </remarks>
public sealed class BurstingCircuit : INeuronCircuit
{
    // After so many memory times the threshold is back to within a part in 10^5 of the memory.
    private const double MemorySpan = 12;

    private readonly History<PairStretch> _log = new();
    private readonly ThyristorPart _part;
    private readonly double _somaCapacitance;
    private readonly double _leakSlope;
    private ExponentialPair _membrane;
    private ExponentialPair _soma;
    private double _somaResistance;
    private double _current;
    private double _start;
    private double _v;
    private double _s;
    private double _next;
    private Event _event;
    private State _state;
    private bool _reset;
    private bool _above;
    private double _openedAt = double.NegativeInfinity;
    private double _releaseAt;

    /// <summary>Initializes a new instance of the <see cref="BurstingCircuit" /> class, empty and without drive, at time 0.</summary>
    /// <param name="part">Component values of the dendrite.</param>
    /// <param name="somaResistance">R_s in Ω.</param>
    /// <param name="somaCapacitance">C_s in F.</param>
    /// <param name="detectLevel">Output voltage in V of the spike detector.</param>
    /// <exception cref="ArgumentException">A component value is out of range.</exception>
    public BurstingCircuit(ThyristorPart part, double somaResistance, double somaCapacitance, double detectLevel = 0.05)
    {
        ArgumentNullException.ThrowIfNull(part);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(somaResistance);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(somaCapacitance);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(part.OnResistance);
        _part = part.Checked();
        _somaResistance = somaResistance;
        _somaCapacitance = somaCapacitance;
        _leakSlope = part.Onset / (part.Threshold - part.Knee);
        DetectLevel = detectLevel;
        Begin();
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
            Begin();
        }
    }

    /// <inheritdoc />
    public void Reset(double time, bool pressed)
    {
        if (pressed != _reset)
        {
            MoveTo(time);
            _reset = pressed;
            Begin();
        }
    }

    /// <summary>Changes the resistor of the soma, as a digital potentiometer does.</summary>
    /// <param name="time">Time in s.</param>
    /// <param name="resistance">R_s in Ω, above 0.</param>
    public void SetSoma(double time, double resistance)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(resistance);
        MoveTo(time);
        _somaResistance = resistance;
        Begin();
    }

    /// <inheritdoc />
    public double Membrane(double time)
    {
        Advance(time);
        return time < _start && _log.Find(time, out PairStretch past) ? past.Membrane.At(Math.Max(0, time - past.Start)) : _membrane.At(Math.Max(0, time - _start));
    }

    /// <inheritdoc />
    public double Output(double time)
    {
        Advance(time);
        return time < _start && _log.Find(time, out PairStretch past) ? past.Soma.At(Math.Max(0, time - past.Start)) : _soma.At(Math.Max(0, time - _start));
    }

    private void MoveTo(double time)
    {
        Advance(time);
        if (time > _start)
        {
            Take(time);
        }
    }

    private void Take(double time)
    {
        _log.Add(new PairStretch(_start, _membrane, _soma));
        double v = _membrane.At(time - _start);
        _s = _soma.At(time - _start);
        _v = v;
        _start = time;
    }

    private void Step()
    {
        double time = _next;
        Event what = _event;
        Take(time);
        switch (what)
        {
            case Event.Fire:
                _state = State.On;
                Spikes++;
                break;
            case Event.Hold:
                _state = State.Releasing;
                _releaseAt = time + _part.Release;
                break;
            case Event.Released:
                _state = State.Off;
                _openedAt = time;
                break;
            case Event.Detect:
                _above = !_above;
                break;
            case Event.None:
            case Event.Boundary:
            default:
                break;
        }

        // The state is whole again before anybody is told, who may well look at it.
        bool above = _above;
        Begin();
        if (what == Event.Fire)
        {
            Fired?.Invoke(time);
        }
        else if (what == Event.Detect)
        {
            Crossed?.Invoke(time, above);
        }
    }

    private void Begin()
    {
        _next = double.PositiveInfinity;
        _event = Event.None;
        double bias = _state == State.Off ? _part.Knee : _part.OnVoltage;
        double slope = _state == State.Off ? _leakSlope : 1 / _part.OnResistance;
        double across = _v - _s;
        bool conducts = across > bias + 1e-12 || (across > bias - 1e-12 && Rises());
        Solve(conducts ? slope : 0, bias);
        ExponentialPair difference = _membrane.Minus(_soma);
        if (_state == State.Off)
        {
            At(_start + FiringTime(difference), Event.Fire);
        }
        else
        {
            BeginOn(difference);
        }

        At(_start + difference.TimeTo(bias), Event.Boundary);
        At(_start + _soma.TimeTo(DetectLevel), Event.Detect);
    }

    private void BeginOn(in ExponentialPair difference)
    {
        if (_state == State.Releasing)
        {
            At(_releaseAt, Event.Released);
            return;
        }

        double hold = _part.OnVoltage + (_part.Hold * _part.OnResistance);
        At(_v - _s <= hold ? _start : _start + difference.TimeTo(hold), Event.Hold);
    }

    // Without conduction both voltages are known: does their difference grow?
    private bool Rises() => _reset
        ? _s / _somaResistance / _somaCapacitance > _v / ThyristorCircuit.ResetResistance / _part.Capacitance
        : (_current / _part.Capacitance) + (_s / _somaResistance / _somaCapacitance) > 0;

    private void Solve(double g, double bias)
    {
        double cm = _part.Capacitance;
        double cs = _somaCapacitance;
        double rs = 1 / _somaResistance;
        double shunt = _reset ? 1 / ThyristorCircuit.ResetResistance : 0;
        if (g == 0 && shunt == 0)
        {
            _membrane = new ExponentialPair(_v, _current / cm, 0, -rs / cs, 0, 0);
            _soma = new ExponentialPair(0, 0, _s, -rs / cs, 0, 0);
            return;
        }

        if (g == 0)
        {
            double end = _current / shunt;
            _membrane = new ExponentialPair(end, 0, 0, -rs / cs, _v - end, -shunt / cm);
            _soma = new ExponentialPair(0, 0, _s, -rs / cs, 0, -shunt / cm);
            return;
        }

        // dV/dt = m11 V + m12 V_s + ..., dV_s/dt = m21 V + m22 V_s + ...; m12 m21 > 0, so that both rates are real and differ.
        double m11 = -(g + shunt) / cm;
        double m12 = g / cm;
        double m21 = g / cs;
        double m22 = -(g + rs) / cs;
        double half = (m11 + m22) / 2;
        double root = Math.Sqrt((((m11 - m22) / 2) * ((m11 - m22) / 2)) + (m12 * m21));
        double fast = half - root;
        double slow = ((m11 * m22) - (m12 * m21)) / fast;
        double determinant = (m11 * m22) - (m12 * m21);
        double ev = (_current + (g * bias)) / cm;
        double es = -(g * bias) / cs;
        double restV = ((m12 * es) - (m22 * ev)) / determinant;
        double restS = ((m21 * ev) - (m11 * es)) / determinant;
        double dv = _v - restV;
        double ds = _s - restS;

        // Components along the eigenvectors (m12, λ − m11).
        double alongSlow = ((ds * m12) - (dv * (fast - m11))) / (m12 * (slow - fast));
        double alongFast = (dv / m12) - alongSlow;
        _membrane = new ExponentialPair(restV, 0, alongFast * m12, fast, alongSlow * m12, slow);
        _soma = new ExponentialPair(restS, 0, alongFast * (fast - m11), fast, alongSlow * (slow - m11), slow);
    }

    private double FiringTime(in ExponentialPair difference)
    {
        double since = _start - _openedAt;
        double span = (MemorySpan * _part.MemoryTime) - since;
        if (_part.Memory == 0 || !(span > 0))
        {
            return difference.At(0) >= _part.Threshold ? 0 : difference.TimeTo(_part.Threshold);
        }

        if (difference.At(0) >= Threshold(since))
        {
            return 0;
        }

        double step = _part.MemoryTime / 16;
        for (double t = 0; t < span; t += step)
        {
            if (difference.At(t + step) >= Threshold(since + t + step))
            {
                return Bracketed(difference, since, t, t + step);
            }
        }

        return difference.TimeTo(_part.Threshold);
    }

    private double Threshold(double since) => _part.Threshold - (_part.Memory * Math.Exp(-since / _part.MemoryTime));

    private double Bracketed(in ExponentialPair difference, double since, double low, double high)
    {
        while (high - low > 1e-10)
        {
            double middle = (low + high) / 2;
            if (difference.At(middle) >= Threshold(since + middle))
            {
                high = middle;
            }
            else
            {
                low = middle;
            }
        }

        return high;
    }

    private void At(double time, Event what)
    {
        if (time < _next)
        {
            _next = time;
            _event = what;
        }
    }
}
