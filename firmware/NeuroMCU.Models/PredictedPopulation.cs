// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Engine;
using NeuroMCU.Core.Numerics;

namespace NeuroMCU.Models
{
    /// <summary>
    /// Neurons whose next spike is computed ahead, for what is known then, and again whenever something arrives or changes. Charges of one
    /// microsecond arrive together.
    /// </summary>
    internal abstract class PredictedPopulation : CurrentPopulation
    {
        /// <summary>Time of a spike that does not come.</summary>
        protected const long Never = Relaxation.Never;

        /// <summary>Bits that a voltage of these neurons has beyond those of a membrane.</summary>
        protected const int TraceShift = CurrentModel.VoltBits - Formats.MembraneBits;

        /// <summary>Time of the next spike of each neuron, <see cref="Relaxation.TimeBits" /> after the point; <c>Never</c> without
        /// one.</summary>
        protected readonly long[] NextSpike;

        private readonly TimeHeap _crossings;
        private readonly int _firstCrossing;
        private readonly long[] _arrived;
        private readonly bool[] _noted;

        /// <summary>Initializes a new instance of the <see cref="PredictedPopulation" /> class.</summary>
        protected PredictedPopulation(PopulationSite site, int biasPlace)
            : base(site, biasPlace)
        {
            _crossings = site.Crossings;
            _firstCrossing = site.FirstCrossing;
            int size = site.Table.Size;
            NextSpike = new long[size];
            _arrived = new long[size];
            _noted = new bool[size];
        }

        /// <inheritdoc />
        internal override void Reset()
        {
            base.Reset();
            for (int i = 0; i < _arrived.Length; i++)
            {
                _arrived[i] = 0;
                _noted[i] = false;
            }
        }

        /// <inheritdoc />
        protected sealed override void Charge(int neuron, int volts, int time)
        {
            _arrived[neuron] += volts;
            if (!_noted[neuron])
            {
                _noted[neuron] = true;
                Queue.Noted.Add(this, neuron, time);
            }
        }

        /// <summary>Takes the charges that have arrived at a neuron.</summary>
        /// <returns>The voltage by which they move its membrane, <see cref="CurrentModel.VoltBits" /> after the point.</returns>
        protected long TakeArrived(int neuron)
        {
            long volts = _arrived[neuron] << TraceShift;
            _arrived[neuron] = 0;
            _noted[neuron] = false;
            return volts;
        }

        /// <summary>Sets the time of a neuron's next spike.</summary>
        protected void SetNextSpike(int neuron, long due, int time)
        {
            NextSpike[neuron] = due;
            int index = _firstCrossing + neuron;
            if (due == Never)
            {
                _crossings.Remove(index);
                return;
            }

            long whole = Relaxation.Whole(due);
            if (whole < time)
            {
                whole = time;
            }

            _crossings.Set(index, Queue.Base + whole);
            if (whole < Queue.Horizon)
            {
                Queue.Horizon = (int)whole + 1;
            }
        }
    }
}
