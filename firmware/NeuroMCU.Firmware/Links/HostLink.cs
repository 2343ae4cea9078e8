// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Firmware.Transports;
using NeuroMCU.Protocol.Framing;
using NeuroMCU.Protocol.Messages;
using NeuroMCU.Protocol.Reliability;
using NeuroMCU.Protocol.Security;

namespace NeuroMCU.Firmware.Links
{
    /// <summary>
    /// One transport with what belongs to the host at its other end: frames in both directions, remembered answers, authentication, the
    /// event counter. One frame at a time goes out; the next one, answer or event, is built when the line has taken it.
    /// </summary>
    public sealed class HostLink
    {
        // On a network, who has not proved the key or has been silent for so long makes room for a host that waits.
        private const long ProofLimit = 10000000;
        private const long SilenceLimit = 10000000;

        // Bytes looked at per call, so that noise on the line does not hold up the turn.
        private const int MaxBytes = 1024;

        private readonly byte[] _received = new byte[256];
        private readonly AnswerCache _cache = new AnswerCache();
        private readonly Nack _nack = new Nack();
        private int _receivedAt;
        private int _receivedCount;
        private int _sentAt;
        private int _sentCount;
        private int _connection;
        private long _connected;
        private int _events;
        private uint _fingerprint;
        private bool _remember;

        /// <summary>Initializes a new instance of the <see cref="HostLink" /> class.</summary>
        /// <param name="transport">Its transport.</param>
        public HostLink(ITransport transport)
        {
            Transport = transport;
            Decoder = new FrameDecoder();
            Encoder = new FrameEncoder();
            _connection = transport.Connection;
        }

        /// <summary>Gets the transport.</summary>
        public ITransport Transport { get; }

        /// <summary>Gets the decoder with the request that is being answered.</summary>
        public FrameDecoder Decoder { get; }

        /// <summary>Gets the encoder.</summary>
        public FrameEncoder Encoder { get; }

        /// <summary>Gets the time in µs at which the last good frame was read.</summary>
        public long LastFrame { get; private set; }

        /// <summary>Gets a value indicating whether the host has said HELLO.</summary>
        public bool Greeted { get; private set; }

        /// <summary>Gets the number that the host drew for this connection.</summary>
        public uint Session { get; private set; }

        /// <summary>Gets the number of frames sent.</summary>
        public int FramesSent { get; private set; }

        /// <summary>Gets the number of bytes sent and received.</summary>
        public long Bytes { get; private set; }

        /// <summary>Gets the number of repeated requests that were answered from memory.</summary>
        public int Repeated { get; private set; }

        /// <summary>Gets or sets the host's nonce while authentication is under way; null otherwise.</summary>
        public byte[] HostNonce { get; set; }

        /// <summary>Gets or sets the device's nonce while authentication is under way.</summary>
        public byte[] DeviceNonce { get; set; }

        /// <summary>Gets or sets the number of wrong proofs on this connection.</summary>
        public int WrongProofs { get; set; }

        /// <summary>Gets or sets a value indicating whether the host is to be sent away once the answer has gone out.</summary>
        public bool Closing { get; set; }

        /// <summary>Gets or sets the seal that takes effect after the frame that is being sent.</summary>
        public FrameSeal NextSeal { get; set; }

        /// <summary>Gets a value indicating whether the host may do more than say HELLO.</summary>
        public bool Trusted
        {
            get { return !Transport.RequiresAuthentication || Decoder.Seal != null; }
        }

        /// <summary>Gets a value indicating whether a new frame may be built.</summary>
        public bool CanSend
        {
            get { return _sentAt == _sentCount; }
        }

        /// <summary>Notes a HELLO; a new session forgets what belonged to the former host.</summary>
        /// <param name="session">Number that the host drew.</param>
        public void Greet(uint session)
        {
            if (!Greeted || session != Session)
            {
                _cache.Clear();
                _events = 0;
            }

            Greeted = true;
            Session = session;
        }

