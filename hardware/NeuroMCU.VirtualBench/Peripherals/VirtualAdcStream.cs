// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.VirtualBench.Timing;

namespace NeuroMCU.VirtualBench.Peripherals;

/// <summary>
/// The chip's first converter, sampled by DMA through I2S: words of 16 bits, the code in the lower 12, the channel above it, collected
/// in buffers of 256. Of each four words nanoFramework's driver hands one on: it takes every 8 bytes of the DMA for one frame of two
/// words of 32 bits and keeps the upper half of the second. A reader that is too late loses the oldest buffers.
/// </summary>
public sealed class VirtualAdcStream
{
    /// <summary>Samples in one DMA buffer.</summary>
    public const int DmaSamples = 256;

    /// <summary>Samples of the DMA for each one that the driver hands on.</summary>
    public const int Stride = 4;

    // Of each four: the words of a pair lie swapped in memory, so that bytes 6 and 7 hold the third sample.
    private const int Kept = 2;

    // Nanoseconds in which SamplesPerScale samples are taken.
    private const long Scale = 1_000_000_000_000_000;

    private readonly VirtualClock _clock;
    private readonly PinMap _pins;
    private int _rate;
    private int _buffers;
    private int _pin;
    private int _channel;
    private long _started;
    private long _position;

    internal VirtualAdcStream(VirtualClock clock, PinMap pins)
    {
        _clock = clock;
        _pins = pins;
    }

    /// <summary>Gets a value indicating whether the stream has the first converter.</summary>
    public bool Running => _rate > 0;

    /// <summary>Gets or sets how much faster than asked for the bus runs, in ppm. Set before the stream begins.</summary>
    public int ClockErrorPpm { get; set; }

    /// <summary>Gets the number of DMA samples that were dropped since the stream began.</summary>
    public long LostSamples { get; private set; }

    private long SamplesPerScale => _rate * (1_000_000L + ClockErrorPpm);

    internal void Start(int rate, int buffers, int pin, int channel)
    {
        _rate = rate;
        _buffers = buffers;
        _pin = pin;
        _channel = channel;
        _started = _clock.Nanoseconds;
        _position = 0;
        LostSamples = 0;
    }

    internal void Stop() => _rate = 0;

    /// <summary>Reads samples; blocks, by moving the clock, until they have come.</summary>
    internal ushort Next()
    {
        DropOverrun();
        long buffer = ((_position + Stride - 1) / DmaSamples) + 1;
        long ready = TimeOf(buffer * DmaSamples);
        if (_clock.Nanoseconds < ready)
        {
            _clock.Charge(ready - _clock.Nanoseconds);
        }

        long at = TimeOf(_position + Kept) / 1000;
        _position += Stride;
        return (ushort)((_channel << 12) | _pins.Adc.Convert(_pin, _pins.Volts(_pin, at)));
    }

    private long TimeOf(long sample) => _started + (long)((((Int128)sample * Scale) + SamplesPerScale - 1) / SamplesPerScale);

    private void DropOverrun()
    {
        // The driver's queue holds one buffer less than there are: the last one is being filled.
        Int128 elapsed = _clock.Nanoseconds - _started;
        long complete = (long)(elapsed * SamplesPerScale / Scale) / DmaSamples;
        long oldest = (complete - (_buffers - 1)) * DmaSamples;
        if (oldest > _position)
        {
            LostSamples += oldest - _position;
            _position = oldest;
        }
    }
}
