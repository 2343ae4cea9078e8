// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;

namespace NeuroMCU.Protocol.Messages
{
    /// <summary>
    /// Reads little-endian numbers from a byte array. Reading past the end gives zeros and sets <see cref="Failed" />, so that a message
    /// is checked once, at its end, and bad input never throws.
    /// </summary>
    public sealed class BodyReader
    {
        private readonly byte[] _buffer;

        /// <summary>Initializes a new instance of the <see cref="BodyReader" /> class over a whole array.</summary>
        /// <param name="buffer">Array to read from.</param>
        public BodyReader(byte[] buffer)
        {
            _buffer = buffer;
            Reset(0, buffer.Length);
        }

        /// <summary>Gets the array that is read.</summary>
        public byte[] Buffer => _buffer;

        /// <summary>Gets the index in the array of the next byte.</summary>
        public int Position { get; private set; }

        /// <summary>Gets the index in the array after the last byte.</summary>
        public int End { get; private set; }

        /// <summary>Gets the number of bytes left.</summary>
        public int Left => End - Position;

        /// <summary>Gets a value indicating whether something was read past the end.</summary>
        public bool Failed { get; private set; }

        /// <summary>Gets a value indicating whether everything was read, and nothing past the end.</summary>
        public bool Complete => !Failed && Position == End;

        /// <summary>Starts over.</summary>
        /// <param name="start">Index of the first byte.</param>
        /// <param name="end">Index after the last byte.</param>
        public void Reset(int start, int end)
        {
            Position = start;
            End = end;
            Failed = false;
        }

        /// <summary>Reads 8 bits.</summary>
        /// <returns>0 to 255.</returns>
        public int ReadByte()
        {
            if (!Has(1))
            {
                return 0;
            }

            int value = _buffer[Position];
            Position++;
            return value;
        }

        /// <summary>Reads 16 bits as an unsigned number.</summary>
        /// <returns>0 to 65535.</returns>
        public int ReadUInt16()
        {
            if (!Has(2))
            {
                return 0;
            }

            int at = Position;
            Position = at + 2;
            return _buffer[at] | (_buffer[at + 1] << 8);
        }

        /// <summary>Reads 16 bits as a signed number.</summary>
        /// <returns>−32768 to 32767.</returns>
        public int ReadInt16() => (short)ReadUInt16();

        /// <summary>Reads 32 bits as a signed number.</summary>
        /// <returns>The number.</returns>
        public int ReadInt32()
        {
            if (!Has(4))
            {
                return 0;
            }

            int at = Position;
            Position = at + 4;
            return _buffer[at] | (_buffer[at + 1] << 8) | (_buffer[at + 2] << 16) | (_buffer[at + 3] << 24);
        }

        /// <summary>Reads 32 bits as an unsigned number.</summary>
        /// <returns>The number.</returns>
        public uint ReadUInt32() => (uint)ReadInt32();

        /// <summary>Reads 64 bits as a signed number.</summary>
        /// <returns>The number.</returns>
        public long ReadInt64()
        {
            if (!Has(8))
            {
                return 0;
            }

            uint low = ReadUInt32();
            return ((long)ReadInt32() << 32) | low;
        }

        /// <summary>Reads a varint; more than 10 bytes fail.</summary>
        /// <returns>The number.</returns>
        public long ReadVarint()
        {
            ulong value = 0;
            int shift = 0;
            while (true)
            {
                int part = ReadByte();
                if (Failed || shift > 63)
                {
                    Failed = true;
                    return 0;
                }

                value |= (ulong)(uint)(part & 127) << shift;
                if (part < 128)
                {
                    return (long)value;
                }

                shift += 7;
            }
        }

        /// <summary>Reads a zigzag varint.</summary>
        /// <returns>The number.</returns>
        public long ReadSignedVarint()
        {
            ulong coded = (ulong)ReadVarint();
            return (long)(coded >> 1) ^ -(long)(coded & 1);
        }

        /// <summary>Reads bytes as they are; zeros where there are none left.</summary>
        /// <param name="target">Receives them.</param>
        /// <param name="offset">Index of the first.</param>
        /// <param name="count">Number of bytes.</param>
        public void ReadBytes(byte[] target, int offset, int count)
        {
            if (Has(count))
            {
                Array.Copy(_buffer, Position, target, offset, count);
                Position += count;
            }
        }

        /// <summary>Reads a length byte and that many bytes into a new array.</summary>
        /// <returns>The bytes; empty when there are too few.</returns>
        public byte[] ReadBlock()
        {
            int count = ReadByte();
            if (!Has(count))
            {
                return new byte[0];
            }

            byte[] block = new byte[count];
            ReadBytes(block, 0, count);
            return block;
        }

        private bool Has(int count)
        {
            if (Failed || count < 0 || Position + count > End)
            {
                Failed = true;
                return false;
            }

            return true;
        }
    }
}
