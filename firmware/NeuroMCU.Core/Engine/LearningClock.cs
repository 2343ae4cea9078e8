// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;

namespace NeuroMCU.Core.Engine
{
    /// <summary>Runs what rules do at equal intervals.</summary>
    internal sealed class LearningClock
    {
        /// <summary>Time in µs of the next one; long.MaxValue for none.</summary>
        internal long NextTime;

        private readonly SynapseLearner[] _learners;
        private readonly long[] _times;

        internal LearningClock(SynapseLearner[] learners)
        {
            _learners = learners;
            _times = new long[learners.Length];
        }

        internal void Reset()
        {
            NextTime = long.MaxValue;
            for (int i = 0; i < _times.Length; i++)
            {
                int interval = _learners[i].Interval;
                _times[i] = interval == 0 ? long.MaxValue : interval;
                NextTime = _times[i] < NextTime ? _times[i] : NextTime;
            }
        }

        /// <summary>Runs those that are due.</summary>
        /// <returns>Work items.</returns>
        internal int Serve(long time, int local)
        {
            int work = 0;
            long next = long.MaxValue;
            for (int i = 0; i < _times.Length; i++)
            {
                if (_times[i] == time)
                {
                    _learners[i].Tick(local);
                    _times[i] = time + _learners[i].Interval;
                    work++;
                }

                next = _times[i] < next ? _times[i] : next;
            }

            NextTime = next;
            return work;
        }
    }
}
