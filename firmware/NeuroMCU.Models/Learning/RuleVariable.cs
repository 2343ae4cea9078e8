// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;
using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Numerics;

namespace NeuroMCU.Models.Learning
{
    /// <summary>
    /// A variable of a rule for all that have one. What decays is kept as of an origin in time that all share: reading multiplies with
    /// one factor
    /// that is computed once for an event, and every half-life the values are brought forward together. So silence costs nothing.
    /// </summary>
    internal sealed class RuleVariable
    {
        private const int Bits = 30;
        private const long Octave = 1L << 40;

        internal readonly int Owner;
        internal readonly int Course;
        /// <summary>Largest magnitude; of what counts, the value of one arrival.</summary>
        internal readonly int Most;


        /// <summary>Values as of the origin; of what counts, arrivals within the window when last looked.</summary>
        internal readonly int[] Values;

        /// <summary>What values of the origin are multiplied with, Q30, above one half.</summary>
        internal long Factor;

        private readonly int _start;
        private readonly long _rate;
        private readonly int _most;
        private readonly int _longest;
        private readonly int[] _times;
        private readonly short[] _next;
        private int _origin;

        internal RuleVariable(LearningVariable table, int count)
        {
            Owner = table.Owner;
            Course = table.Course;
            Most = table.Most;
            Values = new int[count];
            _start = table.Start;
            _rate = table.Rate;
            _most = table.LookBack;
            _times = new int[count * _most];
            _next = new short[_most == 0 ? 0 : count];

            // Of a time this long nothing is left.
            long longest = Course == LearningCourse.Decays ? (32 * Octave) / _rate : 0;
            _longest = longest > int.MaxValue ? int.MaxValue : (int)longest;
        }

        /// <summary>Goes back to time 0.</summary>
        internal void Reset()
        {
            for (int i = 0; i < Values.Length; i++)
            {
                Values[i] = _start;
            }

            Array.Clear(_next, 0, _next.Length);
            _origin = 0;
            Factor = LearningTable.One;
        }

        /// <summary>Brings the factor to a time.</summary>
        internal void MoveTo(int time)
        {
            if (Course != LearningCourse.Decays)
            {
                return;
            }

            int elapsed = time - _origin;
            if (elapsed > _longest)
            {
                Array.Clear(Values, 0, Values.Length);
                _origin = time;
                Factor = LearningTable.One;
                return;
            }

            long octaves = _rate * elapsed;
            if (octaves < Octave)
            {
                Factor = Exponential.Power(octaves);
                return;
            }

            for (int i = 0; i < Values.Length; i++)
            {
                if (Values[i] != 0)
                {
                    Values[i] = Exponential.Decay(Values[i], octaves);
                }
            }

            _origin = time;
            Factor = LearningTable.One;
        }

        /// <summary>Value of one as of the time that the factor stands for.</summary>
        internal int Read(int index, int time)
        {
            if (Course == LearningCourse.Counts)
            {
                return Count(index, time) * Most;
            }

            return (int)(((Values[index] * Factor) + (LearningTable.One >> 1)) >> Bits);
        }

        /// <summary>Sets one.</summary>
        internal void Write(int index, int value)
        {
            Values[index] = (int)Saturation.Clamp((((long)value << Bits) + (Factor >> 1)) / Factor, int.MinValue, int.MaxValue);
        }

        /// <summary>Adds to one.</summary>
        /// <returns>1 when the result was beyond the range and has been cut off, else 0.</returns>
        internal int Add(int index, long amount)
        {
            long value = (((Values[index] * Factor) + (LearningTable.One >> 1)) >> Bits) + amount;
            long within = Saturation.Clamp(value, -Most, Most);
            Write(index, (int)within);
            return within == value ? 0 : 1;
        }

        /// <summary>Notes an arrival of what counts.</summary>
        internal void Note(int index, int time)
        {
            int count = Count(index, time);
            _times[(index * _most) + _next[index]] = time;
            _next[index] = (short)(_next[index] + 1 == _most ? 0 : _next[index] + 1);
            Values[index] = count < _most ? count + 1 : count;
        }

        /// <summary>Local times become smaller.</summary>
        internal void Rebase(int by)
        {
            if (Course == LearningCourse.Counts)
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
            else
            {
                MoveTo(by);
            }

            _origin -= by;
        }

        // Arrivals leave the window in the order in which they came.
        private int Count(int index, int time)
        {
            int count = Values[index];
            int oldest = _next[index] - count;
            oldest += oldest < 0 ? _most : 0;
            int first = index * _most;
            while (count > 0 && time - _times[first + oldest] > _rate)
            {
                count--;
                oldest = oldest + 1 == _most ? 0 : oldest + 1;
            }

            Values[index] = count;
            return count;
        }
    }
}
