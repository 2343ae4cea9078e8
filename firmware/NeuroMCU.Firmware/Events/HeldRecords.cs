// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Firmware.Events
{
    /// <summary>
    /// When records of a run with neurons at pins go out. A frame of two spikes takes an interpreted loop some 0.65 ms (240 MHz) or 2 ms
    /// (160 MHz, estimates), during which no spike is seen and no drive is written: so records wait for each other, and for a pause of the
    /// network.
    /// </summary>
    internal sealed class HeldRecords
    {
        // Soon enough for eyes.
        private const long HeldTime = 20_000;

        private bool _holding;
        private long _since;
        private bool _overdue;

        /// <summary>Forgets since when records wait.</summary>
        internal void Forget()
        {
            _holding = false;
        }

        /// <summary>Tells whether there is enough to send.</summary>
        /// <returns>True when a frame is full, or the oldest has waited for 20 ms.</returns>
        internal bool IsRipe(int count, int batch, long now)
        {
            if (count == 0)
            {
                _holding = false;
                return false;
            }

            if (!_holding)
            {
                _holding = true;
                _since = now;
            }

            _overdue = now - _since >= 2 * HeldTime;
            return count >= batch || now - _since >= HeldTime;
        }

        /// <summary>Gets a value indicating whether records have waited for a pause as long as they may.</summary>
        internal bool IsOverdue => _overdue;

        /// <summary>Notes that a frame has gone out.</summary>
        internal void Sent(int left, int batch)
        {
            // What is behind stays overdue until it has been caught up with.
            _holding &= left >= batch;
        }
    }
}
