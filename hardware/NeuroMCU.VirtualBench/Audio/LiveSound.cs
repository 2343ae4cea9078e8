// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.VirtualBench.Audio;

/// <summary>
/// Sound that comes while it is heard, such as that of a sound card: one thread writes frames, the device's thread takes them. What finds
/// no room is lost and counted, or waited for, as the writer chooses.
/// </summary>
public sealed class LiveSound
{
    // How long a device in real time waits for sound that is late before it goes on without.
    private static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(200);

    private readonly object _gate = new();
    private readonly float[] _left;
    private readonly float[] _right;
    private int _head;
    private int _count;
    private bool _ended;
    private bool _late;

    /// <summary>Makes room for sound.</summary>
    /// <param name="sampleRate">Its rate in Hz.</param>
    /// <param name="seconds">How much may wait, in s.</param>
    public LiveSound(int sampleRate, double seconds = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(sampleRate);
        SampleRate = sampleRate;
        _left = new float[Math.Max(1, (int)(sampleRate * seconds))];
        _right = new float[_left.Length];
    }

    /// <summary>Gets the rate in Hz.</summary>
    public int SampleRate { get; }

    /// <summary>Gets or sets a value indicating whether the device waits as long as it takes; one that outruns real time has to.</summary>
    public bool Patient { get; set; }

    /// <summary>Gets the number of frames that were written, those that were lost included.</summary>
    public long Written { get; private set; }

    /// <summary>Gets the number of frames that found no room and are lost.</summary>
    public long Overrun { get; private set; }

    /// <summary>Gets the number of times that the device went on with silence because the sound was late.</summary>
    public int Waits { get; private set; }

    /// <summary>Gets the number of frames of the device that were silence because the sound was late.</summary>
    public long Silence { get; internal set; }

    /// <summary>Gets by how much later, in s, the device hears the sound than it was written: the silence before its first frame, and where
    /// it was late. 0 on a device that captures from the first frame on.</summary>
    public double Delay { get; internal set; }

    /// <summary>Gets a value indicating whether the sound has come to its end and was taken to the last frame.</summary>
    public bool IsOver
    {
        get
        {
            lock (_gate)
            {
                return _ended && _count == 0;
            }
        }
    }

    /// <summary>Writes frames.</summary>
    /// <param name="left">Left ear, full scale ±1.</param>
    /// <param name="right">Right ear, as many.</param>
    /// <param name="wait">True to wait for room, for a source that can be held back; false to lose what finds none.</param>
    public void Write(ReadOnlySpan<float> left, ReadOnlySpan<float> right, bool wait)
    {
        lock (_gate)
        {
            for (int k = 0; k < left.Length; k++)
            {
                while (wait && _count == _left.Length && !_ended)
                {
                    Monitor.PulseAll(_gate);
                    Monitor.Wait(_gate);
                }

                Written++;
                if (_count == _left.Length || _ended)
                {
                    Overrun++;
                    continue;
                }

                int at = (_head + _count) % _left.Length;
                _left[at] = left[k];
                _right[at] = right[k];
                _count++;
            }

            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Says that no more will come. Whoever waits goes on.</summary>
    public void End()
    {
        lock (_gate)
        {
            _ended = true;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Takes what has come; waits for the first frame.</summary>
    /// <returns>The frames; null at the end of the sound.</returns>
    public StereoSound? Next()
    {
        lock (_gate)
        {
            while (_count == 0 && !_ended)
            {
                Monitor.Wait(_gate);
            }

            if (_count == 0)
            {
                return null;
            }

            float[] Taken(float[] ring) => [.. Enumerable.Range(0, _count).Select(k => ring[(_head + k) % ring.Length])];
            StereoSound sound = new(SampleRate, Taken(_left), Taken(_right));
            _head = (_head + _count) % _left.Length;
            _count = 0;
            Monitor.PulseAll(_gate);
            return sound;
        }
    }

    /// <summary>Takes what has come; waits for the first frame when there is none.</summary>
    /// <returns>False when none came in time.</returns>
    internal bool Take(ResamplingStream left, ResamplingStream right)
    {
        lock (_gate)
        {
            // Before the first sound has come, and once it is known to be late, only a patient device waits.
            if (_count == 0 && !_ended && (Patient || (!_late && Written > 0)) && !WaitForSound())
            {
                _late = true;
                Waits++;
            }

            if (_count == 0)
            {
                if (_ended)
                {
                    left.End();
                    right.End();
                }

                return _ended;
            }

            _late = false;
            while (_count > 0)
            {
                int piece = Math.Min(_count, _left.Length - _head);
                left.Add(_left.AsSpan(_head, piece));
                right.Add(_right.AsSpan(_head, piece));
                _head = (_head + piece) % _left.Length;
                _count -= piece;
            }

            Monitor.PulseAll(_gate);
            return true;
        }
    }

    private bool WaitForSound()
    {
        long end = Environment.TickCount64 + (long)s_patience.TotalMilliseconds;
        while (_count == 0 && !_ended)
        {
            long left = Patient ? Timeout.Infinite : end - Environment.TickCount64;
            if (left != Timeout.Infinite && left <= 0)
            {
                return false;
            }

            Monitor.Wait(_gate, (int)left);
        }

        return _count > 0 || _ended;
    }
}
