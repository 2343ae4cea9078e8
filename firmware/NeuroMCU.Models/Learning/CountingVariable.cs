// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;
using NeuroMCU.Core.Contracts;

namespace NeuroMCU.Models.Learning
{
    /// <summary>A variable that is the number of arrivals within a window.</summary>
    internal sealed class CountingVariable : RuleVariable
    {
        private readonly long _window;
        private readonly int _most;
        private readonly int[] _times;
        private readonly short[] _next;

        internal CountingVariable(LearningVariable table, int count)
            : base(table, count)
        {
            _window = table.Rate;
            _most = table.LookBack;
            _times = new int[count * _most];
            _next = new short[count];
        }

        /// <inheritdoc />
        internal override void Reset()
        {
            base.Reset();
            Array.Clear(_next, 0, _next.Length);
        }

        /// <inheritdoc />
        internal override int Read(int index, int time) => Count(index, time) * Most;

        /// <inheritdoc />
        internal override void Write(int index, int value)
        {
            // Only arrivals change what counts them.
        }

        /// <summary>Notes an arrival.</summary>
        internal void Note(int index, int time)
        {
            int count = Count(index, time);
            _times[(index * _most) + _next[index]] = time;
            _next[index] = (short)(_next[index] + 1 == _most ? 0 : _next[index] + 1);
            Values[index] = count < _most ? count + 1 : count;
        }

        /// <inheritdoc />
        internal override void Rebase(int by)
        {
            for (int i = 0; i < Values.Length; i++)
            {
                // What lies beyond the window is forgotten, so that no time wraps around.
                Count(i, by);
            }

            for (int i = 0; i < _times.Length; i++)
            {
                _times[i] -= by;
            }
        }

        // Arrivals leave the window in the order in which they came.
        private int Count(int index, int time)
        {
            int count = Values[index];
            int oldest = _next[index] - count;
            oldest += oldest < 0 ? _most : 0;
            int first = index * _most;
            while (count > 0 && time - _times[first + oldest] > _window)
            {
                count--;
                oldest = oldest + 1 == _most ? 0 : oldest + 1;
            }

            Values[index] = count;
            return count;
        }
    }
}
