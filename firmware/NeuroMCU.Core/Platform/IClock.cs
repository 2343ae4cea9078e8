// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Core.Platform
{
    /// <summary>The one source of time: monotonic, in microseconds. Nothing else in the firmware reads the time.</summary>
    public interface IClock
    {
        /// <summary>Gets the time since start-up in µs; never goes back.</summary>
        long Now { get; }

        /// <summary>
        /// Tells that the caller has nothing to do before <paramref name="until" />. Returns at that time at the latest (give or take the
        /// scheduler's grain), and earlier at will: the caller then looks at its inputs and calls again.
        /// </summary>
        /// <param name="until">Time in µs on this clock; long.MaxValue when only an input can bring work. A time that has passed
        /// returns at once.</param>
        void Idle(long until);
    }
}
