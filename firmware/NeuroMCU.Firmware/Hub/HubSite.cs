// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System.Text;
using NeuroMCU.Core.Engine;
using NeuroMCU.Core.Platform;
using NeuroMCU.Firmware.Network;
using NeuroMCU.Firmware.Runs;
using NeuroMCU.Hardware.Boards;
using NeuroMCU.Protocol.Hub;
using NeuroMCU.Protocol.Messages;

namespace NeuroMCU.Firmware.Hub
{
    /// <summary>
    /// The board as a site of a hub, without a host: spikes of its network go there, and spikes that come from there are injected. Sockets
    /// are only looked at, a few packets per turn; what waits has a bounded place, and what finds none is counted.
    /// </summary>
    internal sealed class HubSite : IHubSite
    {
        private const int PacketsPerTurn = 4;
        private const int Bits = 8;
        private const int MostPacket = 1400;

        private readonly BoardHub _plan;
        private readonly IDatagrams _port;
        private readonly NetworkHolder _networks;
        private readonly RunControl _runs;
        private readonly IHubWire _wire;
        private readonly HubSpikes _spikes = new HubSpikes();
        private readonly byte[] _packet = new byte[MostPacket];
        private bool _hasRun;

        /// <summary>Initializes a new instance of the <see cref="HubSite" /> class.</summary>
        /// <param name="plan">The hub.</param>
        /// <param name="port">The way to it.</param>
        internal HubSite(BoardHub plan, IDatagrams port, IClock clock, NetworkHolder networks, RunControl runs)
        {
            _plan = plan;
            _port = port;
            _networks = networks;
            _runs = runs;
            long now = clock.Now;
            _wire = plan.Wire == HubWire.Keyed
                ? new KeyedWire(Encoding.UTF8.GetBytes(plan.Name), plan.Key, port, this, now)
                : new HistoricalWire(plan.Wire == HubWire.FirstPartner, Wires(plan), port, this, now);
        }

        /// <summary>Gets the spikes and potentials that were sent.</summary>
        internal long Sent => _spikes.Sent;

        /// <summary>Gets those that were not: the hub was not there, or the queue was full.</summary>
        internal long Unsent => _spikes.Unsent;

        /// <summary>Gets the arrivals that were injected as a whole.</summary>
        internal long Arrived { get; private set; }

        /// <summary>Gets the arrivals that the hub has sent and that did not come, as far as that is known.</summary>
        internal long Missing => _wire.Missing;

        /// <summary>Gets the arrivals that came later than the hub's constant latency.</summary>
        internal long Late { get; private set; }

        /// <summary>Gets the arrivals of a run that nobody here took: for no neuron of the network, without room in the engine, or in a
        /// fast run.</summary>
        internal long Refused { get; private set; }

        /// <summary>Gets the packets that were not the hub's, and the arrivals outside a run.</summary>
        internal long Ignored { get; private set; }

        /// <summary>Shows a spike of the network.</summary>
        /// <param name="neuron">Neuron of the network.</param>
        /// <param name="time">Network time in µs.</param>
        internal void Show(int neuron, long time)
        {
            int[][] spikes = _plan.Spikes;
            for (int k = 0; k < spikes.Length; k++)
            {
                if (spikes[k][1] == neuron)
                {
                    _spikes.Add(spikes[k][0], spikes[k][2], _runs.ClockAt(time));
                    return;
                }
            }
        }

        /// <summary>Takes what has come and sends what waits; bounded.</summary>
        /// <param name="now">Clock time in µs.</param>
        internal void Turn(long now)
        {
            // A board whose network has not run yet has nothing to say: the hub waits for it.
            _hasRun |= _runs.IsRunning;
            if (!_hasRun)
            {
                return;
            }

            for (int k = 0; k < PacketsPerTurn; k++)
            {
                int count = _port.Receive(_packet);
                if (count == 0)
                {
                    break;
                }

                if (!_wire.Take(_packet, count, now))
                {
                    Ignored++;
                }
            }

            _wire.Send(_spikes, now);
        }

        /// <inheritdoc />
        public void Deliver(int wire, int weight, long due, bool isLate)
        {
            if (!_runs.IsRunning)
            {
                Ignored++;
                return;
            }

            Late += isLate ? 1 : 0;
            int[] arrival = Find(wire);
            int places = arrival == null ? 0 : arrival[2] != 0 ? Bits : 1;
            LoadedNetwork network = _networks.Current;
            if (arrival == null || network == null || _runs.Mode != RunMode.RealTime
                || !network.IsSource(arrival[1]) || !network.IsSource(arrival[1] + places - 1))
            {
                Refused++;
                return;
            }

            NetworkEngine engine = network.Engine;
            long time = _runs.TimeAt(due);
            time = time < engine.Time ? engine.Time : time;
            bool whole = true;
            for (int k = 0; k < places; k++)
            {
                // One source fires whatever the weight is; of eight, bit k of it is source k.
                if (places == 1 || ((weight >> k) & 1) != 0)
                {
                    whole &= engine.Inject(arrival[1] + k, time);
                }
            }

            Arrived += whole ? 1 : 0;
            Refused += whole ? 0 : 1;
            if (arrival[3] != 0 && weight > 0)
            {
                _spikes.Add(wire, 0, due);
            }
        }

        /// <inheritdoc />
        public void DropLate()
        {
            if (_runs.IsRunning)
            {
                Late++;
            }
            else
            {
                Ignored++;
            }
        }

        private static int[] Wires(BoardHub plan)
        {
            int[] wires = new int[plan.Spikes.Length + plan.Arrivals.Length];
            for (int k = 0; k < wires.Length; k++)
            {
                wires[k] = k < plan.Spikes.Length ? plan.Spikes[k][0] : plan.Arrivals[k - plan.Spikes.Length][0];
            }

            return wires;
        }

        private int[] Find(int wire)
        {
            int[][] arrivals = _plan.Arrivals;
            for (int k = 0; k < arrivals.Length; k++)
            {
                if (arrivals[k][0] == wire)
                {
                    return arrivals[k];
                }
            }

            return null;
        }
    }
}
