// NeuroMCU, MIT licence. See LICENSE in the repository root.


#pragma warning disable CA1051 // The device's structure has fields.

using NeuroMCU.VirtualBench;
using NeuroMCU.VirtualBench.Costs;
using NeuroMCU.VirtualBench.Peripherals;

namespace System.Device.Gpio;

/// <summary>Which edges a counter counts.</summary>
public enum GpioPulsePolarity
{
    /// <summary>Both.</summary>
    Both,

    /// <summary>Falling ones.</summary>
    Falling,

    /// <summary>Rising ones.</summary>
    Rising,
}

/// <summary>What a counter has counted.</summary>
public struct GpioPulseCount
{
    /// <summary>Time since the counter was started.</summary>
    public TimeSpan RelativeTime;

    /// <summary>Number of edges since the last reset.</summary>
    public long Count;
}

/// <summary>A pulse counter of the chip: it counts edges whatever the processor does. The chip has eight.</summary>
public class GpioPulseCounter : IDisposable
{
    // Native reading builds a GpioPulseCount as an object, and the call copies it: cells of 12 bytes, three each.
    private const int AnswerObjects = 2;
    private const int AnswerBytes = 72;

    private readonly Bench _bench = Bench.Current;
    private readonly int _pin;
    private long _started;
    private long _base;
    private long _kept;
    private ushort _filter;
    private bool _disposed;

    /// <summary>Initializes a new instance of the <see cref="GpioPulseCounter" /> class, stopped.</summary>
    /// <param name="pinNumberA">GPIO whose edges are counted.</param>
    /// <param name="pinNumberB">GPIO that tells the direction; -1 for none. The bench models none.</param>
    /// <exception cref="ArgumentException">There is no such pin, or no counter is left.</exception>
    /// <exception cref="NotSupportedException">A second pin was given.</exception>
    public GpioPulseCounter(int pinNumberA, int pinNumberB = -1)
    {
        if (pinNumberB != -1)
        {
            throw new NotSupportedException("the virtual bench models pulse counters with one pin");
        }

        if (!Esp32Pins.Exists(pinNumberA) || !_bench.Pins.TakeCounter())
        {
            throw new ArgumentException(null, nameof(pinNumberA));
        }

        _pin = pinNumberA;
        _bench.Pins.Claim(_pin, "pulse counter");
    }

    /// <summary>Gets or sets which edges are counted.</summary>
    public GpioPulsePolarity Polarity { get; set; }

    /// <summary>Gets or sets how long a pulse must be to be counted, up to 1023 ns. No circuit of the bench gives shorter ones.</summary>
    public ushort FilterPulses
    {
        get => _filter;
        set => _filter = value <= 1023 ? value : throw new ArgumentOutOfRangeException(nameof(value));
    }

    /// <summary>Gets a value indicating whether the counter counts.</summary>
    public bool IsStarted { get; private set; }

    /// <summary>Starts counting.</summary>
    public void Start()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (!IsStarted)
        {
            IsStarted = true;
            _started = _bench.Clock.Now;
            _base = Edges();
        }
    }

    /// <summary>Stops counting; the count stays.</summary>
    public void Stop()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (IsStarted)
        {
            IsStarted = false;
            _kept += Edges() - _base;
        }
    }

    /// <summary>Reads the count.</summary>
    /// <returns>Count and time.</returns>
    public GpioPulseCount Read()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        _bench.Charge(DeviceCall.PulseRead);
        var answer = new GpioPulseCount
        {
            Count = _kept + (IsStarted ? Edges() - _base : 0),
            RelativeTime = TimeSpan.FromMicroseconds(_bench.Clock.Now - _started),
        };
        _bench.Leave(AnswerObjects, AnswerBytes);
        return answer;
    }

    /// <summary>Reads the count and sets it to zero.</summary>
    /// <returns>Count and time.</returns>
    public GpioPulseCount Reset()
    {
        GpioPulseCount count = Read();
        _kept = 0;
        _base = Edges();
        return count;
    }

    /// <summary>Gives the counter back.</summary>
    public void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;
            _bench.Pins.Release(_pin);
            _bench.Pins.ReturnCounter();
        }

        GC.SuppressFinalize(this);
    }

    private long Edges()
    {
        long rises = _bench.Pins.Rises(_pin);
        long falls = rises - (_bench.Pins.Volts(_pin) >= PinMap.DigitalLevel ? 1 : 0);
        return Polarity switch
        {
            GpioPulsePolarity.Rising => rises,
            GpioPulsePolarity.Falling => falls,
            _ => rises + falls,
        };
    }
}
