// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Protocol.Streams
{
    /// <summary>Counts lost event frames by the 16-bit event counter of a connection (its gaps, modulo 65536).</summary>
    public sealed class LossMeter
    {
        private int _next;
        private bool _begun;

        /// <summary>Gets the number of event frames that arrived.</summary>
        public long Received { get; private set; }

        /// <summary>Gets the number of event frames that are missing between those that arrived.</summary>
        public long Lost { get; private set; }

        /// <summary>Starts over, at the beginning of a connection, whose first event has the number 0.</summary>
        public void Reset()
        {
            _next = 0;
            _begun = true;
            Received = 0;
            Lost = 0;
        }

        /// <summary>Enters an event frame.</summary>
        /// <param name="counter">Its sequence field.</param>
        public void Enter(int counter)
        {
            if (_begun)
            {
                Lost += (counter - _next) & 0xFFFF;
            }

            _begun = true;
            _next = (counter + 1) & 0xFFFF;
            Received++;
        }
    }
}
