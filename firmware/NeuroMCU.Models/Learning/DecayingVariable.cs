// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;

namespace NeuroMCU.Models.Learning
{
    /// <summary>
    /// A variable that decays. Those of sources may be as many as synapses, so each is brought forward where it is used, by its own number
    /// of half-lives; the others are brought forward together in each half-life, so that loops over them need no more than the factor.
    /// </summary>
    internal sealed class DecayingVariable : RuleVariable
    {
        /// <summary>Half-life that each value belongs to; null where all belong to the same.</summary>
        internal readonly short[] HalfLives;

        /// <summary>Tells the time in half-lives.</summary>
        internal readonly RuleClock Clock;

        /// <summary>Half-life that all values belong to where none has its own.</summary>
        internal int HalfLife;

        /// <summary>Half-lives after which nothing counts.</summary>
        internal const int Remembered = 30;


        internal DecayingVariable(LearningVariable table, int count, RuleClock clock)
            : base(table, count)
        {
            Clock = clock;
            clock.Join(this);
            if (IsEach(table))
            {
                HalfLives = new short[count];
            }
        }

        /// <summary>Tells whether each value has a half-life of its own.</summary>
        internal static bool IsEach(LearningVariable table)
        {
            return table.Course == LearningCourse.Decays && table.Owner == LearningOwner.Source;
        }

        /// <inheritdoc />
        internal override void Reset()
        {
            base.Reset();
            HalfLife = 0;
            for (int i = 0; HalfLives != null && i < HalfLives.Length; i++)
            {
                HalfLives[i] = 0;
            }
        }

        /// <inheritdoc />
        internal override void MoveTo(int time)
        {
            Clock.MoveTo(time);
            Follow();
        }

        /// <summary>Follows the clock.</summary>
        internal void Follow()
        {
            Factor = Clock.Factor;
            if (HalfLife != Clock.HalfLife)
            {
                BringForward();
            }
        }

        /// <inheritdoc />
        internal override int Read(int index, int time)
        {
            Forward(index);
            return base.Read(index, time);
        }

        /// <summary>Brings one forward to the present half-life.</summary>
        /// <returns>Its value without the factor.</returns>
        internal int Forward(int index)
        {
            if (HalfLives != null)
            {
                Values[index] = After(Values[index], Clock.HalfLife - HalfLives[index]);
                HalfLives[index] = (short)Clock.HalfLife;
            }

            return Values[index];
        }

        /// <inheritdoc />
        internal override void Write(int index, int value)
        {
            base.Write(index, value);
            if (HalfLives != null)
            {
                HalfLives[index] = (short)Clock.HalfLife;
            }
        }

        /// <summary>The clock counts half-lives from now on.</summary>
        internal void StartAgain()
        {
            for (int i = 0; i < Values.Length; i++)
            {
                int behind = Clock.HalfLife - (HalfLives == null ? HalfLife : HalfLives[i]);
                Values[i] = (int)(((After(Values[i], behind) * Clock.Factor) + (LearningTable.One >> 1)) >> Bits);
                if (HalfLives != null)
                {
                    HalfLives[i] = 0;
                }
            }

            HalfLife = 0;
            Factor = LearningTable.One;
        }

        private static int After(int value, int halfLives)
        {
            // Towards 0, so that nothing stays at the last place for ever.
            return halfLives > Remembered ? 0 : value / (1 << halfLives);
        }

        private void BringForward()
        {
            int behind = Clock.HalfLife - HalfLife;
            HalfLife = Clock.HalfLife;
            if (HalfLives != null)
            {
                return;
            }

            int[] values = Values;
            int length = values.Length;
            int divisor = behind > Remembered ? int.MaxValue : 1 << behind;
            for (int i = 0; i < length; i++)
            {
                values[i] /= divisor;
            }
        }
    }
}
