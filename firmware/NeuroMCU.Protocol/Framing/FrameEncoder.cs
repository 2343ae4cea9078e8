// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Integrity;
using NeuroMCU.Protocol.Messages;
using NeuroMCU.Protocol.Security;

namespace NeuroMCU.Protocol.Framing
{
    /// <summary>
    /// Builds one frame at a time in buffers of its own: <see cref="Begin" />, write the body, <see cref="End" />, send
    /// <see cref="Wire" />. Nothing is allocated after construction (a seal's HMAC allocates inside the platform).
    /// </summary>
    public sealed class FrameEncoder
    {
        private readonly byte[] _raw = new byte[WireFormat.MaxFrame];
        private readonly byte[] _wire;
        private readonly int _lead;
        private readonly BodyWriter _body;
        private int _wireLength;

        /// <summary>Initializes a new instance of the <see cref="FrameEncoder" /> class, whose frames end with a zero byte.</summary>
        public FrameEncoder()
            : this(false)
        {
        }

        /// <summary>Initializes a new instance of the <see cref="FrameEncoder" /> class.</summary>
        /// <param name="leads">True where others write to the line as well, such as the boot loader: frames also begin with a zero byte,
        /// which ends their text, so that it costs no frame.</param>
        public FrameEncoder(bool leads)
        {
            _lead = leads ? 1 : 0;
            _wire = new byte[WireFormat.MaxEncoded + _lead];
            _body = new BodyWriter(_raw);
        }

        /// <summary>Gets or sets the seal of an authenticated session; null sends open frames.</summary>
        public FrameSeal Seal { get; set; }

        /// <summary>Gets the largest body in bytes that a frame has room for at present.</summary>
        public int MaxBody => Seal == null ? WireFormat.MaxBody : WireFormat.MaxSealedBody;

        /// <summary>Gets the buffer with the encoded frame, delimiters included.</summary>
        public byte[] Wire => _wire;

        /// <summary>Gets the number of valid bytes in <see cref="Wire" />.</summary>
        public int WireLength => _wireLength;

        /// <summary>Gets the buffer with the frame before coding; its body starts at <see cref="WireFormat.HeaderSize" />.</summary>
        public byte[] Raw => _raw;

        /// <summary>Gets the message type of the frame.</summary>
        public int Type => _raw[1];

        /// <summary>Gets the length of the body in bytes.</summary>
        public int BodyLength { get; private set; }

        /// <summary>Starts a frame.</summary>
        /// <param name="type">Message type, one of <see cref="MessageType" />.</param>
        /// <param name="sequence">Sequence number; the lower 16 bits count.</param>
        /// <returns>The writer for the body.</returns>
        public BodyWriter Begin(int type, int sequence)
        {
            _raw[0] = Seal == null ? WireFormat.OpenVersion : WireFormat.SealedVersion;
            _raw[1] = (byte)type;
            _raw[2] = (byte)sequence;
            _raw[3] = (byte)(sequence >> 8);
            _body.Reset(WireFormat.HeaderSize, MaxBody);
            _wireLength = 0;
            return _body;
        }

        /// <summary>Closes the frame: adds the check, codes it and appends the delimiter.</summary>
        /// <returns>False when the body did not fit; there is nothing to send then.</returns>
        public bool End()
        {
            if (_body.Failed)
            {
                return false;
            }

            int length = _body.Position;
            BodyLength = length - WireFormat.HeaderSize;
            if (Seal == null)
            {
                uint crc = Crc32.Compute(_raw, 0, length);
                _raw[length] = (byte)crc;
                _raw[length + 1] = (byte)(crc >> 8);
                _raw[length + 2] = (byte)(crc >> 16);
                _raw[length + 3] = (byte)(crc >> 24);
                length += WireFormat.CrcSize;
            }
            else
            {
                if (!Seal.Close(_raw, length))
                {
                    return false;
                }

                length += WireFormat.SealSize;
            }

            int end = _lead + Cobs.Encode(_raw, 0, length, _wire, _lead);
            _wire[end] = WireFormat.Delimiter;
            _wireLength = end + 1;
            return true;
        }

        /// <summary>Builds a frame from a body that is already there.</summary>
        /// <param name="type">Message type.</param>
        /// <param name="sequence">Sequence number.</param>
        /// <param name="body">Bytes of the body.</param>
        /// <param name="offset">First byte.</param>
        /// <param name="count">Number of bytes.</param>
        /// <returns>False when the body does not fit.</returns>
        public bool Encode(int type, int sequence, byte[] body, int offset, int count)
        {
            Begin(type, sequence).WriteBytes(body, offset, count);
            return End();
        }
    }
}
