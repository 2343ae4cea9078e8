// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Internet.Hub;

/// <summary>Lets so many spikes per second through, and half a second's worth at once.</summary>
internal sealed class RateLimit(double rate)
{
    private readonly double _most = Math.Max(32, rate / 2);
    private double _left = Math.Max(32, rate / 2);
    private long _time;

    /// <summary>Asks whether one more may pass.</summary>
    /// <param name="now">Time in µs.</param>
    /// <returns>False when it is one too many.</returns>
    public bool Take(long now)
    {
        if (now > _time)
        {
            _left = Math.Min(_most, _left + ((now - _time) * rate / 1e6));
            _time = now;
        }

        if (_left < 1)
        {
            return false;
        }

        _left--;
        return true;
    }
}
