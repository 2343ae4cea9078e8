// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;

namespace NeuroMCU.Protocol.Framing
{
    /// <summary>
    /// Consistent Overhead Byte Stuffing (Cheshire and Baker, 1999): rewrites bytes so that none of them is zero, at a cost of one byte
    /// per started block of 254.
    /// </summary>
    public static class Cobs
    {
        // Bytes without a zero that fill a block.
        private const int FullBlock = 254;

        /// <summary>Encodes bytes. The delimiter is not written.</summary>
        /// <param name="source">Bytes to encode.</param>
        /// <param name="offset">First byte.</param>
        /// <param name="count">Number of bytes.</param>
        /// <param name="target">Receives count + 1 + count / 254 bytes at most.</param>
        /// <param name="targetOffset">Where to begin in <paramref name="target" />.</param>
        /// <returns>Number of bytes written.</returns>
        public static int Encode(byte[] source, int offset, int count, byte[] target, int targetOffset)
        {
            return count < FullBlock ? EncodeBlock(source, offset, count, target, targetOffset)
                : EncodeBlocks(source, offset, count, target, targetOffset);
        }

        // No block can be full: the bytes stay where they are, one further on, and each zero becomes the distance to the next one. They are
        // copied natively, which saves an interpreter half of the work.
        private static int EncodeBlock(byte[] source, int offset, int count, byte[] target, int targetOffset)
        {
            Array.Copy(source, offset, target, targetOffset + 1, count);
            int codeAt = targetOffset;
            int end = targetOffset + 1 + count;
            for (int at = targetOffset + 1; at < end; at++)
            {
                if (target[at] == 0)
                {
                    target[codeAt] = (byte)(at - codeAt);
                    codeAt = at;
                }
            }

            target[codeAt] = (byte)(end - codeAt);
            return count + 1;
        }

        private static int EncodeBlocks(byte[] source, int offset, int count, byte[] target, int targetOffset)
        {
            int end = offset + count;
            int codeAt = targetOffset;
            int write = targetOffset + 1;
            int code = 1;
            for (int read = offset; read < end; read++)
            {
                byte value = source[read];
                if (value != 0)
                {
                    target[write++] = value;
                    code++;
                    if (code < 255)
                    {
                        continue;
                    }

                    // A full block carries no zero of its own; a new block is due only when more bytes follow.
                    if (read + 1 == end)
                    {
                        break;
                    }
                }

                target[codeAt] = (byte)code;
                codeAt = write++;
                code = 1;
            }

            target[codeAt] = (byte)code;
            return write - targetOffset;
        }

        /// <summary>Decodes bytes between two delimiters.</summary>
        /// <param name="source">Encoded bytes, without the delimiter.</param>
        /// <param name="offset">First byte.</param>
        /// <param name="count">Number of bytes.</param>
        /// <param name="target">Receives at most count − 1 bytes.</param>
        /// <param name="targetOffset">Where to begin in <paramref name="target" />.</param>
        /// <returns>Number of bytes written, or −1 when the input is no COBS code or the target is too small.</returns>
        public static int Decode(byte[] source, int offset, int count, byte[] target, int targetOffset)
        {
            int end = offset + count;
            int read = offset;
            int write = targetOffset;
            while (read < end)
            {
                int code = source[read++];
                if (code == 0 || read + code - 1 > end || write + code > target.Length + 1)
                {
                    return -1;
                }

                for (int k = 1; k < code; k++)
                {
                    byte value = source[read++];
                    if (value == 0)
                    {
                        return -1;
                    }

                    target[write++] = value;
                }

                if (code < 255 && read < end)
                {
                    if (write >= target.Length)
                    {
                        return -1;
                    }

                    target[write++] = 0;
                }
            }

            return write - targetOffset;
        }
    }
}
