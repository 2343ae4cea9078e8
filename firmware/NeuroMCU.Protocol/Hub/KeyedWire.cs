// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;

namespace NeuroMCU.Protocol.Hub
{
    /// <summary>
    /// Sealed packets (docs/reference/hub-packets.md): greets the hub until it answers, asks for its time again and again, stamps spikes in
    /// hub time, numbers what it sends, and counts what is missing of what the hub sends. A hub that is silent for 3 s is greeted again.
    /// </summary>
    public sealed class KeyedWire : IHubWire
    {
        private const int TypeHello = 1;
        private const int TypeWelcome = 2;
        private const int TypeSpikes = 3;
        private const int TypeArrivals = 4;
        private const int TypeSync = 5;
        private const int TypeAnswer = 6;
        private const int TypeBye = 7;
        private const int TypeClosing = 9;

        private const int BatchHead = 18;
        private const int SpikeSize = 9;
        private const int MostSpikes = 16;
        private const int AnswerSize = 37;
        private const int SyncSize = 32;

        private const long HelloInterval = 100000;
        private const long QuickInterval = 15000;
        private const long SlowInterval = 250000;
        private const long Silence = 3000000;
        private const int QuickSyncs = 24;

        // Before so many answers a stamp would say little.
        private const int LeastSamples = 4;

        private readonly IDatagrams _port;
        private readonly IHubSite _site;
        private readonly byte[] _name;
        private readonly KeyedSession _session;
        private readonly HubClock _hub = new HubClock();
        private readonly long _run;
        private long _next;
        private long _heard;
        private long _sent;
        private long _earlier;

        // What the hub knew of the session when it ended.
        private long _settled;
        private long _expected;
        private long _taken;
        private long _lastTotal;
        private long _missedEarlier;
        private long _delay = -1;
        private bool _deliverLate;

        /// <summary>Initializes a new instance of the <see cref="KeyedWire" /> class.</summary>
        /// <param name="name">Name of the site in UTF-8, 1 to 64 bytes.</param>
        /// <param name="key">Its key.</param>
        /// <param name="port">The way to the hub.</param>
        /// <param name="site">Gets what arrives.</param>
        /// <param name="now">Clock time in µs.</param>
        public KeyedWire(byte[] name, byte[] key, IDatagrams port, IHubSite site, long now)
        {
            _port = port;
            _site = site;
            _name = name;
            _session = new KeyedSession(key);
            _session.Begin(now);
            _run = BigEndian.Read(_session.Nonce, 0, 8);
            _session.Begin(now + 1);
        }

        /// <inheritdoc />
        public long Missing => _missedEarlier + _expected - _taken;

        /// <inheritdoc />
        public bool Take(byte[] packet, int count, long now)
        {
            if (!_session.Open(packet, count))
            {
                return false;
            }

            int body = count - KeyedSession.HeadSize - KeyedSession.CodeSize;
            _heard = now;
            switch (packet[4])
            {
                case TypeWelcome:
                    return Enter(packet, count, now);
                case TypeArrivals:
                    return TakeArrivals(packet, body, now);
                case TypeAnswer:
                    return body == AnswerSize && TakeAnswer(packet, now);
                case TypeClosing:
                    BigEndian.Write(_session.Packet, KeyedSession.HeadSize, 8, _sent);
                    Post(TypeBye, 8);
                    _earlier = 0;
                    _settled = _sent;
                    return true;
                default:
                    return false;
            }
        }

        /// <inheritdoc />
        public void Send(HubSpikes spikes, long now)
        {
            if (_session.IsOpen && now - _heard > Silence)
            {
                Greet(now);
            }

            if (now >= _next)
            {
                if (_session.IsOpen)
                {
                    Ask(now);
                    _next = now + (_hub.Samples < QuickSyncs ? QuickInterval : SlowInterval);
                }
                else
                {
                    Hello();
                    _next = now + HelloInterval;
                }
            }

            if (spikes.Count > 0)
            {
                if (_session.IsOpen && _hub.Samples >= LeastSamples)
                {
                    SendSpikes(spikes);
                }
                else
                {
                    // Without the hub's time a spike cannot be stamped.
                    spikes.Remove(spikes.Count, false);
                }
            }
        }

        private void Greet(long now)
        {
            _earlier += _sent - _settled;
            _settled = 0;
            _missedEarlier += _expected - _taken;
            _sent = 0;
            _expected = 0;
            _taken = 0;
            _lastTotal = 0;
            _session.Begin(now);
            _next = now;
        }

