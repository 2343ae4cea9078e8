// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Threading;
using nanoFramework.Hardware.Esp32;
using NeuroMCU.Core.Platform;

namespace NeuroMCU.Hardware.Platform
{
    /// <summary>The clock of the ESP32: the 64-bit µs timer that runs from start-up.</summary>
    public sealed class EspClock : IClock
    {
        /// <summary>Sleeping takes whole ticks of 10 ms, up to two of them; a nearer event is waited for by yielding.</summary>
        private const long SleepReach = 20000;

        /// <inheritdoc />
        public long Now
        {
            get
            {
                return (long)HighResTimer.GetCurrent();
            }
        }

        /// <inheritdoc />
        public void Idle(long until)
        {
            Thread.Sleep(until - Now > SleepReach ? 1 : 0);
        }
    }
}
