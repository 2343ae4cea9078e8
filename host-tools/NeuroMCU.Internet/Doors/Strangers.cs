// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Internet.Doors;

/// <summary>Connections of whom nothing is known yet: so many at a time, and each for a moment, so that nobody without a key fills a hub
/// with them.</summary>
/// <param name="patience">How long one may stay unknown.</param>
internal sealed class Strangers(TimeSpan patience)
{
    /// <summary>Most connections that came within the patience.</summary>
    public const int Most = 256;

    /// <summary>How long doors wait.</summary>
    public static readonly TimeSpan Usual = TimeSpan.FromSeconds(5);

    private readonly TimeSpan _patience = patience;
    private int _new;

    /// <summary>Lets a connection in.</summary>
    /// <param name="isKnown">Whether it has shown by now who it is; asked once, on any thread.</param>
    /// <param name="close">Ends it when it has not.</param>
    /// <returns>To dispose when the connection has ended; null when too many are new, and this one is not to be let in.</returns>
    public IDisposable? Admit(Func<bool> isKnown, Action close)
    {
        if (Interlocked.Increment(ref _new) <= Most)
        {
            return new Watch(this, isKnown, close);
        }

        Interlocked.Decrement(ref _new);
        return null;
    }

    private sealed class Watch : IDisposable
    {
        private readonly Strangers _owner;
        private readonly Func<bool> _isKnown;
        private readonly Action _close;
        private readonly Timer _timer;
        private int _left;

        public Watch(Strangers owner, Func<bool> isKnown, Action close)
        {
            (_owner, _isKnown, _close) = (owner, isKnown, close);
            _timer = new Timer(_ => Judge(), null, owner._patience, Timeout.InfiniteTimeSpan);
        }

        public void Dispose()
        {
            _timer.Dispose();
            Leave();
        }

        private void Judge()
        {
            Leave();
            if (!_isKnown())
            {
                _close();
            }
        }

        private void Leave()
        {
            if (Interlocked.Exchange(ref _left, 1) == 0)
            {
                Interlocked.Decrement(ref _owner._new);
            }
        }
    }
}
