// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Core.Contracts
{
    /// <summary>What can be wrong with a network image.</summary>
    public static class ImageError
    {
        /// <summary>Fewer bytes than the smallest image, or than the image declares.</summary>
        public const int Truncated = 1;

        /// <summary>Does not begin with the magic bytes "NMCU".</summary>
        public const int Magic = 2;

        /// <summary>Another version of the format.</summary>
        public const int Version = 3;

        /// <summary>The declared length differs from the bytes at hand, or is no multiple of four.</summary>
        public const int Length = 4;

        /// <summary>The CRC-32 at the end does not match: the image was changed or damaged.</summary>
        public const int Checksum = 5;

        /// <summary>The section table is not the one of this version: kind, order, offset or length.</summary>
        public const int Section = 6;

        /// <summary>A declared number of items does not fit into its section, or exceeds the format's limit.</summary>
        public const int Count = 7;

        /// <summary>A value lies outside its range.</summary>
        public const int Range = 8;

        /// <summary>An index points to something that does not exist or is of the wrong kind.</summary>
        public const int Index = 9;

        /// <summary>Values that must ascend do not.</summary>
        public const int Order = 10;

        /// <summary>Bytes that must be zero are not, or a section holds more than its items.</summary>
        public const int Padding = 11;

        /// <summary>A table is missing or has the wrong length.</summary>
        public const int Shape = 12;
    }
}
