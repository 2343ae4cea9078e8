// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Protocol.Hub
{
    /// <summary>Numbers in network byte order.</summary>
    internal static class BigEndian
    {
        /// <summary>Writes the low bytes of a number.</summary>
        /// <param name="at">First byte.</param>
        /// <param name="size">Number of bytes, 1 to 8.</param>
        internal static void Write(byte[] buffer, int at, int size, long value)
        {
            for (int k = size - 1; k >= 0; k--)
            {
                buffer[at + k] = (byte)value;
                value >>= 8;
            }
        }

        /// <summary>Reads a number; one of eight bytes is signed.</summary>
        /// <param name="at">First byte.</param>
        /// <param name="size">Number of bytes, 1 to 8.</param>
        /// <returns>The number.</returns>
        internal static long Read(byte[] buffer, int at, int size)
        {
            long value = 0;
            for (int k = 0; k < size; k++)
            {
                // Through an int: nanoCLR would take a byte that becomes a long for unsigned from then on.
                int part = buffer[at + k];
                value = (value << 8) + part;
            }

            return value;
        }
    }
}
