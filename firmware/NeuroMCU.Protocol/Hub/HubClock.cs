// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Protocol.Hub
{
    /// <summary>
    /// How far the hub's clock is ahead, from questions and answers: of the last eight to sixteen the one with the shortest round trip
    /// counts. With a question each 250 ms it is at most 4 s old, in which crystals that differ by 50 millionths part by 0.2 ms.
    /// </summary>
    internal sealed class HubClock
    {
        private const int BlockSize = 8;

        private long _offset;
        private long _trip = long.MaxValue;
        private long _blockOffset;
        private long _blockTrip = long.MaxValue;
        private int _block;

        /// <summary>Gets the number of questions that were answered.</summary>
        internal int Samples { get; private set; }

        /// <summary>Gets the hub's time less the board's in µs.</summary>
        internal long Offset => _blockTrip < _trip ? _blockOffset : _offset;

        /// <summary>Adds a question and its answer.</summary>
        /// <param name="asked">Own time in µs at which it was asked.</param>
        /// <param name="heard">The hub's time at which it arrived.</param>
        /// <param name="answered">The hub's time at which the answer left.</param>
        /// <param name="received">Own time at which the answer arrived.</param>
        internal void Add(long asked, long heard, long answered, long received)
        {
            long trip = received - asked - (answered - heard);
            if (trip < _blockTrip)
            {
                _blockTrip = trip;
                _blockOffset = ((heard - asked) + (answered - received)) >> 1;
            }

            Samples++;
            _block++;
            if (_block == BlockSize)
            {
                _block = 0;
                _offset = _blockOffset;
                _trip = _blockTrip;
                _blockTrip = long.MaxValue;
            }
        }

        /// <summary>Forgets everything: the hub is another one.</summary>
        internal void Clear()
        {
            _trip = long.MaxValue;
            _blockTrip = long.MaxValue;
            _block = 0;
            Samples = 0;
        }
    }
}
