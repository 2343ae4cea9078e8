// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Parts;
using NeuroMCU.VirtualBench.Circuits;
using NeuroMCU.VirtualBench.Peripherals;

namespace NeuroMCU.VirtualBench.Boards;

/// <summary>One channel of a virtual board: mirror, neuron, comparator and sense buffer, with what is wrong with them.</summary>
internal sealed class VirtualChannel
{
    private const double DriftLimit = 0.2;
    private const double FloatingVolts = 0.6;
    private const double FloatingNoise = 0.15;

    private readonly ChannelSpecimen _specimen;
    private readonly long _seed;
    private readonly BoardRandom _jitter;
    private readonly ThyristorCircuit? _thyristor;
    private double _current;
    private double _pulseSlope;
    private double _lastFall = double.NegativeInfinity;
    private long _rises;
    private bool _high;
    private bool _driveOpen;
    private bool _senseOpen;
    private bool _dead;
    private bool _thyristorShorted;
    private bool? _detectStuck;
    private bool _driveStuck;
    private double _stuckVolts;
    private double _noise;
    private double _warmth;
    private double _aged;
    private double _driftRate;
    private double _driftSince;
    private double _nudge;

    public VirtualChannel(ChannelSpecimen specimen, long seed, int number)
    {
        _specimen = specimen;
        _seed = unchecked((seed * 64) + number);
        _jitter = new BoardRandom(seed, (number * 8) + 3);
        ChannelPlan plan = specimen.Plan;
        Circuit = plan.Kind switch
        {
            NeuronKind.Bursting => new BurstingCircuit(plan.Bursting!, specimen.DetectLevel),
            NeuronKind.Lui => new LuiCircuit(),
            NeuronKind.Wire => new WireCircuit(specimen.DetectLevel),
            _ => new ThyristorCircuit(specimen.Part, specimen.DetectLevel, plan.DetectHysteresis),
        };
        _thyristor = Circuit as ThyristorCircuit;
        Circuit.Crossed = Crossed;
        Circuit.Fired = time =>
        {
            Jitter(time);
            Fired?.Invoke(time);
        };
    }

    public INeuronCircuit Circuit { get; }

    public Action<double>? Fired { get; set; }

    /// <summary>Gets or sets the voltage that the drive's converter should give.</summary>
    public double Commanded { get; private set; }

    /// <summary>Sets the voltage that the drive's converter should give; what arrives at the neuron depends on the cables.</summary>
    public void Command(double nominal) => Commanded = nominal;

    /// <summary>What the drive's cable carries, in V.</summary>
    public double CableVolts() => _driveStuck ? _stuckVolts : _specimen.Dac.Volts(Commanded);

    /// <summary>Takes what the drive's cable brings, in V.</summary>
    public void Receive(double time, double volts)
    {
        double current = _driveOpen || _dead
            ? 0
            : _specimen.Plan.Kind switch
            {
                NeuronKind.Wire => volts,
                NeuronKind.Lui => LuiSlope(volts),
                _ => _specimen.Current(volts),
            };
        _current = current;
        Circuit.Drive(time, current + _pulseSlope);
    }

    /// <summary>Takes the voltage at the pulse input, which only a Lu.i has; any pulse above its input voltage charges alike.</summary>
    public void Pulse(double time, double volts)
    {
        _pulseSlope = _specimen.Plan.Kind == NeuronKind.Lui && volts > LuiCircuit.InputVolts && !_dead ? LuiCircuit.FullSlope : 0;
        Circuit.Drive(time, _current + _pulseSlope);
    }

    public void Apply(ChannelFault fault)
    {
        Circuit.Advance(fault.At);
        switch (fault.Kind)
        {
            case ChannelFaultKind.Latched:
                _thyristor?.Latch(fault.At, true);
                break;
            case ChannelFaultKind.OpenDrive:
                _driveOpen = true;
                break;
            case ChannelFaultKind.OpenSense:
                _senseOpen = true;
                break;
            case ChannelFaultKind.ShortedMembrane:
                _thyristor?.Short(fault.At, true);
                _dead |= _thyristor is null;
                break;
            case ChannelFaultKind.ShortedThyristor:
                _thyristorShorted = true;
                break;
            case ChannelFaultKind.Drift:
                _driftRate = (fault.Value ?? 1) / 100;
                _driftSince = fault.At;
                break;
            case ChannelFaultKind.Aged:
                _aged += (fault.Value ?? 10) / 100;
                Retune(fault.At);
                break;
            case ChannelFaultKind.Noisy:
                _noise = fault.Value ?? 0.06;
                break;
            case ChannelFaultKind.DacStuck:
                _stuckVolts = fault.Value ?? CableVolts();
                _driveStuck = true;
                break;
            case ChannelFaultKind.DetectHigh:
                _detectStuck = true;
                _rises += _high ? 0 : 1;
                break;
            case ChannelFaultKind.DetectLow:
                _detectStuck = false;
                break;
            case ChannelFaultKind.NoSupply:
                _dead = true;
                break;
            case ChannelFaultKind.Swapped:
            default:
                break;
        }
    }

