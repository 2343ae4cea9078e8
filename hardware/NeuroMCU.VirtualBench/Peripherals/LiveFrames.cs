// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.VirtualBench.Audio;

namespace NeuroMCU.VirtualBench.Peripherals;

/// <summary>The frames of live sound at the rate at which a device samples.</summary>
internal sealed class LiveFrames
{
    private readonly LiveSound _sound;
    private readonly int _rate;
    private readonly ResamplingStream _left;
    private readonly ResamplingStream _right;
    private long _missing;
    private long _skip;
    private float _lastLeft;
    private float _lastRight;

    /// <summary>Prepares to sample.</summary>
    /// <param name="sound">The sound.</param>
    /// <param name="rate">Rate of the device in Hz.</param>
    public LiveFrames(LiveSound sound, int rate)
    {
        _sound = sound;
        _rate = rate;
        _left = new ResamplingStream(sound.SampleRate, rate);
        _right = new ResamplingStream(sound.SampleRate, rate);
    }

    /// <summary>Sees to it that frames are there, or are known to be missing.</summary>
    /// <param name="count">How many are to be taken next.</param>
    public void Fetch(long count)
    {
        bool more = true;
        while (more && _left.Available < count + _skip)
        {
            long before = _left.Available;
            more = _sound.Take(_left, _right) && (_left.Available > before || !_sound.IsOver);
        }

        while (_skip > 0 && _left.Available > 0)
        {
            _left.Next();
            _right.Next();
            _skip--;
        }

        // What is there stays together, and is heard when the rest has come.
        _missing = 0;
        if (_left.Available < count && !_sound.IsOver)
        {
            _missing = count;
            _sound.Delay += (double)count / _rate;
            _sound.Silence += _sound.Written > 0 ? count : 0;
        }
    }

    /// <summary>Lets frames pass that the device was too late for.</summary>
    public void Skip(long count) => _skip += count;

    /// <summary>Takes the left sample of the next frame; <see cref="Right" /> goes to the frame behind it.</summary>
    public float Left() => _lastLeft = _missing > 0 || _left.Available == 0 ? _lastLeft : _left.Next();

    /// <summary>Takes the right sample.</summary>
    public float Right()
    {
        if (_missing > 0)
        {
            _missing--;
            return _lastRight;
        }

        return _lastRight = _right.Available == 0 ? _lastRight : _right.Next();
    }
}
