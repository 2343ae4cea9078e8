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
    /// event counter. One frame at a time goes out; the next one, answer or event, is built when the line has accepted it. Times
    /// are in µs on the clock of the hosts, where nothing else is said.
    /// </summary>
    internal sealed class HostLink
    {
        // Bytes looked at per call, so that noise on the line does not hold up the turn. What a host says before it has proved the key
        // is short.
        private const int MaxBytes = 1024;
        private const int MaxOpenBytes = 64;

        // A handshake has three requests; some may come twice because their answers are late.
        private const int MostOpenRequests = 10;

        // A host that reads nothing for so long (µs) is as good as gone.
        private const long StuckTime = 2000000;

        // A wrong key is answered after so long (µs), on its own connection; nobody else waits for it.
        private const long PauseTime = 1000000;
        private const long PauseAnswered = -1;

        private readonly byte[] _received;
        private readonly Nack _nack = new Nack();
        private AnswerCache _cache;
        private int _receivedAt;
        private int _receivedCount;
        private int _sentAt;
        private int _sentCount;
        private int _connection;
        private int _events;
        private long _pauseEnd;
        private long _idleSince;
        private int _openRequests;
        private bool _holdsRequest;
        private uint _fingerprint;
        private bool _remember;

        internal HostLink(ITransport transport)
        {
            Transport = transport;
            Decoder = new FrameDecoder();
            _received = new byte[transport.RequiresAuthentication ? 128 : 256];
            if (transport.IsOpen)
            {
                // Somebody will talk here sooner or later, and must find the memory for it.
                Encoder = new FrameEncoder(leads: true);
                _cache = new AnswerCache();
            }

            _connection = transport.Connection;
        }

        internal ITransport Transport { get; }

        /// <summary>Gets the decoder with the request that is being answered.</summary>
        internal FrameDecoder Decoder { get; }

        /// <summary>Gets the encoder; null on a line that no host has had yet.</summary>
        internal FrameEncoder Encoder { get; private set; }

        /// <summary>Gets the time in µs, on the clock of the device, at which the last good frame was read.</summary>
        internal long LastFrame { get; private set; }

        /// <summary>Gets the same on the clock of the hosts.</summary>
        internal long Heard { get; private set; }

        /// <summary>Gets the time at which the connection began.</summary>
        internal long Connected { get; private set; }

        /// <summary>Gets a value indicating whether the host has said HELLO.</summary>
        internal bool Greeted { get; private set; }

        internal uint Session { get; private set; }

        /// <summary>Gets what was counted: frames sent, bytes both ways, repeated requests that were answered from memory.</summary>
        internal int FramesSent { get; private set; }
        internal long Bytes { get; private set; }
        internal int Repeated { get; private set; }

        /// <summary>Gets or sets the nonces of both sides while authentication is under way; null otherwise.</summary>
        internal byte[] HostNonce { get; set; }
        internal byte[] DeviceNonce { get; set; }

        /// <summary>Gets or sets the seal that takes effect after the frame that is being sent.</summary>
        internal FrameSeal NextSeal { get; set; }

        /// <summary>Gets a value indicating whether the host may do more than say HELLO.</summary>
        internal bool Trusted => !Transport.RequiresAuthentication || Decoder.Seal != null;

        /// <summary>Notes a HELLO; a new session forgets what belonged to the former host.</summary>
        internal void Greet(uint session)
        {
            if (!Greeted || session != Session)
            {
                ForgetAnswers();
                _events = 0;
            }

            Greeted = true;
            Session = session;
        }

        /// <summary>Begins anew: the line has been given to another host.</summary>
        internal void Welcome(long time)
        {
            _connection = Transport.Connection;
            Connected = time;
            Heard = time;
            _pauseEnd = 0;
            _idleSince = time;
            _openRequests = 0;
            _holdsRequest = false;
            ForgetAnswers();
            Decoder.Reset();
            Decoder.Seal = null;
            if (Encoder == null)
            {
                Encoder = new FrameEncoder(leads: true);
            }

            Encoder.Seal = null;
            NextSeal = null;
            HostNonce = null;
            DeviceNonce = null;
            Greeted = false;
            _events = 0;
            _sentAt = 0;
            _sentCount = 0;
            _receivedAt = 0;
            _receivedCount = 0;
        }

        /// <summary>Has the host wait for the answer to a wrong key. Its line is read meanwhile, but nothing of it is served.</summary>
        internal void Pause()
        {
            _pauseEnd = Heard + PauseTime;
        }

        /// <summary>Tells whether the host, or one that has gone since, has to wait for the answer to a wrong key.</summary>
        internal bool IsPaused(long time) => time < _pauseEnd;

        /// <summary>Tells for how long the device has been waiting for the host: for a request, or to read an answer; 0 while the host
        /// waits for the device.</summary>
        internal long Idle(long time) => _idleSince == 0 ? 0 : time - _idleSince;

        /// <summary>Tells whether the host does not read what there is for it, and has not asked for anything for a while.</summary>
        internal bool IsStuck(long time) => _sentAt < _sentCount && Idle(time) > StuckTime;

        /// <summary>Sends what waits, notices a change of host, and reads until a request is there or nothing is left. It stays until
        /// it is answered.</summary>
        /// <returns>True when <see cref="Decoder" /> holds a request that may be answered now.</returns>
        internal bool Receive(long now, long time)
        {
            if (!Flush())
            {
                return Wait(time);
            }

            if (_pauseEnd == PauseAnswered)
            {
                Transport.Disconnect();
                _pauseEnd = 0;
            }

            int available = Transport.Available;
            if (Transport.Connection != _connection)
            {
                Welcome(time);
            }

            if (_holdsRequest)
            {
                return true;
            }

            if (_pauseEnd != 0)
            {
                return EndPause(available, time);
            }

            int most = Trusted ? MaxBytes : MaxOpenBytes;
            if (available > most)
            {
                available = most;
            }

            while (true)
            {
                if (_receivedAt == _receivedCount)
                {
                    if (available <= 0)
                    {
                        return Wait(time);
                    }

                    int wanted = available < _received.Length ? available : _received.Length;
                    _receivedAt = 0;
                    _receivedCount = Transport.Read(_received, 0, wanted);
                    if (_receivedCount <= 0)
                    {
                        _receivedCount = 0;
                        return Wait(time);
                    }

                    available -= _receivedCount;
                    Bytes += _receivedCount;
                }

                _receivedAt += Decoder.Feed(_received, _receivedAt, _receivedCount - _receivedAt);
                if (Decoder.HasFrame)
                {
                    LastFrame = now;
                    Heard = time;
                    if (MessageType.IsRequest(Decoder.Type))
                    {
                        return Hold();
                    }
                }
            }
        }

        /// <summary>Answers a request that was answered before from memory.</summary>
        /// <param name="remember">False for requests that may be served any number of times; their answers are not kept.</param>
        /// <returns>False when the request has to be served.</returns>
        internal bool AnswerAgain(bool remember)
        {
            _remember = remember;
            _holdsRequest = false;
            if (!remember)
            {
                return false;
            }

            if (_cache == null)
            {
                _cache = new AnswerCache();
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

        internal BodyWriter BeginAnswer() => Encoder.Begin(Decoder.Type | MessageType.Answer, Decoder.Sequence);

        internal void EndAnswer()
        {
            if (!Encoder.End())
            {
                return;
            }

            if (_remember)
            {
                _cache.Store(Decoder.Type, Decoder.Sequence, _fingerprint, Encoder.Type, Encoder.Raw, WireFormat.HeaderSize,
                    Encoder.BodyLength);
            }

            Launch();
        }

        internal void Refuse(int code, int detail)
        {
            _nack.Request = Decoder.Type;
            _nack.Code = code;
            _nack.Detail = detail;
            _nack.Write(Encoder.Begin(MessageType.Nack, Decoder.Sequence));
            EndAnswer();
        }

        internal BodyWriter BeginEvent(int type) => Encoder.Begin(type, _events);

        internal void EndEvent()
        {
            if (Encoder.End())
            {
                _events = (_events + 1) & 0xFFFF;
                Launch();
            }
        }

        /// <summary>Hands as much of the frame to the line as there is room; true when nothing waits.</summary>
        internal bool Flush()
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

        private bool Wait(long time)
        {
            if (_idleSince == 0)
            {
                _idleSince = time;
            }

            return false;
        }

        private bool Hold()
        {
            if (!Trusted && ++_openRequests > MostOpenRequests)
            {
                Transport.Disconnect();
                return false;
            }

            _idleSince = 0;
            _holdsRequest = true;
            return true;
        }

        // What comes during the pause is thrown away: a connection that is closed with unread bytes could lose the answer.
        private bool EndPause(int available, long time)
        {
            while (available > 0)
            {
                int read = Transport.Read(_received, 0, available < _received.Length ? available : _received.Length);
                available = read > 0 ? available - read : 0;
            }

            if (time >= _pauseEnd)
            {
                _pauseEnd = PauseAnswered;
                Refuse(ErrorCode.WrongKey, 0);
            }

            return false;
        }

        private void ForgetAnswers()
        {
            if (_cache != null)
            {
                _cache.Clear();
            }
        }
    }
}
