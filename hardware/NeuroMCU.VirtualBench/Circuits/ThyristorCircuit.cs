// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Parts;

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
/// Between two events the membrane obeys C dV/dt = a − b·V; an event is a boundary that V reaches or a time that runs out, and the next
/// one is known from the start of the segment.
/// </remarks>
public sealed class ThyristorCircuit : SwitchingCircuit
{
    /// <summary>Current in A below which even a part that does not release opens.</summary>
    public const double LatchedHold = 2e-6;

    private readonly History<CapacitorLaw.Segment> _log = new();
    private readonly double _outputGain;
    private readonly double _hysteresis;
    private double _voltage;
    private double _a;
    private double _b;
    private bool _latched;
    private bool _shorted;

    /// <summary>Initializes a new instance of the <see cref="ThyristorCircuit" /> class, empty and without drive, at time 0.</summary>
    /// <param name="cell">Component values.</param>
    /// <param name="detectLevel">Output voltage in V of the spike detector.</param>
    /// <param name="detectHysteresis">The detector lets go this many V lower.</param>
    /// <exception cref="ArgumentException">A component value is out of range.</exception>
    public ThyristorCircuit(ThyristorCell cell, double detectLevel = DetectLevels.Load, double detectHysteresis = 0)
        : base(Checked(cell), detectLevel)
    {
        _hysteresis = detectHysteresis;
        _outputGain = cell.Load / cell.ConductingResistance;
        Begin();
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
            Begin();
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
            Begin();
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
        Cell = (Cell with { Threshold = threshold, Onset = onset, Hold = hold }).Checked();
        Begin();
    }

    /// <inheritdoc />
    public override double Membrane(double time)
    {
        Advance(time);
        return time < Start && _log.Find(time, out CapacitorLaw.Segment past) ? past.At(time, Cell.Capacitance) : After(time - Start);
    }

    /// <inheritdoc />
    public override double Output(double time)
    {
        Advance(time);
        if (time < Start && _log.Find(time, out CapacitorLaw.Segment past))
        {
            return OutputOf(past.At(time, Cell.Capacitance), past.Conducting);
        }

        return OutputOf(After(time - Start), Conducting);
    }

    /// <inheritdoc />
    private protected override void End(double time, double target)
    {
        double end = double.IsNaN(target) ? After(time - Start) : target;
        _log.Add(new CapacitorLaw.Segment(Start, _voltage, _a, _b, Conducting));
        _voltage = end;
    }

    /// <inheritdoc />
    /// <remarks>The voltage of the load jumps with the current.</remarks>
    private protected override bool AboveAfterSwitching() => Conducting && OutputOf(_voltage, conducting: true) > DetectLevel;

    /// <inheritdoc />
    private protected override void Solve()
    {
        double shunt = _shorted ? 1 : ResetConductance;
        if (Phase == State.Off)
        {
            BeginOff(shunt);
        }
        else
        {
            BeginOn(shunt);
        }
    }

    private static ThyristorCell Checked(ThyristorCell cell)
    {
        ArgumentNullException.ThrowIfNull(cell);
        return cell.Checked();
    }

    private double Threshold(double time) =>
        time < OpenedAt + Cell.MemoryTime ? Cell.Threshold - Cell.Memory : Cell.Threshold;

    private double OutputOf(double voltage, bool conducting) => conducting
        ? Math.Max(0, voltage - Cell.OnVoltage) * _outputGain
        : Math.Max(0, voltage - Cell.Knee) * Cell.Leak * Cell.Load;

    private double After(double elapsed) => CapacitorLaw.Value(_voltage, _a, _b, Cell.Capacitance, elapsed);

    private void BeginOff(double shunt)
    {
        double knee = Cell.Knee;
        double g = Cell.Leak;
        bool leaking = _voltage > knee || (_voltage == knee && Current - (shunt * knee) > 0);
        _a = leaking ? Current + (g * knee) : Current;
        _b = leaking ? g + shunt : shunt;
        if (_voltage <= 0 && _a < 0)
        {
            // No current leaves an empty capacitor: the mirror that would draw it is at its end.
            _voltage = 0;
            _a = 0;
            _b = 0;
        }

        double threshold = Threshold(Start);
        if (_voltage >= threshold)
        {
            At(Start, Event.Fire);
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

        if (threshold != Cell.Threshold)
        {
            At(OpenedAt + Cell.MemoryTime, Event.MemoryEnd);
        }
    }

    private void BeginOn(double shunt)
    {
        double floor = Cell.OnVoltage;
        double conductance = 1 / Cell.ConductingResistance;
        bool carries = _voltage > floor || (_voltage == floor && Current - (shunt * floor) > 0);
        _a = carries ? Current + (floor * conductance) : Current;
        _b = carries ? conductance + shunt : shunt;
        double hold = floor + ((_latched ? LatchedHold : Cell.Hold) * Cell.ConductingResistance);
        if (Phase == State.On && _voltage < hold)
        {
            At(Start, Event.Hold);
            return;
        }

        if (Phase == State.Releasing)
        {
            AtRelease();
        }
        else if (_voltage > hold)
        {
            Reach(hold, Event.Hold);
        }
        else if (_a - (_b * _voltage) < 0)
        {
            At(Start, Event.Hold);
            return;
        }

        double detect = floor + ((Above ? DetectLevel - _hysteresis : DetectLevel) / _outputGain);
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
        double time = Start + CapacitorLaw.TimeTo(_voltage, level, _a, _b, Cell.Capacitance);
        At(time, what, level);
    }
}
