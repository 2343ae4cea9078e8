// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Firmware.Store
{
    /// <summary>What one of the two slots holds.</summary>
    public sealed class StoreSlot
    {
        /// <summary>There is no file, or an empty one.</summary>
        public const int Empty = 0;

        /// <summary>The file ends early: power failed while it was written.</summary>
        public const int Torn = 1;

        /// <summary>The file is as long as it says, but its bytes do not fit its CRC.</summary>
        public const int Damaged = 2;

        /// <summary>The file is whole.</summary>
        public const int Valid = 3;

        /// <summary>Initializes a new instance of the <see cref="StoreSlot" /> class.</summary>
        /// <param name="file">Its file.</param>
        public StoreSlot(string file)
        {
            File = file;
        }

        /// <summary>Gets the name of the file.</summary>
        public string File { get; }

        /// <summary>Gets or sets the condition.</summary>
        public int Condition { get; set; }

        /// <summary>Gets or sets the generation: higher is newer (as a difference, so that it may wrap).</summary>
        public uint Generation { get; set; }

        /// <summary>Gets or sets the length of the image in bytes.</summary>
        public int Length { get; set; }

        /// <summary>Gets or sets a value indicating whether the device runs the network at power-on.</summary>
        public bool StartAtBoot { get; set; }
    }
}
