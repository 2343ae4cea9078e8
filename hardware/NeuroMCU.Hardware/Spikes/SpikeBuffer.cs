// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;

namespace NeuroMCU.Hardware.Spikes
{
    /// <summary>Spikes that wait for the loop: a ring of fixed size. When it is full, the spike that comes is lost and counted.</summary>
    internal sealed class SpikeBuffer
    {
        private readonly int[] _channels;
        private readonly long[] _times;
        private readonly int _mask;
        private int _head;

        /// <summary>Initializes a new instance of the <see cref="SpikeBuffer" /> class.</summary>
        /// <param name="capacity">Number of spikes that it holds; a power of two.</param>
        /// <exception cref="ArgumentOutOfRangeException">The capacity is no power of two.</exception>
        public SpikeBuffer(int capacity)
        {
            if (capacity <= 0 || (capacity & (capacity - 1)) != 0)
            {
                throw new ArgumentOutOfRangeException(nameof(capacity));
            }

            _channels = new int[capacity];
            _times = new long[capacity];
            _mask = capacity - 1;
            Share = capacity;
        }

        /// <summary>Gets the number of spikes that wait.</summary>
        public int Count { get; private set; }

        /// <summary>Gets the number of free places.</summary>
        public int Free => _mask + 1 - Count;

        /// <summary>Gets or sets the number of places that the input which is looked at should take at most, so that the others find
        /// some too.</summary>
        public int Share { get; set; }

        /// <summary>Gets or sets the earliest time in µs at which something may have fired that is not in the buffer, because the input
        /// keeps it back.</summary>
        public long KeptFrom { get; set; }

        /// <summary>Gets the number of spikes that were lost.</summary>
        public int Missed { get; private set; }

        /// <summary>Gets the channel of the spike that was taken last.</summary>
        public int Channel { get; private set; }

        /// <summary>Gets the time in µs of the spike that was taken last.</summary>
        public long Time { get; private set; }

        /// <summary>Adds a spike.</summary>
        /// <param name="time">Its time in µs.</param>
        public void Add(int channel, long time)
        {
            if (Count > _mask)
            {
                Lose(1);
                return;
            }

            int at = (_head + Count) & _mask;
            _channels[at] = channel;
            _times[at] = time;
            Count++;
        }

        /// <summary>Counts spikes that are known to be lost.</summary>
        /// <param name="count">How many, 0 or more.</param>
        public void Lose(long count)
        {
            long missed = Missed + count;
            Missed = missed > int.MaxValue ? int.MaxValue : (int)missed;
        }

        /// <summary>Takes the oldest spike into <see cref="Channel" /> and <see cref="Time" />.</summary>
        /// <returns>False when there is none.</returns>
        public bool Take()
        {
            if (Count == 0)
            {
                return false;
            }

            Channel = _channels[_head];
            Time = _times[_head];
            _head = (_head + 1) & _mask;
            Count--;
            return true;
        }
    }
}
