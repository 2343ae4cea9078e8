// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;

namespace NeuroMCU.Core.Engine
{
    /// <summary>Spikes that wait to be read, oldest first. A full ring refuses the newest spike and counts it, so that what was kept is without gaps.</summary>
    public sealed class SpikeRing
    {
        private readonly long[] _times;
        private readonly short[] _neurons;
        private int _head;
        private bool _hurried;

        /// <summary>Initializes a new instance of the <see cref="SpikeRing" /> class.</summary>
        /// <param name="capacity">Number of places, at least 1.</param>
        public SpikeRing(int capacity)
        {
            _times = new long[capacity];
            _neurons = new short[capacity];
        }

        /// <summary>Gets or sets a value indicating whether the spikes that wait stay in the order of their times, whatever came early; at first true.</summary>
        internal bool KeepsOrder { get; set; } = true;

        /// <summary>Gets the number of places.</summary>
        public int Capacity => _neurons.Length;

        /// <summary>Gets the number of spikes that wait.</summary>
        public int Count { get; private set; }

        /// <summary>Gets the number of free places.</summary>
        public int Free => _neurons.Length - Count;

        /// <summary>Gets the largest number that waited at the same time.</summary>
        public int HighWater { get; private set; }

        /// <summary>Gets the number of spikes that found no place.</summary>
        public long Dropped { get; private set; }

        /// <summary>Gets the number of spikes that were offered so far, dropped ones included: the sequence number of the next.</summary>
        public long Total { get; private set; }

        /// <summary>Gets a neuron.</summary>
        /// <param name="index">Place from the oldest, 0 to Count − 1.</param>
        /// <returns>Its global index.</returns>
        public int NeuronAt(int index)
        {
            return _neurons[Place(index)];
        }

        /// <summary>Gets a time.</summary>
        /// <param name="index">Place from the oldest, 0 to Count − 1.</param>
        /// <returns>The time in µs since start.</returns>
        public long TimeAt(int index)
        {
            return _times[Place(index)];
        }

        /// <summary>Removes the oldest spikes.</summary>
        /// <param name="count">How many, 0 to Count.</param>
        public void Remove(int count)
        {
            if (count < 0 || count > Count)
            {
                throw new ArgumentOutOfRangeException(nameof(count));
            }

            _head += count;
            if (_head >= _neurons.Length)
            {
                _head -= _neurons.Length;
            }

            Count -= count;
        }

        /// <summary>Adds a spike.</summary>
        internal void Add(int neuron, long time)
        {
            Total++;
            if (Count == _neurons.Length)
            {
                Dropped++;
                return;
            }

            int place = Place(Count);
            if (_hurried && Count > 0 && time < _times[Place(Count - 1)])
            {
                place = MakeRoom(time);
            }

            _neurons[place] = (short)neuron;
            _times[place] = time;
            Count++;
            if (Count > HighWater)
            {
                HighWater = Count;
            }
        }

        /// <summary>Gives the newest spike a time that is not over; spikes before it that come later find their place before it.</summary>
        internal void RedateNewest(long time)
        {
            _times[Place(Count - 1)] = time;
            _hurried = KeepsOrder;
        }

        /// <summary>Empties the ring and clears its counts.</summary>
        internal void Clear()
        {
            _head = 0;
            Count = 0;
            HighWater = 0;
            Dropped = 0;
            Total = 0;
            _hurried = false;
        }

        // Moves later spikes up by one.
        private int MakeRoom(long time)
        {
            int rank = Count;
            while (rank > 0 && _times[Place(rank - 1)] > time)
            {
                int to = Place(rank);
                int from = Place(rank - 1);
                _times[to] = _times[from];
                _neurons[to] = _neurons[from];
                rank--;
            }

            return Place(rank);
        }

        private int Place(int index)
        {
            int place = _head + index;
            return place < _neurons.Length ? place : place - _neurons.Length;
        }
    }
}
