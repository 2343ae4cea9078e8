// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;
using NeuroMCU.Core.Engine;
using NeuroMCU.Core.Image;
using NeuroMCU.Core.Numerics;

namespace NeuroMCU.Core.Models
{
    /// <summary>
    /// Leaky integrate-and-fire neurons with delta synapses, brought forward at their own events: between two arrivals
    /// w ← w·exp(−Δt/τ). Neurons that would reach their threshold without input get the crossing computed:
    /// Δt = τ·ln(w/(θ − e)), on the next whole microsecond.
    /// </summary>
    internal sealed class EventLif : LeakyPopulation
    {
        private readonly DecayTable _decay;
        private readonly TimeHeap _crossings;
        private readonly int _firstCrossing;
        private readonly EngineCounters _counters;

        /// <summary>Initializes a new instance of the <see cref="EventLif" /> class.</summary>
        /// <param name="table">The population's part of the image.</param>
        /// <param name="first">Global index of the first neuron.</param>
        /// <param name="drives">Steps of drive to this population.</param>
        /// <param name="queue">Where spikes go.</param>
        /// <param name="decay">Decay factors of the population's time constant; null where there is none for all neurons.</param>
        /// <param name="crossings">Computed crossings of the network; null when this population never has any.</param>
        /// <param name="firstCrossing">Index of the first neuron among them.</param>
        /// <param name="counters">Counters of the engine.</param>
        internal EventLif(
            PopulationTable table,
            int first,
            DriveTable[] drives,
            EventQueue queue,
            DecayTable decay,
            TimeHeap crossings,
            int firstCrossing,
            EngineCounters counters)
            : base(table, first, drives, queue)
        {
            Last = new int[table.Size];
            _decay = decay;
            _crossings = crossings;
            _firstCrossing = firstCrossing;
            _counters = counters;
            if (decay != null && crossings == null && Threshold.Length == 1)
            {
                FastRange = DecayTable.Range;
                Coarse = decay.Coarse;
                Fine = decay.Fine;
            }
        }

        /// <summary>Tells whether a population can reach its threshold without input, or stay above it after a reset.</summary>
        /// <param name="table">The population's part of the image.</param>
        /// <param name="drives">Steps of drive to this population.</param>
        /// <returns>True when crossings have to be computed.</returns>
        internal static bool NeedsCrossings(PopulationTable table, DriveTable[] drives)
        {
            if (table.Reset == ResetKind.Subtract)
            {
                return true;
            }

            long most = 0;
            for (int i = 0; i < drives.Length; i++)
            {
                most += drives[i].Amplitude > 0 ? drives[i].Amplitude : 0;
            }

            int count = table.Equilibrium.Length > table.Threshold.Length ? table.Equilibrium.Length : table.Threshold.Length;
            for (int i = 0; i < count; i++)
            {
                if (Value(table.Equilibrium, i) + most >= Value(table.Threshold, i))
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
            Array.Clear(Last, 0, Last.Length);
            for (int i = 0; i < Last.Length; i++)
            {
                Moved(i, 0);
            }
        }

        /// <inheritdoc />
        internal override void Receive(Axon axon, int from, int to, int time)
        {
            int[] synapses = axon.Synapses;
            short[] weights = axon.Weights;
            int scale = axon.Scale;
            for (int k = from; k < to; k++)
            {
                int neuron = synapses[k] & Formats.TargetMask;
                int elapsed = time - Last[neuron];
                if (elapsed < 0)
                {
                    continue;
                }

                long u = Relaxed(neuron, elapsed) + (weights[k] * scale);
                Last[neuron] = time;
                if (u >= Value(Threshold, neuron))
                {
                    Membrane[neuron] = Saturation.ToInt(u);
                    Cross(neuron, time);
                }
                else
                {
                    int floor = Value(Floor, neuron);
                    Membrane[neuron] = u < floor ? floor : (int)u;
                    Moved(neuron, time);
                }
            }
        }

        /// <inheritdoc />
        internal override void Cross(int neuron, int time)
        {
            Membrane[neuron] = AfterSpike(neuron, Membrane[neuron]);
            Last[neuron] = time + Value(Table.Refractory, neuron);
            Queue.Fire(this, neuron, time);
            Moved(neuron, time);
        }

        /// <inheritdoc />
        internal override void Due(int neuron, int time)
        {
            _counters.NeuronUpdates++;
            BringForward(neuron, time);

            // At the computed microsecond the membrane is at its threshold by definition, whatever the rounding of the decay says.
            int threshold = Value(Threshold, neuron);
            if (Membrane[neuron] < threshold)
            {
                Membrane[neuron] = threshold;
            }

            Cross(neuron, time);
        }

        /// <inheritdoc />
        internal override void Rebase(int by)
        {
            for (int i = 0; i < Last.Length; i++)
            {
                // A membrane older than this has long come to rest; the limit keeps differences of times within an int.
                int last = Last[i] - by;
                Last[i] = last < 1 - by ? 1 - by : last;
            }
        }

        /// <inheritdoc />
        protected override int Peek(int neuron, int time)
        {
            return Relaxed(neuron, time - Last[neuron]);
        }

        /// <inheritdoc />
        protected override void BringForward(int neuron, int time)
        {
            int elapsed = time - Last[neuron];
            if (elapsed > 0)
            {
                Membrane[neuron] = Relaxed(neuron, elapsed);
                Last[neuron] = time;
            }
        }

        /// <inheritdoc />
        protected override void Moved(int neuron, int time)
        {
            if (_crossings == null)
            {
                return;
            }

            int index = _firstCrossing + neuron;
            int membrane = Membrane[neuron];
            int threshold = Value(Threshold, neuron);
            int last = Last[neuron];
            int due;
            if (membrane >= threshold)
            {
                due = last > time ? last : time + 1;
            }
            else if (threshold < 0)
            {
                // membrane < threshold < 0: both decay towards 0, and |membrane| falls to |threshold| after τ·ln(membrane/threshold).
                long octaves = Exponential.Logarithm(-(long)membrane) - Exponential.Logarithm(-(long)threshold);
                long rate = Rate(neuron);
                due = last + (octaves > 0 ? (int)((octaves + rate - 1) / rate) : 1);
            }
            else
            {
                _crossings.Remove(index);
                return;
            }

            _crossings.Set(index, Queue.Base + due);
            if (due < Queue.Horizon)
            {
                Queue.Horizon = due + 1;
            }
        }

        /// <inheritdoc />
        protected override void SetEquilibrium(int at, int value)
        {
            base.SetEquilibrium(at, value);
            FastThreshold = Threshold[0];
            FastFloor = Floor[0];
        }

        private int Relaxed(int neuron, int elapsed)
        {
            int membrane = Membrane[neuron];
            if (elapsed <= 0 || membrane == 0)
            {
                return membrane;
            }

            if (_decay != null && elapsed < DecayTable.Range)
            {
                long factor = ((long)_decay.Coarse[elapsed >> DecayTable.FineBits] * _decay.Fine[elapsed & DecayTable.FineMask]) >> DecayTable.Bits;
                return (int)(((membrane * factor) + DecayTable.Half) >> DecayTable.Bits);
            }

            // The product of the longest time and the largest rate has 71 bits, so whether anything is left is seen from the upper parts.
            long rate = Rate(neuron);
            if (((elapsed >> 8) * (rate >> 8)) >> 24 > 40)
            {
                return 0;
            }

            return Exponential.Decay(membrane, elapsed * rate);
        }

        private long Rate(int neuron)
        {
            return Table.LeakRate.Length == 1 ? Table.LeakRate[0] : Table.LeakRate[neuron];
        }
    }
}
