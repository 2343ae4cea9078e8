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

        /// <summary>Initializes a new instance of the <see cref="SpikeRing" /> class.</summary>
        /// <param name="capacity">Number of places, at least 1.</param>
        public SpikeRing(int capacity)
        {
            _times = new long[capacity];
            _neurons = new short[capacity];
        }

        /// <summary>Gets the number of places.</summary>
        public int Capacity => _neurons.Length;

        /// <summary>Gets the number of spikes that wait.</summary>
        public int Count { get; private set; }

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
            _neurons[place] = (short)neuron;
            _times[place] = time;
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
            return place < _neurons.Length ? place : place - _neurons.Length;
        }
    }
}
