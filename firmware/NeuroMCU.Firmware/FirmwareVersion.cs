// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Firmware
{
    /// <summary>Version of the firmware.</summary>
    public static class FirmwareVersion
    {
        /// <summary>Major · 65536 + minor · 256 + patch.</summary>
        public const int Number = 0x000100;
    }
}
