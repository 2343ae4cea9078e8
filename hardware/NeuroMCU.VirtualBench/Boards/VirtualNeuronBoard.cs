// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Parts;

namespace NeuroMCU.VirtualBench.Boards;

/// <summary>
/// A board of neurons between the device's drive voltages and its inputs. Nothing is computed until the device looks at a pin or changes
/// a drive; what is seen does not depend on how often one looks. Times are seconds since power-on.
/// </summary>
public sealed class VirtualNeuronBoard
{
    // Temperature and drift move the parts once in so many seconds.
    private const double TuningStep = 1;

    private readonly VirtualChannel[] _channels;
    private readonly int[] _cable;
    private readonly List<ChannelFault> _pending;
    private readonly BoardRandom _weather;
    private readonly long _seed;
    private Action<int, double>? _fired;
    private double _warmth;
    private long _step;
    private bool _tunes;

    /// <summary>Initializes a new instance of the <see cref="VirtualNeuronBoard" /> class, switched on at time 0 with all drives at 0
    /// V.</summary>
    /// <param name="specimen">The board.</param>
    /// <param name="faults">What is wrong with it, now or later; null for nothing.</param>
    /// <exception cref="ArgumentException">A fault names a channel that the board does not have.</exception>
    public VirtualNeuronBoard(BoardSpecimen specimen, IEnumerable<ChannelFault>? faults = null)
    {
        ArgumentNullException.ThrowIfNull(specimen);
        Specimen = specimen;
        _seed = specimen.Seed ?? 0;
        _channels = [.. specimen.Channels.Select((channel, i) => new VirtualChannel(channel, _seed, i))];
        _cable = [.. Enumerable.Range(0, _channels.Length)];
        _pending = [];
        _tunes = specimen.TemperatureDeviation > 0;
        _weather = new BoardRandom(_seed, -2);
        _warmth = specimen.TemperatureDeviation * _weather.Normal(0, 1);
        foreach (ChannelFault fault in faults ?? [])
        {
            Check(fault);
            _pending.Add(fault);
        }

        _pending.Sort((a, b) => a.At.CompareTo(b.At));
        Deliver(0);
        Follow(0);
    }

    /// <summary>Gets what the board is made of.</summary>
    public BoardSpecimen Specimen { get; }

    /// <summary>Gets the number of channels.</summary>
    public int Count => _channels.Length;

    /// <summary>Gets or sets what is called with channel and time of each firing of a neuron, whether or not the device can see it; may
    /// be null.</summary>
    public Action<int, double>? Fired
    {
        get => _fired;
        set
        {
            _fired = value;
            for (int i = 0; i < _channels.Length; i++)
            {
                int channel = i;
                _channels[i].Fired = value is null ? null : time => value(channel, time);
            }
        }
    }

    /// <summary>Puts a fault into the running board.</summary>
    /// <param name="fault">The fault; a time that has passed means at once.</param>
    /// <exception cref="ArgumentException">It names a channel that the board does not have.</exception>
    public void Inject(ChannelFault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        Check(fault);
        _pending.Add(fault.At >= Now ? fault : fault with { At = Now });
        _pending.Sort((a, b) => a.At.CompareTo(b.At));
    }

    /// <summary>Gets the latest time at which somebody looked or drove, in s.</summary>
    public double Now { get; private set; }

    /// <summary>Gets the number of spikes of a neuron since power-on.</summary>
    /// <param name="channel">Number of the channel.</param>
    /// <param name="time">Time in s.</param>
    /// <returns>Firings, those that the device cannot see included.</returns>
    public long Spikes(int channel, double time)
    {
        Follow(time);
        VirtualChannel neuron = _channels[channel];
        neuron.Circuit.Advance(time);
        return neuron.Circuit.Spikes;
    }

    /// <summary>Sets the voltage that a channel's drive converter should give.</summary>
    /// <param name="channel">Number of the channel.</param>
    /// <param name="time">Time in s.</param>
    /// <param name="volts">Nominal voltage of its code in V.</param>
    public void Drive(int channel, double time, double volts)
    {
        Follow(time);
        _channels[channel].Command(volts);
        Deliver(time);
    }

    /// <summary>Sets the voltage at the pulse input of a channel; nothing happens where there is none.</summary>
    /// <param name="channel">Number of the channel.</param>
    /// <param name="time">Time in s.</param>
    /// <param name="volts">Voltage in V.</param>
    public void Pulse(int channel, double time, double volts)
    {
        Follow(time);
        _channels[channel].Pulse(time, volts);
    }

    /// <summary>Presses or releases the reset of a channel.</summary>
    /// <param name="channel">Number of the channel.</param>
    /// <param name="time">Time in s.</param>
    /// <param name="pressed">True to press.</param>
    public void Reset(int channel, double time, bool pressed)
    {
        Follow(time);
        _channels[channel].Circuit.Reset(time, pressed);
    }

    /// <summary>Changes the resistor of a bursting neuron's soma; nothing happens at other channels.</summary>
    /// <param name="channel">Number of the channel.</param>
    /// <param name="time">Time in s.</param>
    /// <param name="resistance">R_s in Ω, above 0.</param>
    public void SetSoma(int channel, double time, double resistance)
    {
        Follow(time);
        (_channels[channel].Circuit as Circuits.BurstingCircuit)?.SetSoma(time, resistance);
    }

