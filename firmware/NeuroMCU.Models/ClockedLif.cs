// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;
using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Numerics;

namespace NeuroMCU.Models
{
    /// <summary>
    /// Leaky integrate-and-fire neurons with delta synapses at the network's step h: w ← w·exp(−h/τ) + S, then the threshold.
    /// </summary>
    internal sealed class ClockedLif : ClockedPopulation
    {
        private readonly long[] _input;
        private readonly long[] _decay;
        private readonly bool _alike;

        /// <summary>Initializes a new instance of the <see cref="ClockedLif" /> class.</summary>
        internal ClockedLif(PopulationSite site)
            : base(site)
        {
            PopulationTable table = site.Table;
            _input = new long[table.Size];
            _decay = table.Parameters[Lif.Decay];
            _alike = Threshold.Length == 1 && _decay.Length == 1;
        }

        /// <inheritdoc />
        internal override void Reset()
        {
            base.Reset();
            Array.Clear(_input, 0, _input.Length);
        }

        /// <inheritdoc />
        internal override void Receive(Axon axon, int from, int to, int time)
        {
            int[] synapses = axon.Synapses;
            short[] weights = axon.Weights;
            int scale = axon.Scale;
            long[] input = _input;
            for (int k = from; k < to; k++)
            {
                input[synapses[k] & Formats.TargetMask] += weights[k] * scale;
            }
        }

        // One product, one sum, two comparisons: threshold and floor lie within the range of an int, so they are the bounds. What
        // arrives is summed in 64 bits, so that inputs beyond the range that cancel each other within a step leave nothing behind.

        /// <inheritdoc />
        protected override void Update(int time)
        {
            if (!_alike)
            {
                UpdateEach(time);
                return;
            }

            int[] membrane = Membrane;
            long[] input = _input;
            long half = Half;
            long decay = _decay[0];
            long threshold = Threshold[0];
            long floor = Floor[0];
            int size = membrane.Length;
            for (int i = 0; i < size; i++)
            {
                long u = (((membrane[i] * decay) + half) >> 31) + input[i];
                if (u >= threshold)
                {
                    u = Spike(i, u, time);
                }
                else if (u < floor)
                {
                    u = AtFloor(i);
                }

                membrane[i] = (int)u;
            }

            Array.Clear(input, 0, size);
        }

        private void UpdateEach(int time)
        {
            int[] membrane = Membrane;
            long[] input = _input;
            long[] decay = _decay;
            int[] thresholds = Threshold;
            int[] floors = Floor;
            int decayMask = decay.Length == 1 ? 0 : -1;
            int boundMask = thresholds.Length == 1 ? 0 : -1;
            int size = membrane.Length;
            for (int i = 0; i < size; i++)
            {
                long u = (((membrane[i] * decay[i & decayMask]) + Half) >> 31) + input[i];
                if (u >= thresholds[i & boundMask])
                {
                    u = Spike(i, u, time);
                }
                else if (u < floors[i & boundMask])
                {
                    u = AtFloor(i);
                }

                membrane[i] = (int)u;
            }

            Array.Clear(input, 0, size);
        }
    }
}
