// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;

namespace NeuroMCU.Core.Engine
{
    /// <summary>Trace samples that wait to be read, oldest first. A full ring refuses the newest sample and counts it.</summary>
    public sealed class TraceRing
    {
        private readonly long[] _times;
        private readonly int[] _values;
        private readonly byte[] _indices;
        private int _head;

        /// <summary>Initializes a new instance of the <see cref="TraceRing" /> class.</summary>
        /// <param name="capacity">Number of places; 0 for a network without traces.</param>
        public TraceRing(int capacity)
        {
            _times = new long[capacity];
            _values = new int[capacity];
            _indices = new byte[capacity];
        }

        /// <summary>Gets the number of places.</summary>
        public int Capacity => _values.Length;

        /// <summary>Gets the number of samples that wait.</summary>
        public int Count { get; private set; }

        /// <summary>Gets the number of free places.</summary>
        public int Free => _values.Length - Count;

        /// <summary>Gets the largest number that waited at the same time.</summary>
        public int HighWater { get; private set; }

        /// <summary>Gets the number of samples that found no place.</summary>
        public long Dropped { get; private set; }

        /// <summary>Gets the number of samples that were offered so far, dropped ones included: the sequence number of the next.</summary>
        public long Total { get; private set; }

        /// <summary>Gets the trace that a sample belongs to.</summary>
        /// <param name="index">Place from the oldest, 0 to Count − 1.</param>
        /// <returns>Index of the trace in the network's tables.</returns>
        public int IndexAt(int index)
        {
            return _indices[Place(index)];
        }

        /// <summary>Gets a time.</summary>
        /// <param name="index">Place from the oldest, 0 to Count − 1.</param>
        /// <returns>The time in µs since start.</returns>
        public long TimeAt(int index)
        {
            return _times[Place(index)];
        }

        /// <summary>Gets a value.</summary>
        /// <param name="index">Place from the oldest, 0 to Count − 1.</param>
        /// <returns>The membrane value, Q8.24.</returns>
        public int ValueAt(int index)
        {
            return _values[Place(index)];
        }

        /// <summary>Removes the oldest samples.</summary>
        /// <param name="count">How many, 0 to Count.</param>
        public void Remove(int count)
        {
            if (count < 0 || count > Count)
            {
                throw new ArgumentOutOfRangeException(nameof(count));
            }

            _head += count;
            if (_head >= _values.Length)
            {
                _head -= _values.Length;
            }

            Count -= count;
        }

        /// <summary>Adds a sample.</summary>
        internal void Add(int trace, long time, int value)
        {
            Total++;
            if (Count == _values.Length)
            {
                Dropped++;
                return;
            }

            int place = Place(Count);
            _indices[place] = (byte)trace;
            _times[place] = time;
            _values[place] = value;
            Count++;
            if (Count > HighWater)
            {
                HighWater = Count;
            }
        }

        /// <summary>Empties the ring and clears its counts.</summary>
        internal void Clear()
        {
            _head = 0;
            Count = 0;
            HighWater = 0;
            Dropped = 0;
            Total = 0;
        }

        private int Place(int index)
        {
            int place = _head + index;
            return place < _values.Length ? place : place - _values.Length;
        }
    }
}
