// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Firmware.Loop
{
    /// <summary>A timer outside the main loop that restarts the device when the loop stops turning.</summary>
    public interface IWatchdog
    {
        /// <summary>Notes that the loop turns.</summary>
        void Feed();
    }
}