    /// <summary>Gets the voltage at a channel's sense pin.</summary>
    /// <param name="channel">Number of the channel.</param>
    /// <param name="time">Time in s; may lie some 100 ms back.</param>
    /// <returns>Volts.</returns>
    public double Sense(int channel, double time)
    {
        Follow(time);
        return _channels[channel].Sense(time, Sample(time));
    }

    /// <summary>Gets the voltage that gives a converter without errors the code that this channel's converter gives.</summary>
    /// <param name="channel">Number of the channel.</param>
    /// <param name="time">Time in s; may lie some 100 ms back.</param>
    /// <returns>Volts.</returns>
    public double Seen(int channel, double time)
    {
        Follow(time);
        return _channels[channel].Seen(time, Sample(time));
    }

    /// <summary>Gets the membrane voltage of a channel, which no pin shows.</summary>
    /// <param name="channel">Number of the channel.</param>
    /// <param name="time">Time in s.</param>
    /// <returns>Volts.</returns>
    public double Membrane(int channel, double time)
    {
        Follow(time);
        return _channels[channel].Membrane(time);
    }

    /// <summary>Gets the level of a channel's DETECT pin.</summary>
    /// <param name="channel">Number of the channel.</param>
    /// <param name="time">Time in s.</param>
    /// <returns>True for high.</returns>
    public bool Detect(int channel, double time)
    {
        Follow(time);
        return _channels[channel].Detect(time);
    }

    /// <summary>Gets how often a channel's DETECT pin has risen since power-on.</summary>
    /// <param name="channel">Number of the channel.</param>
    /// <param name="time">Time in s.</param>
    /// <returns>Rising edges.</returns>
    public long Rises(int channel, double time)
    {
        Follow(time);
        return _channels[channel].Rises(time);
    }

    private static long Sample(double time) => (long)Math.Round(time * 1e6);

    private void Check(ChannelFault fault)
    {
        if (fault.Kind != ChannelFaultKind.NoSupply && (fault.Channel < 0 || fault.Channel >= _channels.Length))
        {
            throw new ArgumentException($"the board {Specimen.Name} has no channel {fault.Channel}: channels 0 to {_channels.Length - 1}",
                nameof(fault));
        }

        bool ofThyristor = fault.Kind is ChannelFaultKind.Latched or ChannelFaultKind.ShortedThyristor or ChannelFaultKind.Drift
            or ChannelFaultKind.Aged;
        if (ofThyristor && Specimen.Channels[fault.Channel].Plan.Kind != NeuronKind.Thyristor)
        {
            throw new ArgumentException(
                $"channel {fault.Channel} of the board {Specimen.Name} is no thyristor neuron, so that it cannot have the fault "
                + $"'{fault.Kind}'", nameof(fault));
        }

        if (fault.Kind == ChannelFaultKind.Swapped && (fault.Other < 0 || fault.Other >= _channels.Length || fault.Other == fault.Channel))
        {
            throw new ArgumentException($"a swapped cable needs another channel, 0 to {_channels.Length - 1}", nameof(fault));
        }
    }

    // Brings faults, temperature and drift up to a time, each at its own moment.
    private void Follow(double time)
    {
        if (time < Now)
        {
            return;
        }

        while (true)
        {
            double fault = _pending.Count > 0 ? _pending[0].At : double.PositiveInfinity;
            double tuning = _tunes ? (_step + 1) * TuningStep : double.PositiveInfinity;
            if (Math.Min(fault, tuning) > time)
            {
                break;
            }

            if (fault <= tuning)
            {
                ChannelFault next = _pending[0];
                _pending.RemoveAt(0);
                Apply(next);
            }
            else
            {
                _step++;
                Tune(tuning);
            }
        }

        if (!_tunes)
        {
            // A drift that begins later is followed from then on.
            _step = (long)(time / TuningStep);
        }

        Now = time;
    }

    private void Tune(double time)
    {
        double keep = Math.Exp(-TuningStep / Specimen.TemperatureTime);
        _warmth = (keep * _warmth) + (Specimen.TemperatureDeviation * Math.Sqrt(1 - (keep * keep)) * _weather.Normal(0, 1));
        foreach (VirtualChannel channel in _channels)
        {
            channel.Retune(time, _warmth);
        }
    }

    private void Apply(ChannelFault fault)
    {
        switch (fault.Kind)
        {
            case ChannelFaultKind.NoSupply:
                Array.ForEach(_channels, channel => channel.Apply(fault));
                break;
            case ChannelFaultKind.Swapped:
                (_cable[fault.Channel], _cable[fault.Other]) = (_cable[fault.Other], _cable[fault.Channel]);
                break;
            default:
                _channels[fault.Channel].Apply(fault);
                _tunes |= fault.Kind == ChannelFaultKind.Drift;
                break;
        }

        Deliver(fault.At);
    }

    private void Deliver(double time)
    {
        for (int i = 0; i < _channels.Length; i++)
        {
            _channels[_cable[i]].Receive(time, _channels[i].CableVolts());
        }
    }
}
