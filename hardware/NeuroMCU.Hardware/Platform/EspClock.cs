// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Threading;
using nanoFramework.Hardware.Esp32;
using NeuroMCU.Core.Platform;

namespace NeuroMCU.Hardware.Platform
{
    /// <summary>
    /// The clock of the ESP32: the 64-bit µs timer that runs from start-up. Idling yields to other threads and returns: a sleep takes whole
    /// ticks of 10 ms, and the firmware looks at its lines every millisecond.
    /// </summary>
    public sealed class EspClock : IClock
    {
        /// <inheritdoc />
        public long Now => (long)HighResTimer.GetCurrent();

        /// <inheritdoc />
        public void Idle(long until)
        {
            Thread.Sleep(0);
        }
    }
}
