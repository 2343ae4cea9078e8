// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;
using System.Threading;
using nanoFramework.Runtime.Native;

namespace NeuroMCU.Firmware.Loop
{
    /// <summary>
    /// Restarts the board when the main loop stops turning; the outputs go to their safe levels first. It runs on a timer of the runtime,
    /// so it sees a loop that hangs in managed code. A hang inside a native call stops this timer as well, and the images of nanoFramework
    /// have the chip's task watchdog off (CONFIG_ESP_TASK_WDT_INIT=n): such a hang lasts until somebody resets the board.
    /// </summary>
    public sealed class LoopWatchdog : IWatchdog, IDisposable
    {
        /// <summary>
        /// Turns longer than the profile's limit are faults that the application handles itself; saving an image takes seconds of flash
        /// time. Only a loop that is silent for so many limits counts as dead.
        /// </summary>
        public const int Patience = 5;

        private readonly FirmwareApplication _application;
        private readonly Timer _timer;
        private bool _fed;

        /// <summary>Initializes a new instance of the <see cref="LoopWatchdog" /> class, which begins to watch.</summary>
        /// <param name="application">Whose loop.</param>
        /// <param name="turnLimit">The profile's limit of a turn in ms.</param>
        public LoopWatchdog(FirmwareApplication application, int turnLimit)
        {
            _application = application;
            _fed = true;
            _timer = new Timer(Look, null, turnLimit * Patience, turnLimit * Patience);
        }

        /// <inheritdoc />
        public void Feed()
        {
            _fed = true;
        }

        /// <summary>Ends the watch.</summary>
        public void Dispose()
        {
            _timer.Dispose();
        }

        private void Look(object state)
        {
            if (_fed)
            {
                _fed = false;
                return;
            }

            try
            {
                _application.MakeSafe();
            }
            finally
            {
                Power.RebootDevice();
            }
        }
    }
}
