// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Firmware.Channels;
using NeuroMCU.Firmware.Links;
using NeuroMCU.Firmware.Runs;
using NeuroMCU.Protocol.Messages;

namespace NeuroMCU.Firmware.Requests
{
    /// <summary>
    /// A host that drives neuron channels without a network: its measurement, its resets, and what happens when it falls silent: nothing
    /// stays driven that nobody looks after.
    /// </summary>
    internal sealed class BoardSession
    {
        // Where the board profile says nothing.
        private const long DefaultSilence = 3000000;

        private readonly ChannelBank _bank;
        private readonly RunControl _runs;
        private readonly long _silence;
        private HostLink _link;
        private int _connection;

        /// <summary>Initializes a new instance of the <see cref="BoardSession" /> class.</summary>
        /// <param name="linkMilliseconds">Silence of the host, in ms, that the board profile allows; 0 when it says nothing.</param>
        internal BoardSession(ChannelBank bank, RunControl runs, int linkMilliseconds)
        {
            _bank = bank;
            _runs = runs;
            _silence = linkMilliseconds == 0 ? DefaultSilence : linkMilliseconds * 1000L;
            Measure = new ChannelMeasure(bank);
        }

        /// <summary>Gets the measurement.</summary>
        internal ChannelMeasure Measure { get; }

        /// <summary>Notes who is driving channels from now on.</summary>
        internal void Claim(HostLink link)
        {
            _link = link;
            _connection = link.Transport.Connection;
        }

        /// <summary>Goes on with the measurement, ends resets, and makes everything safe when the host is gone.</summary>
        /// <returns>True when there is more to do at once.</returns>
        internal bool Turn(long now)
        {
            if (_bank.Count == 0)
            {
                return false;
            }

            _bank.EndPresses(now);
            if (_link != null && !_runs.IsRunning)
            {
                Watch(now);
            }

            if (!Measure.IsGoing)
            {
                return false;
            }

            Measure.Turn(now);
            return true;
        }

        private void Watch(long now)
        {
            if (!Measure.IsGoing && !_bank.IsActive && !_runs.Outputs.IsSet)
            {
                _link = null;
                return;
            }

            long silent = now - _link.LastFrame;
            if (!_link.Transport.IsOpen || _link.Transport.Connection != _connection || silent > _silence)
            {
                _link = null;
                _runs.LoseHost(silent);
            }
        }
    }
}
