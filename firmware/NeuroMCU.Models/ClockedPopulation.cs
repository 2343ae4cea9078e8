// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;

namespace NeuroMCU.Models
{
    /// <summary>
    /// What the clocked leaky integrate-and-fire models share. Refractory neurons stand in a short list: the loops over all neurons know
    /// nothing of them, and their membranes are put back afterwards.
    /// </summary>
    internal abstract class ClockedPopulation : LeakyPopulation
    {
        /// <summary>Half a unit of a product with a factor in Q0.31, for rounding to nearest.</summary>
        protected const long Half = 1L << 30;

        private readonly int _step;
        private readonly int[] _hold;
        private readonly int[] _held;
        private readonly short[] _resting;
        private int _restingCount;
        private int _restingBefore;

        /// <summary>Initializes a new instance of the <see cref="ClockedPopulation" /> class.</summary>
        protected ClockedPopulation(PopulationSite site)
            : base(site)
        {
            PopulationTable table = site.Table;
            _step = site.Step;

            // The queue looks a time up before it sees that there is no fast lane here: any array of the right length will do.
            Last = Membrane;
            int places = HasRefractory(table) ? table.Size : 0;
            _hold = new int[places];
            _held = new int[places];
            _resting = new short[places];
        }

        /// <summary>Tells whether any neuron has a refractory period.</summary>
        internal static bool HasRefractory(PopulationTable table)
        {
            long[] refractory = table.Parameters[LeakyModel.Refractory];
            for (int i = 0; i < refractory.Length; i++)
            {
                if (refractory[i] != 0)
                {
                    return true;
                }
            }

            return false;
        }

        /// <inheritdoc />
        internal override void Reset()
        {
            base.Reset();
            _restingCount = 0;
            System.Array.Clear(_hold, 0, _hold.Length);
        }

        /// <inheritdoc />
        internal sealed override void Step(int time)
        {
            _restingBefore = _restingCount;
            Update(time);
            if (_restingCount != 0)
            {
                Hold();
            }
        }

        /// <summary>Brings all neurons one step forward.</summary>
        protected abstract void Update(int time);

        /// <summary>A membrane has reached the threshold.</summary>
        /// <returns>The membrane from which the neuron goes on.</returns>
        protected long Spike(int neuron, long membrane, int time)
        {
            if (_hold.Length != 0)
            {
                if (_hold[neuron] != 0)
                {
                    return _held[neuron];
                }

                int refractory = RefractoryOf(neuron);
                if (refractory != 0)
                {
                    _hold[neuron] = (refractory + _step - 1) / _step;
                    _resting[_restingCount++] = (short)neuron;
                }
            }

            int after = AfterSpike(neuron, membrane);
            if (_hold.Length != 0)
            {
                _held[neuron] = after;
            }

            Queue.Fire(this, neuron, time);
            return after;
        }

        /// <inheritdoc />
        protected override int Peek(int neuron, int time) => Membrane[neuron];

        /// <inheritdoc />
        protected override void BringForward(int neuron, int time)
        {
        }

        /// <inheritdoc />
        protected override void Moved(int neuron, int time)
        {
            // Drive has moved the membrane relative to its equilibrium; what is held moves with it.
            if (_hold.Length != 0)
            {
                _held[neuron] = Membrane[neuron];
            }
        }

        // Neurons that fired in this very step are in the list already but begin to wait with the next.
        private void Hold()
        {
            int kept = 0;
            for (int k = 0; k < _restingCount; k++)
            {
                short neuron = _resting[k];
                if (k < _restingBefore)
                {
                    Membrane[neuron] = _held[neuron];
                    if (--_hold[neuron] == 0)
                    {
                        continue;
                    }
                }

                _resting[kept++] = neuron;
            }

            _restingCount = kept;
        }
    }
}
