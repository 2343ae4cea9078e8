// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Core.Contracts
{
    /// <summary>
    /// At most one future time per index, the earliest on top, equal times in the order of their indices. A time can be moved or taken
    /// out at any moment (binary heap with the place of every index).
    /// </summary>
    internal sealed class TimeHeap
    {
        private readonly long[] _times;
        private readonly short[] _heap;
        private readonly short[] _places;
        private int _count;

        /// <summary>Initializes a new instance of the <see cref="TimeHeap" /> class.</summary>
        internal TimeHeap(int size)
        {
            _times = new long[size];
            _heap = new short[size];
            _places = new short[size];
            Clear();
        }

        /// <summary>The earliest time; long.MaxValue when empty. A field, because the run loop reads it at every turn.</summary>
        internal long TopTime;

        /// <summary>Gets the index with the earliest time; the heap must not be empty.</summary>
        internal int Top => _heap[0];

        /// <summary>Takes out everything.</summary>
        internal void Clear()
        {
            _count = 0;
            TopTime = long.MaxValue;
            for (int i = 0; i < _places.Length; i++)
            {
                _places[i] = -1;
            }
        }

        /// <summary>Sets the time of an index, whether or not it had one.</summary>
        internal void Set(int index, long time)
        {
            int place = _places[index];
            if (place < 0)
            {
                place = _count++;
            }
            else if (time > _times[index])
            {
                _times[index] = time;
                Sink(place, index, time);
                TopTime = _times[_heap[0]];
                return;
            }

            _times[index] = time;
            Rise(place, index, time);
            TopTime = _times[_heap[0]];
        }

        /// <summary>Takes an index out, if it is in.</summary>
        internal void Remove(int index)
        {
            int place = _places[index];
            if (place < 0)
            {
                return;
            }

            _places[index] = -1;
            _count--;
            if (place != _count)
            {
                int moved = _heap[_count];
                long time = _times[moved];
                Rise(place, moved, time);
                Sink(_places[moved], moved, time);
            }

            TopTime = _count == 0 ? long.MaxValue : _times[_heap[0]];
        }

        private void Rise(int place, int index, long time)
        {
            while (place > 0)
            {
                int parent = (place - 1) >> 1;
                int other = _heap[parent];
                long otherTime = _times[other];
                if (otherTime < time || (otherTime == time && other < index))
                {
                    break;
                }

                _heap[place] = (short)other;
                _places[other] = (short)place;
                place = parent;
            }

            _heap[place] = (short)index;
            _places[index] = (short)place;
        }

        private void Sink(int place, int index, long time)
        {
            for (; ; )
            {
                int child = (place << 1) + 1;
                if (child >= _count)
                {
                    break;
                }

                int other = _heap[child];
                long otherTime = _times[other];
                if (child + 1 < _count)
                {
                    int right = _heap[child + 1];
                    long rightTime = _times[right];
                    if (rightTime < otherTime || (rightTime == otherTime && right < other))
                    {
                        child++;
                        other = right;
                        otherTime = rightTime;
                    }
                }

                if (time < otherTime || (time == otherTime && index < other))
                {
                    break;
                }

                _heap[place] = (short)other;
                _places[other] = (short)place;
                place = child;
            }

            _heap[place] = (short)index;
            _places[index] = (short)place;
        }
    }
}
