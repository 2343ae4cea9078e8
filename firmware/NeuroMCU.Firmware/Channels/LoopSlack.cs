// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Firmware.Channels
{
    /// <summary>By how much the loop may delay a spike: its longest turn, forgotten by 1/64 with each turn.</summary>
    internal sealed class LoopSlack
    {
        /// <summary>µs, 2000 and more.</summary>
        internal int Time;

        private const int Least = 2000;
        private const int ForgetShift = 6;

        private long _lastTurn;

        internal void Start(long now)
        {
            _lastTurn = now;
            Time = Least;
        }

        /// <summary>Notes a turn of the loop: spikes are seen once in each.</summary>
        internal void Turn(long now)
        {
            int turn = (int)(now - _lastTurn);
            int faded = Time - (Time >> ForgetShift);
            _lastTurn = now;
            Time = turn > faded ? turn : faded > Least ? faded : Least;
        }
    }
}
