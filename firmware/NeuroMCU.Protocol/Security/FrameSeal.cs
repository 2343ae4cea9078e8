// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;
using System.Security.Cryptography;
using NeuroMCU.Protocol.Framing;

namespace NeuroMCU.Protocol.Security
{
    /// <summary>
    /// Seals the frames of one direction-aware session: each frame carries the lower half of a 32-bit counter that only rises, and the
    /// first 8 bytes of HMAC-SHA-256(session key, direction | counter | length | frame, padded with zeros). A frame that was seen before,
    /// comes from the other direction, or was changed, does not open.
    /// </summary>
    public sealed class FrameSeal
    {
        private const int TagSize = 8;
        private const int Prefix = 7;

        private readonly byte[] _key;
        private readonly byte[] _text = new byte[Prefix + WireFormat.MaxFrame];
        private readonly int _sendDirection;
        private uint _sent;
        private uint _received;

        /// <summary>Initializes a new instance of the <see cref="FrameSeal" /> class.</summary>
        /// <param name="sessionKey">Key of the session, 32 bytes.</param>
        /// <param name="isDevice">True on the device's end, false on the host's.</param>
        public FrameSeal(byte[] sessionKey, bool isDevice)
        {
            _key = sessionKey;
            _sendDirection = isDevice ? 2 : 1;
        }

        /// <summary>Gets the number of frames that were refused because their counter had not risen.</summary>
        internal int Replays { get; private set; }

        /// <summary>Appends counter and tag.</summary>
        /// <param name="frame">The frame; needs <see cref="WireFormat.SealSize" /> bytes of room after its end.</param>
        /// <param name="length">Length in bytes of header and body.</param>
        /// <returns>False when the counter is used up; the session has to be opened anew.</returns>
        internal bool Close(byte[] frame, int length)
        {
            if (_sent == 0xFFFFFFFF)
            {
                return false;
            }

            _sent++;
            byte[] tag = Tag(frame, length, _sent, _sendDirection);
            frame[length] = (byte)_sent;
            frame[length + 1] = (byte)(_sent >> 8);
            Array.Copy(tag, 0, frame, length + 2, TagSize);
            return true;
        }

        /// <summary>Checks counter and tag.</summary>
        /// <param name="length">Length in bytes of header and body.</param>
        /// <returns>True when the frame is the other end's and new.</returns>
        internal bool Open(byte[] frame, int length)
        {
            // The counter is the next number above the last one that ends in the given 16 bits: losses are bridged, repeats are not.
            uint low = (uint)(frame[length] | (frame[length + 1] << 8));
            uint counter = (_received & 0xFFFF0000) | low;
            if (counter <= _received)
            {
                if (counter > 0xFFFEFFFF)
                {
                    return false;
                }

                counter += 0x10000;
            }

            byte[] tag = Tag(frame, length, counter, 3 - _sendDirection);
            if (Same(tag, 0, frame, length + 2, TagSize))
            {
                _received = counter;
                return true;
            }

            // Only to say what happened: the same frame under the counter that it was sent with.
            uint old = counter - 0x10000;
            if (counter >= 0x10000 && old <= _received && old > 0
                && Same(Tag(frame, length, old, 3 - _sendDirection), 0, frame, length + 2, TagSize))
            {
                Replays++;
            }

            return false;
        }

        /// <summary>Compares bytes in a time that does not depend on where they differ.</summary>
        /// <param name="a">First array.</param>
        /// <param name="aOffset">Its first byte.</param>
        /// <param name="b">Second array.</param>
        /// <param name="bOffset">Its first byte.</param>
        /// <param name="count">Number of bytes.</param>
        /// <returns>True when all are equal.</returns>
        public static bool Same(byte[] a, int aOffset, byte[] b, int bOffset, int count)
        {
            int difference = 0;
            for (int k = 0; k < count; k++)
            {
                difference |= a[aOffset + k] ^ b[bOffset + k];
            }

            return difference == 0;
        }

        private byte[] Tag(byte[] frame, int length, uint counter, int direction)
        {
            // The platform hashes whole arrays only. A padded text of fixed length keeps this from allocating one per frame length.
            byte[] text = _text;
            Array.Clear(text, 0, text.Length);
            text[0] = (byte)direction;
            text[1] = (byte)counter;
            text[2] = (byte)(counter >> 8);
            text[3] = (byte)(counter >> 16);
            text[4] = (byte)(counter >> 24);
            text[5] = (byte)length;
            text[6] = (byte)(length >> 8);
            Array.Copy(frame, 0, text, Prefix, length);
            return HMACSHA256.HashData(_key, text);
        }
    }
}
