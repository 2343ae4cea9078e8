// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;

namespace NeuroMCU.Core.Engine
{
    /// <summary>Takes the samples of the quantities that a network records, each at its own interval.</summary>
    internal sealed class TraceProbes
    {
        /// <summary>Time in µs of the next sample; long.MaxValue when nothing is recorded. A field, because the engine looks at it in
        /// every turn.</summary>
        internal long NextTime;

        private readonly TraceTable[] _tables;
        private readonly NeuronOwners _owners;
        private readonly SynapseWeights _weights;
        private readonly TraceRing _samples;
        private readonly long[] _times;

        /// <summary>Initializes a new instance of the <see cref="TraceProbes" /> class; <see cref="Reset" /> makes it ready.</summary>
        internal TraceProbes(TraceTable[] tables, NeuronOwners owners, SynapseWeights weights, TraceRing samples)
        {
            _tables = tables;
            _owners = owners;
            _weights = weights;
            _samples = samples;
            _times = new long[tables.Length];
        }

        /// <summary>Goes back to time 0, where every quantity is sampled.</summary>
        internal void Reset()
        {
            for (int i = 0; i < _times.Length; i++)
            {
                _times[i] = 0;
            }

            NextTime = _times.Length == 0 ? long.MaxValue : 0;
        }

        /// <summary>Takes the samples that are due.</summary>
        /// <param name="time">Time in µs: <see cref="NextTime" />.</param>
        /// <returns>Samples taken.</returns>
        internal int Serve(long time, int local)
        {
            int work = 0;
            long next = long.MaxValue;
            for (int i = 0; i < _times.Length; i++)
            {
                if (_times[i] == time)
                {
                    TraceTable trace = _tables[i];
                    _samples.Add(i, time, trace.Quantity == TraceQuantity.Weight ? _weights.Read(trace.Neuron) : Sample(trace, local));
                    _times[i] = time + trace.Interval;
                    work++;
                }

                if (_times[i] < next)
                {
                    next = _times[i];
                }
            }

            NextTime = next;
            return work;
        }

        private int Sample(TraceTable trace, int local)
        {
            Population population = _owners.Of(trace.Neuron);
            int neuron = trace.Neuron - population.First;
            return trace.Quantity == TraceQuantity.Membrane ? population.ReadMembrane(neuron, local)
                : trace.Quantity == TraceQuantity.Current ? population.ReadCurrent(neuron)
                : population.ReadVariable(neuron, trace.Quantity);
        }
    }
}
