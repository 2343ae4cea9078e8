// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Protocol.Framing
{
    /// <summary>
    /// The sizes and fixed bytes of a frame: version(1) | type(1) | sequence(2) | body | check, COBS-coded, ended by one zero byte.
    /// All numbers on the wire are little-endian.
    /// </summary>
    public static class WireFormat
    {
        /// <summary>Byte that ends a frame; it occurs nowhere else on the wire.</summary>
        public const byte Delimiter = 0;

        /// <summary>Version byte of an open frame, which ends in a CRC-32 (4 bytes).</summary>
        public const byte OpenVersion = 1;

        /// <summary>Version byte of a sealed frame, which ends in a counter (2 bytes) and a truncated HMAC-SHA-256 (8 bytes) instead of
        /// the CRC.</summary>
        public const byte SealedVersion = 0x81;

        /// <summary>Bytes before the body.</summary>
        public const int HeaderSize = 4;

        /// <summary>Bytes of the CRC-32 that ends an open frame.</summary>
        public const int CrcSize = 4;

        /// <summary>Bytes of the counter and the tag that end a sealed frame.</summary>
        public const int SealSize = 10;

        /// <summary>Largest frame in bytes before COBS coding: fits one COBS block and, coded, a 256-byte UART buffer.</summary>
        public const int MaxFrame = 240;

        /// <summary>Largest body of an open frame in bytes.</summary>
        public const int MaxBody = MaxFrame - HeaderSize - CrcSize;

        /// <summary>Largest body of a sealed frame in bytes.</summary>
        public const int MaxSealedBody = MaxFrame - HeaderSize - SealSize;

        /// <summary>Largest frame in bytes on the wire: COBS code byte and delimiter included.</summary>
        public const int MaxEncoded = MaxFrame + 2;

        /// <summary>Major number of the protocol. Ends with different major numbers refuse each other.</summary>
        public const int ProtocolMajor = 1;

        /// <summary>Minor number of the protocol. It rises when something is added that older ends may ignore.</summary>
        public const int ProtocolMinor = 6;
    }
}
