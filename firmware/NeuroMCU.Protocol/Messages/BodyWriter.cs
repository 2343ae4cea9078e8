// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;

namespace NeuroMCU.Protocol.Messages
{
    /// <summary>
    /// Writes little-endian numbers into a byte array. Writing past the limit sets <see cref="Failed" /> and changes nothing else, so
    /// that a message is checked once, at its end.
    /// </summary>
    public sealed class BodyWriter
    {
        private readonly byte[] _buffer;
        private int _start;
        private int _position;
        private bool _failed;
        private int _limit;

        /// <summary>Initializes a new instance of the <see cref="BodyWriter" /> class over a whole array.</summary>
        /// <param name="buffer">Array to write to.</param>
        public BodyWriter(byte[] buffer)
        {
            _buffer = buffer;
            Reset(0, buffer.Length);
        }

        /// <summary>Gets the index in the array of the next byte.</summary>
        public int Position => _position;

        /// <summary>Gets the number of bytes written since the last reset.</summary>
        public int Length => _position - _start;

        /// <summary>Gets the number of bytes that still fit.</summary>
        public int Left => _limit - _position;

        /// <summary>Gets a value indicating whether something did not fit.</summary>
        public bool Failed => _failed;

        /// <summary>Starts over.</summary>
        /// <param name="start">Index of the first byte.</param>
        /// <param name="count">Bytes that may be written.</param>
        public void Reset(int start, int count)
        {
            _start = start;
            _limit = start + count;
            _position = start;
            _failed = _limit > _buffer.Length;
        }

        /// <summary>Takes back everything after a position that was read earlier.</summary>
        /// <param name="position">An earlier <see cref="Position" />.</param>
        internal void Rewind(int position)
        {
            _position = position;
            _failed = false;
        }

        /// <summary>Overwrites one byte that was written before.</summary>
        /// <param name="value">The lower 8 bits count.</param>
        internal void PatchByte(int position, int value)
        {
            _buffer[position] = (byte)value;
        }

        /// <summary>Writes 8 bits.</summary>
        /// <param name="value">The lower 8 bits count.</param>
        public void WriteByte(int value)
        {
            if (Room(1))
            {
                _buffer[_position] = (byte)value;
                _position++;
            }
        }

        /// <summary>Writes 16 bits.</summary>
        /// <param name="value">The lower 16 bits count.</param>
        public void WriteInt16(int value)
        {
            if (Room(2))
            {
                int at = _position;
                _buffer[at] = (byte)value;
                _buffer[at + 1] = (byte)(value >> 8);
                _position = at + 2;
            }
        }

        /// <summary>Writes 32 bits.</summary>
        /// <param name="value">The number.</param>
        public void WriteInt32(int value)
        {
            if (Room(4))
            {
                int at = _position;
                _buffer[at] = (byte)value;
                _buffer[at + 1] = (byte)(value >> 8);
                _buffer[at + 2] = (byte)(value >> 16);
                _buffer[at + 3] = (byte)(value >> 24);
                _position = at + 4;
            }
        }

        /// <summary>Writes 32 bits.</summary>
        /// <param name="value">The number.</param>
        public void WriteUInt32(uint value)
        {
            WriteInt32((int)value);
        }

        /// <summary>Writes 64 bits.</summary>
        /// <param name="value">The number.</param>
        public void WriteInt64(long value)
        {
            if (Room(8))
            {
                WriteInt32((int)value);
                WriteInt32((int)(value >> 32));
            }
        }

        /// <summary>Writes a non-negative number in groups of 7 bits, lowest first, bit 7 set in all but the last byte (LEB128).</summary>
        /// <param name="value">The number; as unsigned 64 bits it takes up to 10 bytes.</param>
        public void WriteVarint(long value)
        {
            if (_failed)
            {
                return;
            }

            // Most of a frame of spikes goes through here: the bytes are put in place without a call for each.
            byte[] buffer = _buffer;
            int at = _position;
            int last = _limit - 1;
            ulong left = (ulong)value;
            while (left > 127 && at < last)
            {
                buffer[at++] = (byte)((int)left | 128);
                left >>= 7;
            }

            _failed = left > 127 || at > last;
            if (!_failed)
            {
                buffer[at] = (byte)left;
                _position = at + 1;
            }
        }

        /// <summary>Writes a signed number as a varint after zigzag mapping (0, −1, 1, −2 become 0, 1, 2, 3).</summary>
        /// <param name="value">The number.</param>
        public void WriteSignedVarint(long value)
        {
            WriteVarint((value << 1) ^ (value >> 63));
        }

        /// <summary>Writes bytes as they are.</summary>
        /// <param name="source">Where they are.</param>
        /// <param name="offset">First byte.</param>
        /// <param name="count">Number of bytes.</param>
        public void WriteBytes(byte[] source, int offset, int count)
        {
            if (Room(count))
            {
                Array.Copy(source, offset, _buffer, _position, count);
                _position += count;
            }
        }

        /// <summary>Writes a length byte and that many bytes; more than 255 fail.</summary>
        /// <param name="source">The bytes.</param>
        public void WriteBlock(byte[] source)
        {
            if (source.Length > 255)
            {
                _failed = true;
                return;
            }

            WriteByte(source.Length);
            WriteBytes(source, 0, source.Length);
        }

        private bool Room(int count)
        {
            if (_failed || _position + count > _limit)
            {
                _failed = true;
                return false;
            }

            return true;
        }
    }
}
