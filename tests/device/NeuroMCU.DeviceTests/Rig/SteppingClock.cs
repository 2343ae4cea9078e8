// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Platform;

namespace NeuroMCU.DeviceTests.Rig
{
    /// <summary>A clock on which every look costs the same time, so that turns of the loop take as long on any machine.</summary>
    internal sealed class SteppingClock : IClock
    {
        /// <summary>What each look at the clock costs in µs.</summary>
        private const int CostOfLooking = 9;

        /// <summary>Gets the time in µs without a cost.</summary>
        public long Time { get; private set; }

        public long Now
        {
            get
            {
                Time += CostOfLooking;
                return Time;
            }
        }

        public void Idle(long until)
        {
            if (until > Time)
            {
                Time = until;
            }
        }
    }
}
