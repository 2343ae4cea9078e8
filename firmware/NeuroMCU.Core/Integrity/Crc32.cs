// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Core.Integrity
{
    /// <summary>
    /// CRC-32 as in Ethernet, zlib and PNG: polynomial 0x04C11DB7 reflected, start and final value inverted. "123456789" gives 0xCBF43926.
    /// One algorithm seals frames, images and stored slots.
    /// </summary>
    public static class Crc32
    {
        private const uint Polynomial = 0xEDB88320;

        private static readonly uint[] s_table = MakeTable();

        /// <summary>Computes the CRC over a range of bytes.</summary>
        /// <param name="data">Holds the bytes.</param>
        /// <param name="offset">First byte.</param>
        /// <param name="count">Number of bytes.</param>
        /// <returns>The CRC.</returns>
        public static uint Compute(byte[] data, int offset, int count) => Update(0, data, offset, count);

        /// <summary>Goes on with a CRC: Update(Compute(a), b) is the CRC over a followed by b.</summary>
        /// <param name="state">CRC over what came before; 0 at the start.</param>
        /// <param name="data">Holds the bytes.</param>
        /// <param name="offset">First byte.</param>
        /// <param name="count">Number of bytes.</param>
        /// <returns>The CRC.</returns>
        public static uint Update(uint state, byte[] data, int offset, int count)
        {
            uint[] table = s_table;
            uint crc = ~state;
            int end = offset + count;
            int k = offset;

            // Four bytes to a turn of the loop: to an interpreter counting costs half as much as the work.
            for (; k < end - 3; k += 4)
            {
                crc = table[(int)((crc ^ data[k]) & 255)] ^ (crc >> 8);
                crc = table[(int)((crc ^ data[k + 1]) & 255)] ^ (crc >> 8);
                crc = table[(int)((crc ^ data[k + 2]) & 255)] ^ (crc >> 8);
                crc = table[(int)((crc ^ data[k + 3]) & 255)] ^ (crc >> 8);
            }

            for (; k < end; k++)
            {
                crc = table[(int)((crc ^ data[k]) & 255)] ^ (crc >> 8);
            }

            return ~crc;
        }

        private static uint[] MakeTable()
        {
            uint[] table = new uint[256];
            for (int k = 0; k < 256; k++)
            {
                uint value = (uint)k;
                for (int bit = 0; bit < 8; bit++)
                {
                    value = (value & 1) != 0 ? (value >> 1) ^ Polynomial : value >> 1;
                }

                table[k] = value;
            }

            return table;
        }
    }
}
