// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Numerics;

namespace NeuroMCU.DeviceBenchmarks
{
    /// <summary>The network of an <see cref="EngineWorkload" /> as one would write it first: float objects, stepped every 100 µs.</summary>
    public sealed class NaiveWorkload : Workload
    {
        private const int RunIn = 1000;
        private readonly int _steps;
        private readonly int[] _spikeTimes;
        private readonly short[] _spikeSources;
        private readonly FloatNeuron[] _neurons;
        private readonly FloatNeuron[] _inputs;
        private int _next;
        private int _step;

        /// <summary>Initializes a new instance of the <see cref="NaiveWorkload" /> class.</summary>
        /// <param name="tables">A network of stored spikes, one population of sources and one of neurons.</param>
        /// <param name="window">Network time of a window in µs.</param>
        public NaiveWorkload(NetworkTables tables, int window)
        {
            _steps = window / 100;
            _spikeTimes = tables.SpikeTimes;
            _spikeSources = tables.SpikeSources;
            ProjectionTable projection = tables.Projections[0];
            _neurons = new FloatNeuron[tables.Populations[1].Size];
            for (int i = 0; i < _neurons.Length; i++)
            {
                _neurons[i] = new FloatNeuron(0, 128);
            }

            _inputs = new FloatNeuron[tables.Populations[0].Size];
            for (int i = 0; i < _inputs.Length; i++)
            {
                int start = projection.RowStart[i];
                int count = projection.RowStart[i + 1] - start;
                _inputs[i] = new FloatNeuron(count, 1);
                for (int k = 0; k < count; k++)
                {
                    int synapse = projection.Synapses[start + k];
                    float weight = projection.Weights[start + k] * (float)projection.WeightScale / Formats.MembraneOne;
                    _inputs[i].Connect(k, _neurons[synapse & Formats.TargetMask], (synapse >> Formats.TargetBits) / 100, weight);
                }
            }
        }

        /// <inheritdoc />
        public override int Windows => 20;

        /// <summary>Gets the number of steps of the network.</summary>
        public override long Units => Windows * _steps;

        /// <inheritdoc />
        public override void Restart()
        {
            for (int i = 0; i < _neurons.Length; i++)
            {
                _neurons[i].Reset();
            }

            _next = 0;
            _step = 0;
            Steps(RunIn);
        }

        /// <inheritdoc />
        public override void Run(int index)
        {
            Steps(_steps);
        }

        private void Steps(int count)
        {
            for (int k = 0; k < count; k++)
            {
                int time = ++_step * 100;
                while (_next < _spikeTimes.Length && _spikeTimes[_next] <= time)
                {
                    _inputs[_spikeSources[_next++]].Fire();
                }

                for (int i = 0; i < _neurons.Length; i++)
                {
                    _neurons[i].Step();
                }
            }
        }
    }
}
