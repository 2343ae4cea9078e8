// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;
using NeuroMCU.Core.Image;

namespace NeuroMCU.Core.Engine
{
    /// <summary>Runs a network.</summary>
    public sealed class NetworkEngine
    {
        private readonly NetworkTables _tables;
        private readonly SpikeRing _spikes;
        private readonly TraceRing _traces;
        private readonly EngineCounters _counters = new EngineCounters();
        private long _now;

        /// <summary>Initializes a new instance of the <see cref="NetworkEngine" /> class.</summary>
        public NetworkEngine(NetworkTables tables)
        {
            TableShape.Require(tables);
            _tables = tables;
            _spikes = new SpikeRing(tables.SpikeCapacity);
            _traces = new TraceRing(tables.Traces.Length == 0 ? 0 : 256);
        }

        /// <summary>Gets the tables.</summary>
        public NetworkTables Tables => _tables;

        /// <summary>Gets the time in µs since start.</summary>
        public long Time => _now;

        /// <summary>Gets the time of the next event; long.MaxValue when there is none.</summary>
        public long NextEventTime => long.MaxValue;

        /// <summary>Gets the number of neurons.</summary>
        public int NeuronCount => TableShape.Neurons(_tables);

        /// <summary>Gets the number of synapses.</summary>
        public int SynapseCount => TableShape.Synapses(_tables);

        /// <summary>Gets the spike record.</summary>
        public SpikeRing Spikes => _spikes;

        /// <summary>Gets the trace samples.</summary>
        public TraceRing Traces => _traces;

        /// <summary>Gets the counters.</summary>
        public EngineCounters Counters => _counters;

        /// <summary>Back to the start.</summary>
        public void Reset()
        {
            _now = 0;
            _spikes.Clear();
            _traces.Clear();
            _counters.Clear();
        }

        /// <summary>Serves events.</summary>
        public int Advance(long until, int maxWork)
        {
            _now = until;
            return 0;
        }

        /// <summary>True when everything up to a time has been served.</summary>
        public bool HasReached(long time)
        {
            return _now >= time;
        }

        /// <summary>Lets a source neuron fire.</summary>
        public bool Inject(int neuron, long time)
        {
            return false;
        }

        /// <summary>Reads a weight.</summary>
        public int ReadWeight(int synapse)
        {
            throw new ArgumentOutOfRangeException(nameof(synapse));
        }

        /// <summary>Writes a weight.</summary>
        public void WriteWeight(int synapse, int weight)
        {
            throw new ArgumentOutOfRangeException(nameof(synapse));
        }

        /// <summary>Reads a membrane.</summary>
        public int ReadMembrane(int neuron)
        {
            throw new ArgumentOutOfRangeException(nameof(neuron));
        }
    }
}
