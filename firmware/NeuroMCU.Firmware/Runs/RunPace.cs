// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Engine;

namespace NeuroMCU.Firmware.Runs
{
    /// <summary>How network time follows the clock in a run, and what came late.</summary>
    internal sealed class RunPace
    {
        private long _clockStart;
        private long _timeStart;

        /// <summary>Gets the network time in µs at which the run ends; long.MaxValue when the end has to be asked for.</summary>
        internal long End { get; private set; }

        /// <summary>Gets the number of events that were served later than one step after their time.</summary>
        internal long LateEvents { get; private set; }

        /// <summary>Gets the largest lateness in µs.</summary>
        internal long MaxLateness { get; private set; }

        /// <summary>Starts a run: nothing is late.</summary>
        /// <param name="clock">Clock time in µs.</param>
        /// <param name="time">Network time in µs at that moment.</param>
        /// <param name="duration">How long in µs of network time; 0 until the end is asked for.</param>
        internal void Start(long clock, long time, long duration)
        {
            _clockStart = clock;
            _timeStart = time;
            End = duration == 0 || duration > long.MaxValue - time ? long.MaxValue : time + duration;
            Forget();
        }

        /// <summary>Forgets what was late.</summary>
        internal void Forget()
        {
            LateEvents = 0;
            MaxLateness = 0;
        }

        /// <summary>The network time that belongs to a clock time.</summary>
        /// <param name="clock">Clock time in µs.</param>
        /// <returns>Network time in µs.</returns>
        internal long TimeAt(long clock) => _timeStart + (clock - _clockStart);

        /// <summary>The clock time that belongs to a network time.</summary>
        /// <param name="time">Network time in µs.</param>
        /// <returns>Clock time in µs; long.MaxValue for long.MaxValue.</returns>
        internal long ClockAt(long time) => time == long.MaxValue ? long.MaxValue : _clockStart + (time - _timeStart);

        /// <summary>Serves what lies more than one step behind its time, and counts it.</summary>
        /// <param name="target">Network time in µs up to which it may go.</param>
        /// <param name="expected">Network time in µs at which it should be: the clock's, also where the network's goes no further.</param>
        /// <returns>Work items served.</returns>
        internal int CatchUp(NetworkEngine engine, long target, long expected, int work)
        {
            long due = expected - engine.Step - 1;
            if (due > target)
            {
                due = target;
            }

            if (engine.Time >= due)
            {
                return 0;
            }

            long next = engine.NextEventTime;
            if (next > due)
            {
                return 0;
            }

            int served = engine.Advance(due, work);
            LateEvents += served;
            if (expected - next > MaxLateness)
            {
                MaxLateness = expected - next;
            }

            return served;
        }
    }
}
