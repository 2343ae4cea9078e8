// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Engine;

namespace NeuroMCU.DeviceBenchmarks
{
    /// <summary>A network on the engine, after a run-in, in windows of network time.</summary>
    public sealed class EngineWorkload : Workload
    {
        private const int RunIn = 100000;
        private readonly NetworkEngine _engine;
        private readonly int _window;
        private long _events;
        private long _updates;

        /// <summary>Initializes a new instance of the <see cref="EngineWorkload" /> class.</summary>
        /// <param name="tables">The network.</param>
        /// <param name="window">Network time of a window in µs.</param>
        public EngineWorkload(NetworkTables tables, int window)
        {
            _engine = new NetworkEngine(tables);
            _window = window;
        }

        /// <inheritdoc />
        public override int Windows => 100;

        /// <summary>Gets the synaptic events and clocked updates of a run.</summary>
        public override long Units => _engine.Counters.SynapticEvents - _events + _engine.Counters.ClockedUpdates
            + _engine.Counters.NeuronUpdates - _updates;

        /// <inheritdoc />
        public override void Restart()
        {
            _engine.Reset();
            _engine.Advance(RunIn, int.MaxValue);
            _events = _engine.Counters.SynapticEvents;
            _updates = _engine.Counters.ClockedUpdates + _engine.Counters.NeuronUpdates;
        }

        /// <inheritdoc />
        public override void Run(int index)
        {
            _engine.Advance(RunIn + ((index + 1L) * _window), int.MaxValue);
        }
    }
}
