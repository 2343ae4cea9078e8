// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Core.Engine
{
    /// <summary>Spikes injected from outside that wait for their time, earliest first, equal times in the order of injection.</summary>
    internal sealed class Injections
    {
        private readonly long[] _times;
        private readonly short[] _neurons;
        private int _head;
        private int _count;

        /// <summary>Initializes a new instance of the <see cref="Injections" /> class.</summary>
        internal Injections(int capacity)
        {
            _times = new long[capacity];
            _neurons = new short[capacity];
        }

        /// <summary>Gets the earliest time; long.MaxValue when none waits.</summary>
        internal long NextTime => _count == 0 ? long.MaxValue : _times[_head];

        /// <summary>Gets a value indicating whether one more can wait.</summary>
        internal bool HasRoom => _count < _times.Length;

        /// <summary>Forgets all.</summary>
        internal void Clear()
        {
            _head = 0;
            _count = 0;
        }

        /// <summary>Adds a spike.</summary>
        /// <returns>False when there is no place.</returns>
        internal bool Add(int neuron, long time)
        {
            if (_count == _times.Length)
            {
                return false;
            }

            // Injections come mostly in order of time, so the place is found from the end.
            int rank = _count;
            int place = Place(rank);
            while (rank > 0)
            {
                int before = Place(rank - 1);
                if (_times[before] <= time)
                {
                    break;
                }

                _times[place] = _times[before];
                _neurons[place] = _neurons[before];
                place = before;
                rank--;
            }

            _times[place] = time;
            _neurons[place] = (short)neuron;
            _count++;
            return true;
        }

        /// <summary>Takes out the earliest.</summary>
        /// <returns>The neuron.</returns>
        internal int Take()
        {
            int neuron = _neurons[_head];
            _head = Place(1);
            _count--;
            return neuron;
        }

        private int Place(int rank)
        {
            int place = _head + rank;
            return place < _times.Length ? place : place - _times.Length;
        }
    }
}
