// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Protocol.Streams
{
    /// <summary>
    /// Accounts for a stream whose items are numbered: what arrived, what the wire lost, what the device dropped. Nothing is lost
    /// silently: every item up to the total of <see cref="Close" /> is in exactly one of the three.
    /// </summary>
    public sealed class StreamAccount
    {
        private int _run;
        private uint _start;
        private uint _next;
        private uint _droppedBefore;

        /// <summary>Gets the number of items that arrived.</summary>
        public long Received { get; private set; }

        /// <summary>Gets the number of items that the device sent and that did not arrive.</summary>
        public long LostOnWire { get; private set; }

        /// <summary>Gets the number of items that the device dropped because its queue was full, as far as is known.</summary>
        public long DroppedByDevice { get; private set; }

        /// <summary>Gets the number of messages that belonged to another run or repeated something.</summary>
        public long Foreign { get; private set; }

        /// <summary>Gets all items that there were, as far as is known.</summary>
        public long Total => Received + LostOnWire + DroppedByDevice;

        /// <summary>Gets all items that are missing.</summary>
        public long Lost => LostOnWire + DroppedByDevice;

        /// <summary>Starts the account of a run with what the answer to START says.</summary>
        /// <param name="run">Number of the run.</param>
        /// <param name="first">Sequence number of the first item.</param>
        /// <param name="dropped">Items that the device had dropped before.</param>
        public void Open(int run, uint first, uint dropped)
        {
            _run = run;
            _start = first;
            _next = first;
            _droppedBefore = dropped;
            Received = 0;
            LostOnWire = 0;
            DroppedByDevice = 0;
            Foreign = 0;
        }

        /// <summary>Enters a message.</summary>
        /// <returns>False when the message must be ignored: it belongs to another run or repeats something.</returns>
        internal bool Enter(int run, uint first, int count, uint dropped)
        {
            // Sequence numbers wrap at 2^32; the distance as a signed number tells before from after.
            int gap = (int)(first - _next);
            if (run != _run || gap < 0)
            {
                Foreign++;
                return false;
            }

            LostOnWire += gap;
            Received += count;
            _next = first + (uint)count;
            NoteDrops(dropped);
            return true;
        }

        /// <summary>Closes the account with the totals of the run: what was sent after the last message that arrived is lost as
        /// well.</summary>
        /// <param name="next">Sequence number after the last item that was sent.</param>
        /// <param name="dropped">Items dropped by the device in the end.</param>
        public void Close(uint next, uint dropped)
        {
            int gap = (int)(next - _next);
            if (gap > 0)
            {
                LostOnWire += gap;
                _next = next;
            }

            NoteDrops(dropped);
        }

        /// <summary>Gets the number of items that were sent since <see cref="Open" />, as far as is known.</summary>
        public long Sent => (uint)(_next - _start);

        private void NoteDrops(uint dropped)
        {
            DroppedByDevice = (uint)(dropped - _droppedBefore);
        }
    }
}
