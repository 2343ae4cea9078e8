// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Collections.Concurrent;
using System.Globalization;
using NeuroMCU.VirtualBench.Timing;

namespace NeuroMCU.VirtualBench.Peripherals;

/// <summary>The pins of the simulated chip: which function sits where, who uses them, and what happened on them.</summary>
public sealed class PinMap
{
    /// <summary>Supply of the chip in V: a pin that is high.</summary>
    public const double Supply = 3.3;

    /// <summary>Voltage from which on a digital input is high.</summary>
    public const double DigitalLevel = Supply / 2;

    private const int LogCapacity = 100_000;
    private const int Counters = 8;

    private readonly VirtualClock _clock;
    private readonly Dictionary<int, int> _functions = new()
    {
        // Defaults of the firmware image; two of them sit on the converters.
        [PinFunction.Spi(1, PinFunction.Mosi)] = 23,
        [PinFunction.Spi(1, PinFunction.Miso)] = 25,
        [PinFunction.Spi(1, PinFunction.Clock)] = 19,
        [PinFunction.I2c(1, PinFunction.Data)] = 18,
        [PinFunction.I2c(1, PinFunction.DataClock)] = 19,
        [PinFunction.I2c(2, PinFunction.Data)] = 25,
        [PinFunction.I2c(2, PinFunction.DataClock)] = 26,
        [PinFunction.Uart(1, PinFunction.Transmit)] = 1,
        [PinFunction.Uart(1, PinFunction.Receive)] = 3,
        [PinFunction.Uart(1, PinFunction.ReadyToSend)] = 19,
        [PinFunction.Uart(1, PinFunction.ClearToSend)] = 22,
    };

    private readonly Dictionary<int, string> _owners = [];
    private readonly Dictionary<int, Queue<PinChange>> _logs = [];
    private readonly ConcurrentDictionary<int, IPinSource> _inputs = new();
    private readonly Dictionary<int, Action<PinChange>> _listeners = [];
    private readonly List<string> _conflicts = [];
    private int _counters;

    internal PinMap(VirtualClock clock)
    {
        _clock = clock;
    }

    /// <summary>Gets what a real board would suffer in silence: pins that two users drive, chips on a bus that runs in another mode.
    /// Empty on a board that is right.</summary>
    public IReadOnlyList<string> Conflicts => _conflicts;

    /// <summary>Gets the changes on a pin, oldest first; the newest 100 000 are kept.</summary>
    /// <param name="pin">GPIO number.</param>
    /// <returns>The changes.</returns>
    public IReadOnlyList<PinChange> Log(int pin)
    {
        lock (_logs)
        {
            return _logs.TryGetValue(pin, out Queue<PinChange>? log) ? log.ToArray() : [];
        }
    }

    /// <summary>Gets the value on a pin that the device drives; 0 when it has not been driven.</summary>
    /// <param name="pin">GPIO number.</param>
    /// <returns>Value as in <see cref="PinChange" />.</returns>
    public double Value(int pin)
    {
        IReadOnlyList<PinChange> log = Log(pin);
        return log.Count > 0 ? log[^1].Value : 0;
    }

    /// <summary>Gets or sets how the chip's converter turns voltages into codes; without errors at first.</summary>
    public IAdcModel Adc { get; set; } = new LinearAdc();

    /// <summary>Connects a voltage to an input pin, in place of what was there.</summary>
    /// <param name="pin">GPIO number.</param>
    /// <param name="volts">Volts at a time in µs.</param>
    public void Drive(int pin, Func<long, double> volts) => Connect(pin, new FunctionSource(volts, _clock.Now));

    /// <summary>Connects a circuit to an input pin, in place of what was there.</summary>
    /// <param name="pin">GPIO number.</param>
    /// <param name="source">The circuit.</param>
    public void Connect(int pin, IPinSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        _inputs[pin] = source;
    }

    /// <summary>Connects a circuit to a pin that the device drives.</summary>
    /// <param name="pin">GPIO number.</param>
    /// <param name="listener">Called at each change with its time and its value as in <see cref="PinChange" />.</param>
    public void Listen(int pin, Action<PinChange> listener)
    {
        ArgumentNullException.ThrowIfNull(listener);
        lock (_logs)
        {
            _listeners[pin] = _listeners.TryGetValue(pin, out Action<PinChange>? before) ? before + listener : listener;
        }
    }

    internal double Volts(int pin) => Volts(pin, _clock.Now);

    internal double Volts(int pin, long time) => SourceOf(pin)?.Volts(time) ?? 0;

    internal long Rises(int pin) => SourceOf(pin)?.Rises(_clock.Now) ?? 0;

    internal bool TakeCounter()
    {
        if (_counters == Counters)
        {
            return false;
        }

        _counters++;
        return true;
    }

    internal void ReturnCounter() => _counters--;

    /// <summary>Notes what a real board would suffer in silence.</summary>
    internal void Report(string conflict) => _conflicts.Add(conflict);

    /// <summary>Gives a function, as <see cref="PinFunction" /> numbers it, to a pin.</summary>
    internal void SetFunction(int pin, int function) => _functions[function] = pin;

    internal int FunctionPin(int function) => _functions.TryGetValue(function, out int pin) ? pin : -1;

    internal void Claim(int pin, string owner)
    {
        if (_owners.TryGetValue(pin, out string? before) && !string.Equals(before, owner, StringComparison.Ordinal))
        {
            _conflicts.Add(string.Create(CultureInfo.InvariantCulture, $"GPIO{pin} is used by {before} and by {owner}"));
        }

        _owners[pin] = owner;
    }

    internal bool IsOwnedBy(int pin, string owner) =>
        _owners.TryGetValue(pin, out string? before) && string.Equals(before, owner, StringComparison.Ordinal);

    internal void Release(int pin) => _owners.Remove(pin);

    internal void Record(int pin, double value)
    {
        PinChange change = new(_clock.Now, value);
        Action<PinChange>? listener;
        lock (_logs)
        {
            if (!_logs.TryGetValue(pin, out Queue<PinChange>? log))
            {
                log = new Queue<PinChange>();
                _logs.Add(pin, log);
            }

            if (log.Count == LogCapacity)
            {
                log.Dequeue();
            }

            log.Enqueue(change);
            _listeners.TryGetValue(pin, out listener);
        }

        listener?.Invoke(change);
    }

    private IPinSource? SourceOf(int pin) => _inputs.TryGetValue(pin, out IPinSource? source) ? source : null;
}

/// <summary>A change on a pin.</summary>
/// <param name="Time">Time in µs.</param>
/// <param name="Value">Level of a GPIO (0, 1), code of a converter (0 to 255) or pulse width of a PWM pin in µs (0 while stopped).</param>
public readonly record struct PinChange(long Time, double Value);
