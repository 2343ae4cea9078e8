// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Numerics;

namespace NeuroMCU.Models.Learning
{
    /// <summary>
    /// What all variables that decay at one rate share. Time is counted in their half-lives: values are kept as of the beginning of one, so
    /// that whole half-lives are a shift and one factor brings any of them to the present. Silence costs nothing.
    /// </summary>
    internal sealed class RuleClock
    {
        /// <summary>log2(e)/τ per µs, Q40.</summary>
        internal readonly long Rate;

        /// <summary>What a value of the present half-life is multiplied with, Q30, one half to one.</summary>
        internal long Factor;

        /// <summary>Number of the present half-life.</summary>
        internal int HalfLife;

        // Numbers of half-lives are kept as shorts; after 32 of them nothing is left of a value.
        private const long MostHalfLives = 32000;
        private const long Remembered = 32;
        private const int OctaveBits = 40;

        private readonly int _longest;
        private readonly int _forgotten;
        private readonly DecayingVariable[] _members;
        private int _joined;
        private int _origin;
        private int _time;

        internal RuleClock(long rate, int members)
        {
            Rate = rate;
            _members = new DecayingVariable[members];
            _longest = Microseconds(MostHalfLives);
            _forgotten = Microseconds(MostHalfLives + Remembered);
        }

        internal void Join(DecayingVariable variable)
        {
            _members[_joined++] = variable;
        }

        internal void Reset()
        {
            _origin = 0;
            _time = 0;
            HalfLife = 0;
            Factor = LearningTable.One;
        }

        /// <summary>Brings half-life and factor to a time.</summary>
        internal void MoveTo(int time)
        {
            if (time == _time)
            {
                return;
            }

            _time = time;
            int elapsed = time - _origin;
            if (elapsed > _longest)
            {
                StartAgain(time);
                return;
            }

            long octaves = Rate * elapsed;
            Factor = Exponential.Fraction(octaves);
            HalfLife = (int)(octaves >> OctaveBits);
        }

        /// <summary>Local times become smaller.</summary>
        internal void Rebase(int by)
        {
            StartAgain(by);
            _origin -= by;
            _time -= by;
        }

        // Half-lives are counted from this time on.
        private void StartAgain(int time)
        {
            int elapsed = time - _origin;
            long octaves = elapsed > _forgotten ? (MostHalfLives + Remembered) << OctaveBits : Rate * elapsed;
            Factor = Exponential.Fraction(octaves);
            HalfLife = (int)(octaves >> OctaveBits);
            for (int i = 0; i < _joined; i++)
            {
                _members[i].StartAgain();
            }

            _origin = time;
            _time = time;
            HalfLife = 0;
            Factor = LearningTable.One;
        }

        private int Microseconds(long halfLives)
        {
            long time = (halfLives << OctaveBits) / Rate;
            return time > int.MaxValue ? int.MaxValue : (int)time;
        }
    }
}
