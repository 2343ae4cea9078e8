// NeuroMCU, MIT licence. See LICENSE in the repository root.

namespace NeuroMCU.Protocol.Hub
{
    /// <summary>
    /// The packets of the experiment: 8 bytes, ticks of 50 µs. Partner 1 stamps increments since its previous packet, partner 2 counts from
    /// the last arrival of its neuron, or from the neuron's own last packet as long as none has come. Nobody proves anything, and nothing
    /// is numbered: what is lost on the way is not known.
    /// </summary>
    public sealed class HistoricalWire : IHubWire
    {
        private const int PacketSize = 8;
        private const int Tick = 50;
        private const int MostStamp = 0xFFFFFF;
        private const int PacketsPerTurn = 4;
        private const int Synapse = 83;
        private const int Ready = 82;

        private readonly IDatagrams _port;
        private readonly IHubSite _site;
        private readonly bool _isFirst;
        private readonly int[] _wires;
        private readonly long[] _bases;
        private readonly bool[] _came;
        private readonly byte[] _packet = new byte[PacketSize];
        private long _previous;

        /// <summary>Initializes a new instance of the <see cref="HistoricalWire" /> class.</summary>
        /// <param name="isFirst">True for partner 1.</param>
        /// <param name="wires">Numbers on the wire of its neurons.</param>
        /// <param name="port">The way to the hub.</param>
        /// <param name="site">Gets what arrives.</param>
        /// <param name="now">Clock time in µs.</param>
        public HistoricalWire(bool isFirst, int[] wires, IDatagrams port, IHubSite site, long now)
        {
            _port = port;
            _site = site;
            _isFirst = isFirst;
            _previous = now;
            _wires = wires;
            _bases = new long[_wires.Length];
            _came = new bool[_wires.Length];
            for (int k = 0; k < _wires.Length; k++)
            {
                _bases[k] = now;
            }
        }

        /// <inheritdoc />
        public long Missing => 0;

        /// <inheritdoc />
        public bool Take(byte[] packet, int count, long now)
        {
            if (count != PacketSize || (packet[0] != Synapse && packet[0] != Ready))
            {
                return false;
            }

            if (packet[0] == Synapse)
            {
                int wire = (int)BigEndian.Read(packet, 1, 3);
                SetBase(wire, now, true);
                _site.Deliver(wire, packet[4], now, false);
            }

            return true;
        }

        /// <inheritdoc />
        public void Send(HubSpikes spikes, long now)
        {
            for (int k = 0; k < PacketsPerTurn && spikes.Count > 0; k++)
            {
                int wire = spikes.WireAt(0);
                long time = spikes.TimeAt(0);
                long from = _isFirst ? _previous : BaseOf(wire);
                long ticks = time < from ? 0 : (time - from) / Tick;
                ticks = ticks > MostStamp ? MostStamp : ticks;
                _packet[0] = (byte)(_isFirst ? 65 : 68);
                BigEndian.Write(_packet, 1, 3, wire);
                _packet[4] = (byte)spikes.KindAt(0);
                BigEndian.Write(_packet, 5, 3, ticks);
                bool sent = _port.Send(_packet, PacketSize);
                if (sent)
                {
                    // What a tick cuts off goes into the next stamp, so that the hub's sum does not fall behind.
                    _previous = ticks == MostStamp ? time : from + (ticks * Tick);
                    SetBase(wire, _previous, false);
                }

                spikes.Remove(1, sent);
            }
        }

        private long BaseOf(int wire)
        {
            for (int k = 0; k < _wires.Length; k++)
            {
                if (_wires[k] == wire)
                {
                    return _bases[k];
                }
            }

            return _previous;
        }

        // From the first arrival on only arrivals count.
        private void SetBase(int wire, long time, bool isArrival)
        {
            for (int k = 0; k < _wires.Length; k++)
            {
                if (_wires[k] == wire && (isArrival || !_came[k]))
                {
                    _bases[k] = time;
                    _came[k] |= isArrival;
                }
            }
        }
    }
}