        /// <summary>Sends what waits, notices a change of host, and reads until a request is there or nothing is left.</summary>
        /// <param name="now">Time in µs.</param>
        /// <returns>True when <see cref="Decoder" /> holds a request that may be answered now.</returns>
        public bool Receive(long now)
        {
            if (!Flush())
            {
                return false;
            }

            if (Closing)
            {
                Transport.Disconnect();
                Closing = false;
            }

            int available = Transport.Available;
            if (Transport.Connection != _connection)
            {
                _connection = Transport.Connection;
                Forget(now);
            }

            if (Transport.RequiresAuthentication && Transport.IsOpen && MustLeave(now))
            {
                Transport.Disconnect();
                return false;
            }

            if (available > MaxBytes)
            {
                available = MaxBytes;
            }

            while (true)
            {
                if (_receivedAt == _receivedCount)
                {
                    if (available <= 0)
                    {
                        return false;
                    }

                    int wanted = available < _received.Length ? available : _received.Length;
                    _receivedAt = 0;
                    _receivedCount = Transport.Read(_received, 0, wanted);
                    if (_receivedCount <= 0)
                    {
                        _receivedCount = 0;
                        return false;
                    }

                    available -= _receivedCount;
                    Bytes += _receivedCount;
                }

                _receivedAt += Decoder.Feed(_received, _receivedAt, _receivedCount - _receivedAt);
                if (Decoder.HasFrame)
                {
                    LastFrame = now;
                    if (MessageType.IsRequest(Decoder.Type))
                    {
                        return true;
                    }
                }
            }
        }

        /// <summary>Answers a request that was answered before from memory.</summary>
        /// <param name="remember">False for requests that may be served any number of times; their answers are not kept.</param>
        /// <returns>False when the request has to be served.</returns>
        public bool AnswerAgain(bool remember)
        {
            _remember = remember;
            if (!remember)
            {
                return false;
            }

            _fingerprint = Decoder.Fingerprint;
            int entry = _cache.Find(Decoder.Type, Decoder.Sequence, _fingerprint);
            if (entry < 0)
            {
                return false;
            }

            Repeated++;
            if (_cache.Encode(entry, Decoder.Sequence, Encoder))
            {
                Launch();
            }

            return true;
        }

        /// <summary>Starts the answer to the request.</summary>
        /// <returns>The writer for its body.</returns>
        public BodyWriter BeginAnswer()
        {
            return Encoder.Begin(Decoder.Type | MessageType.Answer, Decoder.Sequence);
        }

        /// <summary>Sends the answer.</summary>
        public void EndAnswer()
        {
            if (!Encoder.End())
            {
                return;
            }

            if (_remember)
            {
                _cache.Store(Decoder.Type, Decoder.Sequence, _fingerprint, Encoder.Type, Encoder.Raw, WireFormat.HeaderSize, Encoder.BodyLength);
            }

            Launch();
        }

        /// <summary>Refuses the request.</summary>
        /// <param name="code">Why, one of <see cref="ErrorCode" />.</param>
        /// <param name="detail">Number that belongs to the code.</param>
        public void Refuse(int code, int detail)
        {
            _nack.Request = Decoder.Type;
            _nack.Code = code;
            _nack.Detail = detail;
            _nack.Write(Encoder.Begin(MessageType.Nack, Decoder.Sequence));
            EndAnswer();
        }

        /// <summary>Starts an event.</summary>
        /// <param name="type">Message type.</param>
        /// <returns>The writer for its body.</returns>
        public BodyWriter BeginEvent(int type)
        {
            return Encoder.Begin(type, _events);
        }

        /// <summary>Sends the event.</summary>
        public void EndEvent()
        {
            if (Encoder.End())
            {
                _events = (_events + 1) & 0xFFFF;
                Launch();
            }
        }

        /// <summary>Hands as much of the frame to the line as it takes.</summary>
        /// <returns>True when nothing waits.</returns>
        public bool Flush()
        {
            if (_sentAt < _sentCount)
            {
                int taken = Transport.IsOpen ? Transport.Write(Encoder.Wire, _sentAt, _sentCount - _sentAt) : _sentCount - _sentAt;
                _sentAt += taken;
                Bytes += taken;
            }

            if (_sentAt < _sentCount)
            {
                return false;
            }

            if (NextSeal != null)
            {
                Encoder.Seal = NextSeal;
                Decoder.Seal = NextSeal;
                NextSeal = null;
            }

            return true;
        }

        private void Launch()
        {
            _sentAt = 0;
            _sentCount = Encoder.WireLength;
            FramesSent++;
            Flush();
        }

        private bool MustLeave(long now)
        {
            bool idle = now - LastFrame > SilenceLimit || (!Trusted && now - _connected > ProofLimit);
            return idle && Transport.HostWaiting;
        }

        private void Forget(long now)
        {
            _connected = now;
            LastFrame = now;
            _cache.Clear();
            Decoder.Reset();
            Decoder.Seal = null;
            Encoder.Seal = null;
            NextSeal = null;
            HostNonce = null;
            DeviceNonce = null;
            WrongProofs = 0;
            Greeted = false;
            _events = 0;
            _sentAt = 0;
            _sentCount = 0;
            _receivedAt = 0;
            _receivedCount = 0;
        }
    }
}