    /// <summary>Moves threshold, onset and hold current to where temperature, age and drift put them.</summary>
    public void Retune(double time, double warmth)
    {
        Circuit.Advance(time);
        _warmth = warmth;
        Retune(time);
    }

    /// <summary>Voltage at the load, in V.</summary>
    public double Load(double time)
    {
        if (_dead)
        {
            return 0;
        }

        return _thyristorShorted ? _current * _specimen.Part.Load : Circuit.Output(time);
    }

    /// <summary>Membrane voltage, in V.</summary>
    public double Membrane(double time) => _dead ? 0 : _thyristorShorted ? _current * _specimen.Part.Load : Circuit.Membrane(time);

    /// <summary>Voltage at the sense converter's pin, in V.</summary>
    public double Sense(double time, long sample)
    {
        if (_senseOpen)
        {
            return Math.Max(0, FloatingVolts + (FloatingNoise * BoardRandom.NoiseAt(_seed, 1, sample)));
        }

        double volts = (Load(time) * _specimen.Plan.SenseGain) + (_dead ? 0 : _specimen.SenseOffset);
        if (_noise > 0)
        {
            volts += _noise * BoardRandom.NoiseAt(_seed, 2, sample);
        }

        return Math.Clamp(volts, 0, PinMap.Supply);
    }

    /// <summary>What an ideal converter would have to see at the sense pin, in V.</summary>
    public double Seen(double time, long sample) => _specimen.Adc.Seen(Sense(time, sample), BoardRandom.NoiseAt(_seed, 3, sample));

    /// <summary>Level of the DETECT pin.</summary>
    public bool Detect(double time)
    {
        Circuit.Advance(time);
        return _detectStuck ?? (!_dead && !_thyristorShorted && (_high || time < _lastFall + _specimen.Plan.DetectStretch));
    }

    /// <summary>Rising edges of the DETECT pin since power-on.</summary>
    public long Rises(double time)
    {
        Circuit.Advance(time);
        return _rises;
    }

    // Volts per second at the membrane: a pulse's height makes no difference, and of pulses that a filter would smooth the mean counts.
    private double LuiSlope(double volts) => _specimen.Plan.Drive == ConverterPart.Pin
        ? LuiCircuit.FullSlope * volts / PinMap.Supply
        : volts > LuiCircuit.InputVolts ? LuiCircuit.FullSlope : 0;

    private void Crossed(double time, bool upwards)
    {
        if (upwards && !_high && _detectStuck is null && !_dead && !_thyristorShorted && time >= _lastFall + _specimen.Plan.DetectStretch)
        {
            _rises++;
        }

        _high = upwards;
        _lastFall = upwards ? _lastFall : time;
    }

    private void Jitter(double time)
    {
        if (_specimen.Jitter > 0)
        {
            _nudge = _specimen.Jitter * _jitter.Normal(0, 1);
            Retune(time);
        }
    }

    private void Retune(double time)
    {
        if (_thyristor is null)
        {
            return;
        }

        ThyristorCell part = _specimen.Part;
        double drift = Math.Clamp(_driftRate * Math.Max(0, time - _driftSince), -DriftLimit, DriftLimit);
        double scale = 1 + drift + _aged + _nudge + (_specimen.ThresholdPerKelvin * _warmth);

        // A part whose threshold comes down to its hold voltage would never open; a real one is thrown away before.
        double least = (1.05 * Math.Max(part.HoldVoltage, part.Knee)) + part.Memory;
        _thyristor.Retune(
            time,
            Math.Max(part.Threshold * scale, least),
            part.Onset * scale,
            part.Hold * (1 + (_specimen.HoldPerKelvin * _warmth)));
    }
}