        private bool Enter(byte[] packet, int count, long now)
        {
            if (!_session.Enter(packet, count))
            {
                return false;
            }

            _hub.Clear();
            _next = now;
            return true;
        }

        private void Hello()
        {
            byte[] packet = _session.Packet;
            Array.Copy(_session.Nonce, 0, packet, KeyedSession.HeadSize, _session.Nonce.Length);
            int at = KeyedSession.HeadSize + _session.Nonce.Length;
            packet[at] = (byte)_name.Length;
            Array.Copy(_name, 0, packet, at + 1, _name.Length);
            Post(TypeHello, _session.Nonce.Length + 1 + _name.Length);
        }

        private void Ask(long now)
        {
            byte[] packet = _session.Packet;
            BigEndian.Write(packet, KeyedSession.HeadSize, 8, now);
            BigEndian.Write(packet, KeyedSession.HeadSize + 8, 8, _sent);
            BigEndian.Write(packet, KeyedSession.HeadSize + 16, 8, _run);
            BigEndian.Write(packet, KeyedSession.HeadSize + 24, 8, _earlier);
            Post(TypeSync, SyncSize);
        }

        private bool Post(int type, int body) => _port.Send(_session.Packet, _session.Close(type, body));

        private bool TakeAnswer(byte[] packet, long now)
        {
            const int Body = KeyedSession.HeadSize;
            long heard = BigEndian.Read(packet, Body + 8, 8);
            _hub.Add(BigEndian.Read(packet, Body, 8), heard, BigEndian.Read(packet, Body + 16, 8), now);

            // What the hub had sent at the answer before has come by now, or is lost.
            _expected = _lastTotal > _expected ? _lastTotal : _expected;
            _lastTotal = BigEndian.Read(packet, Body + 24, 8);
            int flags = packet[Body + 36];
            _delay = (flags & 2) != 0 ? BigEndian.Read(packet, Body + 32, 4) : -1;
            _deliverLate = (flags & 4) != 0;
            return true;
        }

        private bool TakeArrivals(byte[] packet, int body, long now)
        {
            const int Body = KeyedSession.HeadSize;
            int count = body < BatchHead ? -1 : (int)BigEndian.Read(packet, Body + 16, 2);
            if (body != BatchHead + (count * SpikeSize))
            {
                return false;
            }

            long end = BigEndian.Read(packet, Body, 8) + count;
            _expected = end > _expected ? end : _expected;
            _taken += count;
            long first = BigEndian.Read(packet, Body + 8, 8);
            for (int k = 0; k < count; k++)
            {
                int at = Body + BatchHead + (k * SpikeSize);
                long due = first + BigEndian.Read(packet, at + 5, 4) + _delay - _hub.OffsetAt(now);
                bool isTimed = _delay >= 0 && _hub.Samples > 0;
                bool isLate = isTimed && due < now;
                if (isLate && !_deliverLate)
                {
                    _site.DropLate();
                }
                else
                {
                    int wire = (int)BigEndian.Read(packet, at, 4);
                    _site.Deliver(wire, packet[at + 4], isTimed && !isLate ? due : now, isLate);
                }
            }

            return true;
        }

        private void SendSpikes(HubSpikes spikes)
        {
            byte[] packet = _session.Packet;
            int count = spikes.Count > MostSpikes ? MostSpikes : spikes.Count;
            long first = spikes.TimeAt(0);
            for (int k = 1; k < count; k++)
            {
                first = spikes.TimeAt(k) < first ? spikes.TimeAt(k) : first;
            }

            BigEndian.Write(packet, KeyedSession.HeadSize, 8, _sent);
            BigEndian.Write(packet, KeyedSession.HeadSize + 8, 8, first + _hub.OffsetAt(first));
            BigEndian.Write(packet, KeyedSession.HeadSize + 16, 2, count);
            for (int k = 0; k < count; k++)
            {
                int at = KeyedSession.HeadSize + BatchHead + (k * SpikeSize);
                BigEndian.Write(packet, at, 4, spikes.WireAt(k));
                packet[at + 4] = (byte)spikes.KindAt(k);
                BigEndian.Write(packet, at + 5, 4, spikes.TimeAt(k) - first);
            }

            bool sent = Post(TypeSpikes, BatchHead + (count * SpikeSize));
            spikes.Remove(count, sent);
            _sent += sent ? count : 0;
        }
    }
}
