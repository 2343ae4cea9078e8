// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.VirtualBench.Audio;
using NeuroMCU.VirtualBench.Timing;

namespace NeuroMCU.VirtualBench.Peripherals;

/// <summary>
/// Two INMP441-like microphones on one I2S bus: samples of 24 bits in words of 32, left-aligned, collected by DMA in buffers of 256
/// frames. The chip's driver drops the oldest buffer when the firmware reads too late; <see cref="LostFrames" /> counts that.
/// </summary>
public sealed class VirtualMicrophones
{
    /// <summary>Frames in one DMA buffer of nanoFramework's ESP32 driver.</summary>
    public const int DmaFrames = 256;

    // Nanoseconds in which FramesPerScale frames are taken.
    private const long Scale = 1_000_000_000_000_000;

    private readonly VirtualClock _clock;
    private StereoSound? _sound;
    private LiveSound? _live;
    private LiveFrames? _frames;
    private StereoSound? _resampled;
    private long? _playAt;
    private long _playFrame;
    private int _rate;
    private long _started;
    private long _position;
    private int _buffers;

    internal VirtualMicrophones(VirtualClock clock)
    {
        _clock = clock;
    }

    /// <summary>Gets the rate in Hz at which the device samples; 0 while it does not.</summary>
    public int SampleRate => _rate;

    /// <summary>
    /// Gets or sets how much faster than asked for the bus runs, in ppm: its fractional divider does not hit every rate. Set before
    /// capture begins.
    /// </summary>
    public int ClockErrorPpm { get; set; }

    /// <summary>Gets the time in µs at which capture began.</summary>
    public long Began => _started / 1000;

    /// <summary>Gets by how much later, in s, the device hears the sound that comes than it was written; see
    /// <see cref="LiveSound.Delay" />.</summary>
    public double Delay => _live?.Delay ?? 0;

    /// <summary>Gets the number of frames that the DMA dropped since capture began.</summary>
    public long LostFrames { get; private set; }

    /// <summary>Gets a value indicating whether the device captures and the sound has been read to its end.</summary>
    public bool Finished => _rate > 0 && _resampled is not null && _position >= _playFrame + _resampled.Length;

    /// <summary>Plays a sound to the microphones, in place of any other. Before and after it they stay at its first and its last
    /// sample.</summary>
    /// <param name="sound">The sound, at any rate.</param>
    /// <param name="at">
    /// Time in µs at which it begins, rounded up to the next frame; null for now, or for the first frame when the device does not
    /// capture yet.
    /// </param>
    public void Play(StereoSound sound, long? at = null)
    {
        ArgumentNullException.ThrowIfNull(sound);
        _sound = sound;
        _live = null;
        _frames = null;
        _playAt = at;
        Schedule(_rate == 0 ? null : _clock.Now);
    }

    /// <summary>Lets the microphones hear sound as it comes, in place of any other; before it and after it they hear silence.</summary>
    /// <param name="sound">The sound.</param>
    public void Listen(LiveSound sound)
    {
        ArgumentNullException.ThrowIfNull(sound);
        _sound = null;
        _resampled = null;
        _live = sound;
        _frames = _rate == 0 ? null : new LiveFrames(sound, _rate);
    }

    internal void Start(int rate, int buffers)
    {
        _frames = _live is null ? null : new LiveFrames(_live, rate);
        _rate = rate;
        _buffers = buffers;
        _started = _clock.Nanoseconds;
        _position = 0;
        LostFrames = 0;
        Schedule(null);
    }

    internal void Stop()
    {
        _rate = 0;
        _resampled = null;
        _frames = null;
    }

    /// <summary>Reads frames as 32-bit words; blocks, by moving the clock, until they have come.</summary>
    internal void Read(int[] left, int[] right, int count)
    {
        for (int done = 0; done < count;)
        {
            DropOverrun();
            long buffer = (_position / DmaFrames) + 1;
            long ready = _started + (long)CeilingDivide((Int128)buffer * DmaFrames * Scale, FramesPerScale);
            if (_clock.Nanoseconds < ready)
            {
                _clock.Charge(ready - _clock.Nanoseconds);
            }

            long end = Math.Min(buffer * DmaFrames, _position + count - done);
            _frames?.Fetch(end - _position);
            while (_position < end)
            {
                left[done] = Sample(_position, right: false);
                right[done] = Sample(_position, right: true);
                _position++;
                done++;
            }
        }
    }

    private long FramesPerScale => _rate * (1_000_000L + ClockErrorPpm);

    private static Int128 CeilingDivide(Int128 a, Int128 b) => (a + b - 1) / b;

    private void Schedule(long? now)
    {
        if (_rate == 0 || _sound is null)
        {
            return;
        }

        _resampled = _sound.AtRate(_rate);
        long? begin = _playAt ?? now;
        _playFrame = begin is null
            ? 0
            : Math.Max(0, (long)CeilingDivide(((Int128)begin.Value * 1000 - _started) * FramesPerScale, Scale));
    }

    private void DropOverrun()
    {
        // The driver's queue holds one buffer less than there are: the last one is being filled.
        Int128 elapsed = _clock.Nanoseconds - _started;
        long complete = (long)(elapsed * FramesPerScale / Scale) / DmaFrames;
        long oldest = (complete - (_buffers - 1)) * DmaFrames;
        if (oldest > _position)
        {
            LostFrames += oldest - _position;
            _frames?.Skip(oldest - _position);
            _position = oldest;
        }
    }

    private int Sample(long frame, bool right)
    {
        if (_frames is not null)
        {
            return Word(right ? _frames.Right() : _frames.Left());
        }

        if (_resampled is null || _resampled.Length == 0)
        {
            return 0;
        }

        // A recording with an offset would otherwise begin and end with a step, which is a click.
        long index = Math.Clamp(frame - _playFrame, 0, _resampled.Length - 1);
        return Word((right ? _resampled.Right : _resampled.Left)[index]);
    }

    private static int Word(float sample)
    {
        double value = sample * 8_388_608.0;
        return (int)Math.Clamp(Math.Round(value, MidpointRounding.AwayFromZero), -8_388_608, 8_388_607) << 8;
    }
}
