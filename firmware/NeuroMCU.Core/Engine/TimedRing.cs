// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;

namespace NeuroMCU.Core.Engine
{
    /// <summary>
    /// Spikes or samples with their times that wait to be read, oldest first. A full ring refuses the newest one and counts it, so that
    /// what was kept is without gaps.
    /// </summary>
    public abstract class TimedRing
    {
        private protected readonly long[] _times;
        private int _head;

        private protected TimedRing(int capacity)
        {
            _times = new long[capacity];
        }

        /// <summary>Gets the number of places.</summary>
        public int Capacity => _times.Length;

        /// <summary>Gets the number that waits.</summary>
        public int Count { get; private set; }

        /// <summary>Gets the number of free places.</summary>
        public int Free => _times.Length - Count;

        /// <summary>Gets the largest number that waited at the same time.</summary>
        public int HighWater { get; private set; }

        /// <summary>Gets the number that found no place.</summary>
        public long Dropped { get; private set; }

        /// <summary>Gets the number that was offered so far, dropped ones included: the sequence number of the next.</summary>
        public long Total { get; private set; }

        /// <summary>Gets a time.</summary>
        /// <param name="index">Place from the oldest, 0 to Count − 1.</param>
        /// <returns>The time in µs since start.</returns>
        public long TimeAt(int index) => _times[Place(index)];

        /// <summary>Removes the oldest.</summary>
        /// <param name="count">How many, 0 to Count.</param>
        public void Remove(int count)
        {
            if (count < 0 || count > Count)
            {
                throw new ArgumentOutOfRangeException(nameof(count));
            }

            _head += count;
            if (_head >= _times.Length)
            {
                _head -= _times.Length;
            }

            Count -= count;
        }

        /// <summary>Empties the ring and clears its counts.</summary>
        internal virtual void Clear()
        {
            _head = 0;
            Count = 0;
            HighWater = 0;
            Dropped = 0;
            Total = 0;
        }

        /// <summary>Counts one more.</summary>
        /// <returns>Its place in the arrays; -1 when there is none.</returns>
        private protected int Claim()
        {
            Total++;
            if (Count == _times.Length)
            {
                Dropped++;
                return -1;
            }

            int place = Place(Count);
            Count++;
            if (Count > HighWater)
            {
                HighWater = Count;
            }

            return place;
        }

        private protected int Place(int index)
        {
            int place = _head + index;
            return place < _times.Length ? place : place - _times.Length;
        }
    }
}
