// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Hardware.Spikes
{
    /// <summary>How long turns of the loop take, as a spike input sees it: the longest of late, which fades within some hundred
    /// turns.</summary>
    internal sealed class TurnMeter
    {
        /// <summary>A longer turn in µs is a pause, not a turn.</summary>
        private const int Longest = 100000;

        /// <summary>Gets the time of the last turn in µs.</summary>
        public long Last { get; private set; } = -1;

        /// <summary>Gets the duration in µs; 0 before the second turn.</summary>
        public int Duration { get; private set; }

        /// <summary>Notes a turn.</summary>
        /// <param name="now">Its time in µs.</param>
        public void Turn(long now)
        {
            if (Last >= 0)
            {
                long took = now - Last;
                int faded = Duration - (Duration >> 7);
                if (took > faded && took <= Longest)
                {
                    faded = (int)took;
                }

                Duration = faded;
            }

            Last = now;
        }
    }
}
