// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Numerics;

namespace NeuroMCU.Models
{
    /// <summary>
    /// What neurons share that are driven by currents: bias, steps of drive and the synapse block add up to the current into each
    /// neuron, in the unit that the compiler chose for the population. The synaptic part changes at the steps of the network only and
    /// is held in between.
    /// </summary>
    internal abstract class CurrentPopulation : Population
    {
        /// <summary>The population's part of the image.</summary>
        protected readonly PopulationTable Table;

        /// <summary>Where spikes go.</summary>
        protected readonly SpikeQueue Queue;

        /// <summary>Counters of the engine.</summary>
        protected readonly EngineCounters Counters;

        /// <summary>Current into each neuron.</summary>
        protected readonly int[] Current;

        private readonly DriveTable[] _drives;
        private readonly long[] _bias;
        private readonly int[] _steady;
        private readonly int[] _synaptic;
        private readonly SynapseBlock _block;

        /// <summary>Initializes a new instance of the <see cref="CurrentPopulation" /> class.</summary>
        /// <param name="site">The population's table and its place in the engine.</param>
        /// <param name="biasPlace">Place of the constant current among the parameters.</param>
        protected CurrentPopulation(PopulationSite site, int biasPlace)
            : base(site.Table, site.First)
        {
            PopulationTable table = site.Table;
            Table = table;
            Queue = site.Queue;
            Counters = site.Counters;
            _drives = site.Drives;
            _bias = table.Parameters[biasPlace];
            Current = new int[table.Size];

            // The queue looks a time up before it sees that there is no fast lane here: any array of the right length will do.
            Last = Current;
            _steady = new int[table.Size];
            _synaptic = new int[table.Size];
            _block = table.Receptors.Length == 0 ? null : new SynapseBlock(table.Receptors, this, Counters);
        }

        /// <inheritdoc />
        internal override void Reset()
        {
            for (int i = 0; i < Current.Length; i++)
            {
                _steady[i] = (int)Value(_bias, i);
                _synaptic[i] = 0;
                Current[i] = _steady[i];
            }

            if (_block != null)
            {
                _block.Reset();
            }
        }

        /// <inheritdoc />
        internal sealed override void Receive(Axon axon, int from, int to, int time)
        {
            if (axon.Receptor != Formats.DeltaReceptor)
            {
                _block.Receive(axon, from, to);
                return;
            }

            int[] synapses = axon.Synapses;
            short[] weights = axon.Weights;
            int scale = axon.Scale;
            for (int k = from; k < to; k++)
            {
                Charge(synapses[k] & Formats.TargetMask, weights[k] * scale, time);
            }
        }

        /// <inheritdoc />
        internal sealed override void Drive(int first, int count, int time, long absolute)
        {
            for (int i = first; i < first + count; i++)
            {
                _steady[i] = Driven(Value(_bias, i), _drives, i, absolute, -Formats.MaxCurrent, Formats.MaxCurrent);
                Renew(i, time);
            }
        }

        /// <inheritdoc />
        internal override void Step(int time)
        {
            if (_block != null && _block.Step(_synaptic))
            {
                for (int i = 0; i < Current.Length; i++)
                {
                    Renew(i, time);
                }
            }
        }

        /// <inheritdoc />
        internal override bool CanLengthenStep => true;

        /// <inheritdoc />
        internal override void LengthenStep(int doublings)
        {
            if (_block != null)
            {
                _block.LengthenStep(doublings);
            }
        }

        /// <inheritdoc />
        internal sealed override int ReadCurrent(int neuron) => Current[neuron];

        /// <summary>Picks the value of a neuron from a parameter that holds one value or one per neuron.</summary>
        protected static long Value(long[] values, int neuron) => values.Length == 1 ? values[0] : values[neuron];

        /// <summary>
        /// A charge arrives at once: the membrane is to move by so many volts in Q8.24, together with all others of this microsecond.
        /// </summary>
        protected abstract void Charge(int neuron, int volts, int time);

        /// <summary>Keeps a voltage between ground, where circuits end, and the end of the range, which counts as a saturation.</summary>
        protected long WithinVolts(long volts)
        {
            if (volts > CurrentModel.MaxVoltage)
            {
                Saturations++;
                return CurrentModel.MaxVoltage;
            }

            return volts < 0 ? 0 : volts;
        }

        /// <summary>The current into a neuron changes now; <see cref="Current" /> still holds the one before.</summary>
        protected abstract void SetCurrent(int neuron, int current, int time);

        private void Renew(int neuron, int time)
        {
            int current = Narrow((long)_steady[neuron] + _synaptic[neuron]);
            if (current != Current[neuron])
            {
                SetCurrent(neuron, current, time);
            }
        }
    }
}
