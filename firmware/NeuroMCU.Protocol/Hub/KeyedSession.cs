// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;
using System.Security.Cryptography;
using NeuroMCU.Protocol.Security;

namespace NeuroMCU.Protocol.Hub
{
    /// <summary>
    /// A site's end of a sealed session: keys, numbers, and what was there already. The platform hashes whole arrays only, so that a text
    /// of its own is kept for each usual length; a longer packet costs one more array.
    /// </summary>
    internal sealed class KeyedSession
    {
        /// <summary>Bytes before the body.</summary>
        internal const int HeadSize = 24;

        /// <summary>Bytes of the authentication code.</summary>
        internal const int CodeSize = 16;

        /// <summary>Longest body that is sent.</summary>
        internal const int MostBody = 232;

        private const int NonceSize = KeyExchange.NonceSize;
        private const int TypeWelcome = 2;
        private const int UsualBodies = 8;

        // One bit of a long less than it has, so that no sign comes in.
        private const int WindowSize = 62;

        private static readonly byte[] s_magic = { 0x4E, 0x4D, 0x48, 0x31 };

        private readonly byte[] _key;
        private readonly Random _random = new Random();
        private readonly byte[] _id = new byte[8];
        private readonly byte[] _packet = new byte[HeadSize + MostBody + CodeSize];
        private readonly byte[][] _texts = new byte[UsualBodies][];
        private byte[] _nonce = new byte[NonceSize];
        private byte[] _sessionKey;
        private long _number;
        private long _highest;
        private long _window;
        private int _nextText;

        /// <summary>Initializes a new instance of the <see cref="KeyedSession" /> class.</summary>
        /// <param name="key">Key of the site.</param>
        internal KeyedSession(byte[] key)
        {
            _key = key;
        }

        /// <summary>Gets a value indicating whether the hub has proved its key.</summary>
        internal bool IsOpen => _sessionKey != null;

        /// <summary>Gets the place of the body of the packet that is made.</summary>
        internal byte[] Packet => _packet;

        /// <summary>Gets the site's nonce.</summary>
        internal byte[] Nonce => _nonce;

        /// <summary>Begins a session, which has to be opened by the hub.</summary>
        /// <param name="time">Time in µs, or anything else that rises.</param>
        internal void Begin(long time)
        {
            byte[] noise = KeyExchange.MakeNonce(_key, _random, time, null);
            Array.Copy(noise, 0, _id, 0, _id.Length);
            _nonce = KeyExchange.MakeNonce(_key, _random, time, noise);
            _sessionKey = null;
            _number = 0;
            _highest = 0;
            _window = 0;
        }

        /// <summary>Opens the session with the hub's answer.</summary>
        /// <param name="packet">A WELCOME that <see cref="Open" /> has taken.</param>
        /// <returns>False when it answers another greeting.</returns>
        internal bool Enter(byte[] packet, int count)
        {
            if (count != HeadSize + (2 * NonceSize) + CodeSize || !FrameSeal.Same(packet, HeadSize, _nonce, 0, NonceSize))
            {
                return false;
            }

            const string Label = "neuromcu hub session";
            byte[] text = new byte[Label.Length + (2 * NonceSize)];
            for (int k = 0; k < Label.Length; k++)
            {
                text[k] = (byte)Label[k];
            }

            Array.Copy(packet, HeadSize, text, Label.Length, 2 * NonceSize);
            _sessionKey = HMACSHA256.HashData(_key, text);
            return true;
        }

        /// <summary>Seals the packet whose body stands in <see cref="Packet" />.</summary>
        /// <param name="type">What it is.</param>
        /// <param name="body">Bytes of its body.</param>
        /// <returns>Bytes of the packet.</returns>
        internal int Close(int type, int body)
        {
            Array.Copy(s_magic, 0, _packet, 0, s_magic.Length);
            _packet[4] = (byte)type;
            Array.Copy(_id, 0, _packet, 8, _id.Length);
            BigEndian.Write(_packet, 16, 8, IsOpen ? ++_number : 0);
            int length = HeadSize + body;
            Array.Copy(Code(_packet, length, IsOpen ? _sessionKey : _key), 0, _packet, length, CodeSize);
            return length + CodeSize;
        }

        /// <summary>Judges of a packet: of this session, sealed by the hub, and not taken before.</summary>
        /// <returns>True when it may be believed.</returns>
        internal bool Open(byte[] packet, int count)
        {
            if (count < HeadSize + CodeSize || !FrameSeal.Same(packet, 0, s_magic, 0, s_magic.Length)
                || !FrameSeal.Same(packet, 8, _id, 0, _id.Length) || (packet[4] == TypeWelcome) == IsOpen)
            {
                return false;
            }

            int length = count - CodeSize;
            long number = BigEndian.Read(packet, 16, 8);
            if (!FrameSeal.Same(Code(packet, length, IsOpen ? _sessionKey : _key), 0, packet, length, CodeSize))
            {
                return false;
            }

            return !IsOpen || Admit(number);
        }

        // A number is taken once; those far behind the highest one are too old to tell.
        private bool Admit(long number)
        {
            if (number > _highest)
            {
                long steps = number - _highest;
                _window = steps >= WindowSize ? 0 : (_window << (int)steps) & ((1L << WindowSize) - 1);
                _window |= 1;
                _highest = number;
                return true;
            }

            long behind = _highest - number;
            if (number <= 0 || behind >= WindowSize || ((_window >> (int)behind) & 1) != 0)
            {
                return false;
            }

            _window |= 1L << (int)behind;
            return true;
        }

        private byte[] Code(byte[] packet, int length, byte[] key)
        {
            byte[] text = null;
            for (int k = 0; k < UsualBodies && text == null; k++)
            {
                text = _texts[k] != null && _texts[k].Length == length ? _texts[k] : null;
            }

            if (text == null)
            {
                text = new byte[length];
                _texts[_nextText] = text;
                _nextText = (_nextText + 1) % UsualBodies;
            }

            Array.Copy(packet, 0, text, 0, length);
            return HMACSHA256.HashData(key, text);
        }
    }
}
