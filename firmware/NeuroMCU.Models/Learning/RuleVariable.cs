// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Numerics;

namespace NeuroMCU.Models.Learning
{
    /// <summary>A variable of a rule for all that have one. This one stays as it is between events.</summary>
    internal class RuleVariable
    {
        /// <summary>What has one of its own.</summary>
        internal readonly int Owner;

        /// <summary>How it goes on between events.</summary>
        internal readonly int Course;

        /// <summary>Largest magnitude; of what counts, the value of one arrival.</summary>
        internal readonly int Most;

        /// <summary>The values, as of the time that the factor stands for.</summary>
        internal readonly int[] Values;

        /// <summary>What values are multiplied with, Q30, one half to one.</summary>
        internal long Factor;

        /// <summary>Bits of the fraction of a factor.</summary>
        protected const int Bits = 30;

        private readonly int _start;

        internal RuleVariable(LearningVariable table, int count)
        {
            Owner = table.Owner;
            Course = table.Course;
            Most = table.Most;
            Values = new int[count];
            _start = table.Start;
        }

        /// <summary>Goes back to time 0.</summary>
        internal virtual void Reset()
        {
            for (int i = 0; i < Values.Length; i++)
            {
                Values[i] = _start;
            }

            Factor = LearningTable.One;
        }

        /// <summary>Brings values and factor to a time.</summary>
        internal virtual void MoveTo(int time)
        {
        }

        /// <summary>Value of one at the time moved to.</summary>
        internal virtual int Read(int index, int time)
        {
            return (int)(((Values[index] * Factor) + (LearningTable.One >> 1)) >> Bits);
        }

        /// <summary>Sets one.</summary>
        internal virtual void Write(int index, int value)
        {
            Values[index] = (int)Saturation.Clamp((((long)value << Bits) + (Factor >> 1)) / Factor, int.MinValue, int.MaxValue);
        }

        /// <summary>Adds to one.</summary>
        /// <returns>1 when the result was beyond the range and has been cut off, else 0.</returns>
        internal int Add(int index, long amount, int time)
        {
            long value = Read(index, time) + amount;
            long within = Saturation.Clamp(value, -Most, Most);
            Write(index, (int)within);
            return within == value ? 0 : 1;
        }

        /// <summary>Local times become smaller.</summary>
        internal virtual void Rebase(int by)
        {
        }
    }
}
