// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.DeviceBenchmarks
{
    /// <summary>
    /// Work that always runs the same way, cut into short windows. Each window's best time over several runs is taken, so that a busy
    /// machine or a collection spoils a few windows of one run and not the result.
    /// </summary>
    public abstract class Workload
    {
        /// <summary>Gets the number of windows.</summary>
        public abstract int Windows { get; }

        /// <summary>Gets the number of units (additions, updates, synaptic events) in all windows; known after a run.</summary>
        public abstract long Units { get; }

        /// <summary>Goes back to the beginning.</summary>
        public abstract void Restart();

        /// <summary>Does one window's work.</summary>
        /// <param name="index">Number of the window, ascending from 0.</param>
        public abstract void Run(int index);
    }
}
