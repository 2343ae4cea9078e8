// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Protocol.Hub
{
    /// <summary>Spikes and potentials that wait for their way to the hub, oldest first. One that finds no place is counted.</summary>
    public sealed class HubSpikes
    {
        /// <summary>Places.</summary>
        public const int Capacity = 64;

        private readonly int[] _wires = new int[Capacity];
        private readonly int[] _kinds = new int[Capacity];
        private readonly long[] _times = new long[Capacity];
        private int _head;

        /// <summary>Gets how many wait.</summary>
        public int Count { get; private set; }

        /// <summary>Gets how many were not sent: they found no place, or the hub was not there.</summary>
        public long Unsent { get; private set; }

        /// <summary>Gets how many were sent.</summary>
        public long Sent { get; private set; }

        /// <summary>Adds one.</summary>
        /// <param name="wire">Number of the neuron on the wire.</param>
        /// <param name="kind">0 potential, 1 stimulated, 2 spontaneous.</param>
        /// <param name="time">Clock time in µs.</param>
        public void Add(int wire, int kind, long time)
        {
            if (Count == Capacity)
            {
                Unsent++;
                return;
            }

            int place = (_head + Count) % Capacity;
            _wires[place] = wire;
            _kinds[place] = kind;
            _times[place] = time;
            Count++;
        }

        /// <summary>The number on the wire of one that waits.</summary>
        /// <param name="index">0 for the oldest.</param>
        public int WireAt(int index) => _wires[(_head + index) % Capacity];

        /// <summary>What kind of spike waits.</summary>
        /// <param name="index">0 for the oldest.</param>
        public int KindAt(int index) => _kinds[(_head + index) % Capacity];

        /// <summary>The clock time in µs of one that waits.</summary>
        /// <param name="index">0 for the oldest.</param>
        public long TimeAt(int index) => _times[(_head + index) % Capacity];

        /// <summary>Lets the oldest ones go.</summary>
        /// <param name="count">How many.</param>
        /// <param name="sent">Whether they were sent.</param>
        public void Remove(int count, bool sent)
        {
            _head = (_head + count) % Capacity;
            Count -= count;
            Sent += sent ? count : 0;
            Unsent += sent ? 0 : count;
        }
    }
}
