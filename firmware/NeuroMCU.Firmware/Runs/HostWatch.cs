// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Firmware.Links;

namespace NeuroMCU.Firmware.Runs
{
    /// <summary>The host that a run depends on: whether it is still there.</summary>
    internal sealed class HostWatch
    {
        private HostLink _link;
        private int _connection;
        private long _timeout;

        /// <summary>Gets the clock time in µs at which the silence of the host is too long; long.MaxValue when the run depends on
        /// none.</summary>
        internal long NextWake => _link == null || _timeout == 0 ? long.MaxValue : _link.LastFrame + _timeout + 1;

        /// <summary>Starts to watch.</summary>
        /// <param name="link">The host; null when the run depends on none.</param>
        /// <param name="milliseconds">Silence that is too long; 0 for never.</param>
        internal void Start(HostLink link, int milliseconds)
        {
            _link = link;
            _connection = link == null ? 0 : link.Transport.Connection;
            _timeout = link == null ? 0 : milliseconds * 1000L;
        }

        /// <summary>Watches no longer.</summary>
        internal void Stop()
        {
            _link = null;
        }

        /// <summary>Tells how long a host that is gone has been silent.</summary>
        /// <returns>Its silence in µs; −1 while it is there.</returns>
        internal long SilenceOfLost(long now)
        {
            if (_link == null || _timeout == 0)
            {
                return -1;
            }

            long silent = now - _link.LastFrame;
            bool gone = !_link.Transport.IsOpen || _link.Transport.Connection != _connection;
            return gone || silent > _timeout ? silent : -1;
        }
    }
}
