// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Core.Image
{
    /// <summary>Numbers in little-endian bytes, the same on every machine.</summary>
    internal static class Little
    {
        /// <summary>Reads two bytes.</summary>
        internal static int UInt16(byte[] data, int offset) => data[offset] | (data[offset + 1] << 8);

        /// <summary>Reads four bytes.</summary>
        internal static int Int32(byte[] data, int offset)
            => data[offset] | (data[offset + 1] << 8) | (data[offset + 2] << 16) | (data[offset + 3] << 24);

        /// <summary>Reads four bytes.</summary>
        internal static uint UInt32(byte[] data, int offset) => (uint)Int32(data, offset);

        /// <summary>Reads eight bytes.</summary>
        internal static long Int64(byte[] data, int offset)
            => ((long)Int32(data, offset + 4) << 32) | UInt32(data, offset);

        /// <summary>Writes four bytes.</summary>
        internal static void PutInt32(byte[] data, int offset, int value)
        {
            data[offset] = (byte)value;
            data[offset + 1] = (byte)(value >> 8);
            data[offset + 2] = (byte)(value >> 16);
            data[offset + 3] = (byte)(value >> 24);
        }
    }
}
