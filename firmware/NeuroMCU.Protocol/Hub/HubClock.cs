// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Protocol.Hub
{
    /// <summary>
    /// How far the hub's clock is ahead, from questions and answers. Of each sixteen the quickest way there and the quickest way back
    /// count, whichever questions they belonged to. An eighth of what such a block says anew goes into the offset and a sixty-fourth
    /// into the drift (more at first), so that spikes do not jump about with the jitter of the network.
    /// </summary>
    internal sealed class HubClock
    {
        private const int BlockSize = 16;
        private const int OffsetShare = 8;
        private const int DriftShare = 64;
        private const int BlocksBeforeDrift = 3;

        // No crystal is wrong by more than 300 millionths, in units of 2^-32.
        private const long MostDrift = 1288490;

        // A block that is further away than this says that a clock was set.
        private const long Jump = 50000;

        private long _offset;
        private long _at;
        private long _drift;
        private long _start;
        private long _most;
        private long _least;
        private int _block;
        private int _blocks;

        /// <summary>Gets the number of questions that were answered.</summary>
        internal int Samples { get; private set; }

        /// <summary>The hub's time less the board's.</summary>
        /// <param name="time">Own time in µs.</param>
        /// <returns>µs.</returns>
        internal long OffsetAt(long time) => _offset + Drifted(time - _at);

        /// <summary>Adds a question and its answer.</summary>
        /// <param name="asked">Own time in µs at which it was asked.</param>
        /// <param name="heard">The hub's time at which it arrived.</param>
        /// <param name="answered">The hub's time at which the answer left.</param>
        /// <param name="received">Own time at which the answer arrived.</param>
        internal void Add(long asked, long heard, long answered, long received)
        {
            _start = _block == 0 ? asked : _start;
            long most = heard - asked - Drifted(asked - _start);
            long least = answered - received - Drifted(received - _start);
            _most = _block == 0 || most < _most ? most : _most;
            _least = _block == 0 || least > _least ? least : _least;
            Samples++;
            _block++;
            long middle = _least + ((_most - _least) >> 1);
            if (_blocks == 0)
            {
                _offset = middle;
                _at = _start;
            }

            if (_block == BlockSize)
            {
                _block = 0;
                Follow(middle);
            }
        }

        /// <summary>Forgets everything: the hub is another one.</summary>
        internal void Clear()
        {
            _block = 0;
            _blocks = 0;
            _drift = 0;
            Samples = 0;
        }

        private long Drifted(long time) => (time * _drift) >> 32;

        private void Follow(long middle)
        {
            long passed = _start - _at;
            long error = middle - OffsetAt(_start);
            _blocks++;
            if (_blocks == 1 || error > Jump || error < -Jump)
            {
                _offset = middle;
                _at = _start;
                _blocks = 1;
                return;
            }

            _offset = OffsetAt(_start) + (error / (_blocks < OffsetShare ? _blocks : OffsetShare));
            _at = _start;
            if (_blocks > BlocksBeforeDrift && passed > 0)
            {
                long drift = _drift + ((error << 32) / ((2 * _blocks < DriftShare ? 2 * _blocks : DriftShare) * passed));
                _drift = drift > MostDrift ? MostDrift : drift < -MostDrift ? -MostDrift : drift;
            }
        }
    }
}
