// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Parts;

namespace NeuroMCU.VirtualBench.Circuits;

/// <summary>
/// A circuit around one thyristor, exact from event to event: off until it fires, on until its current falls below the hold current, and
/// still on until the stored charge is gone. The circuits that derive from it know the law between two events.
/// </summary>
/// <remarks>
/// Written for the virtual boards alone: neither the firmware's engine nor the host's reference shares a line with it, so that each can
/// be checked against it. All of them share the component values.
/// </remarks>
public abstract class SwitchingCircuit : INeuronCircuit
{
    /// <summary>Resistance of the reset transistor with its series resistor, in Ω.</summary>
    public const double ResetResistance = 100;

    private double _next;
    private double _target;
    private double _releaseAt;
    private Event _event;
    private bool _reset;

    private protected SwitchingCircuit(ThyristorCell cell, double detectLevel)
    {
        Cell = cell;
        DetectLevel = detectLevel;
    }

    private protected enum State
    {
        Off,
        On,
        Releasing,
    }

    private protected enum Event
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
    public ThyristorCell Cell { get; private protected set; }

    /// <summary>Gets the drive in A.</summary>
    public double Current { get; private set; }

    /// <summary>Gets a value indicating whether the thyristor conducts, as of the last event.</summary>
    public bool Conducting => Phase != State.Off;

    private protected State Phase { get; private set; }

    /// <summary>Gets the time in s from which the present law holds.</summary>
    private protected double Start { get; private set; }

    /// <summary>Gets the time in s at which the thyristor opened last.</summary>
    private protected double OpenedAt { get; private set; } = double.NegativeInfinity;

    /// <summary>Gets a value indicating whether the output is above the detector's level.</summary>
    private protected bool Above { get; private set; }

    /// <summary>Gets the conductance in S of the pressed reset; 0 while it is not pressed.</summary>
    private protected double ResetConductance => _reset ? 1 / ResetResistance : 0;

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
        if (current != Current)
        {
            MoveTo(time);
            Current = current;
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

    /// <inheritdoc />
    public abstract double Membrane(double time);

    /// <inheritdoc />
    public abstract double Output(double time);

    /// <summary>Solves the law that holds from <see cref="Start" /> on and names, with <see cref="At" />, what may end it.</summary>
    private protected abstract void Solve();

    /// <summary>Keeps the segment that ends and takes its last voltages for the next one.</summary>
    /// <param name="time">Time in s at which it ends.</param>
    /// <param name="target">Voltage in V that is reached then; NaN where a time has run out.</param>
    private protected abstract void End(double time, double target);

    /// <summary>Tells whether the output is above the detector's level right after the thyristor has switched.</summary>
    private protected virtual bool AboveAfterSwitching() => Above;

    private protected void MoveTo(double time)
    {
        Advance(time);
        if (time > Start)
        {
            End(time, double.NaN);
            Start = time;
        }
    }

    private protected void Begin()
    {
        _next = double.PositiveInfinity;
        _event = Event.None;
        _target = double.NaN;
        Solve();
    }

    private protected void At(double time, Event what, double target = double.NaN)
    {
        if (time < _next)
        {
            _next = time;
            _event = what;
            _target = target;
        }
    }

    private protected void AtRelease() => At(_releaseAt, Event.Released);

    private void Step()
    {
        double time = _next;
        Event what = _event;
        bool before = Above;
        End(time, _target);
        Start = time;
        switch (what)
        {
            case Event.Fire:
                Phase = State.On;
                Spikes++;
                Above = AboveAfterSwitching();
                break;
            case Event.Hold:
                Phase = State.Releasing;
                _releaseAt = time + Cell.Release;
                break;
            case Event.Released:
                Phase = State.Off;
                OpenedAt = time;
                Above = AboveAfterSwitching();
                break;
            case Event.Detect:
                Above = !Above;
                break;
            case Event.None:
            case Event.MemoryEnd:
            case Event.Boundary:
            default:
                break;
        }

        // The state is whole again before anybody is called, who may well look at it.
        bool now = Above;
        Begin();
        if (what == Event.Fire)
        {
            Fired?.Invoke(time);
        }

        if (now != before)
        {
            Crossed?.Invoke(time, now);
        }
    }
}
