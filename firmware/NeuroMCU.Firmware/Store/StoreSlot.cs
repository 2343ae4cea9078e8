// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Firmware.Store
{
    /// <summary>What one of the two slots holds.</summary>
    internal sealed class StoreSlot
    {
        /// <summary>There is no file, or an empty one.</summary>
        internal const int Empty = 0;

        /// <summary>The file ends early: power failed while it was written.</summary>
        internal const int Torn = 1;

        /// <summary>The file is as long as it says, but its bytes do not fit its CRC.</summary>
        internal const int Damaged = 2;

        /// <summary>The file is whole.</summary>
        internal const int Valid = 3;

        internal StoreSlot(string file)
        {
            File = file;
        }

        /// <summary>Gets the name of the file.</summary>
        internal string File { get; }

        /// <summary>Gets or sets the condition.</summary>
        internal int Condition { get; set; }

        /// <summary>Gets or sets the generation: higher is newer (as a difference, so that it may wrap).</summary>
        internal uint Generation { get; set; }

        /// <summary>Gets or sets the length of the image in bytes.</summary>
        internal int Length { get; set; }

        /// <summary>Gets or sets a value indicating whether the device runs the network at power-on.</summary>
        internal bool StartAtBoot { get; set; }
    }
}
