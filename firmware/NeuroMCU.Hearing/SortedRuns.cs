// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Hearing
{
    /// <summary>Numbers that come as several ascending runs, one per ear and band, and are merged into one: pairs of runs, then pairs
    /// of these.</summary>
    internal sealed class SortedRuns
    {
        private readonly int[] _ends;
        private int[] _keys;
        private int[] _work;
        private int _runs;

        /// <summary>Initializes a new instance of the <see cref="SortedRuns" /> class.</summary>
        internal SortedRuns(int runs, int capacity)
        {
            _ends = new int[runs];
            _keys = new int[capacity];
            _work = new int[capacity];
        }

        /// <summary>Gets the numbers; the array changes with <see cref="Merge" />.</summary>
        internal int[] Keys => _keys;

        /// <summary>Gets the number of numbers.</summary>
        internal int Count { get; private set; }

        /// <summary>Forgets all.</summary>
        internal void Clear()
        {
            Count = 0;
            _runs = 0;
        }

        /// <summary>Adds a number to the present run.</summary>
        internal void Add(int key)
        {
            _keys[Count++] = key;
        }

        /// <summary>Ends the present run.</summary>
        internal void EndRun()
        {
            if (Count > (_runs == 0 ? 0 : _ends[_runs - 1]))
            {
                _ends[_runs++] = Count;
            }
        }

        /// <summary>Merges all runs.</summary>
        internal void Merge()
        {
            while (_runs > 1)
            {
                int runs = 0;
                int start = 0;
                for (int run = 0; run < _runs; run += 2)
                {
                    int middle = _ends[run];
                    int end = run + 1 < _runs ? _ends[run + 1] : middle;
                    MergePair(_keys, _work, start, middle, end);
                    _ends[runs++] = end;
                    start = end;
                }

                _runs = runs;
                int[] merged = _work;
                _work = _keys;
                _keys = merged;
            }
        }

        private static void MergePair(int[] keys, int[] merged, int start, int middle, int end)
        {
            int first = start;
            int second = middle;
            int put = start;
            while (first < middle && second < end)
            {
                int a = keys[first];
                int b = keys[second];
                if (a <= b)
                {
                    merged[put++] = a;
                    first++;
                }
                else
                {
                    merged[put++] = b;
                    second++;
                }
            }

            while (first < middle)
            {
                merged[put++] = keys[first++];
            }

            while (second < end)
            {
                merged[put++] = keys[second++];
            }
        }
    }
}
