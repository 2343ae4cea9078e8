// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;
using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Numerics;

namespace NeuroMCU.Models
{
    /// <summary>
    /// Leaky integrate-and-fire neurons with exponential synaptic currents at the network's step h, by the exact propagators of the
    /// linear equations (Rotter and Diesmann, Biol. Cybern. 81, 1999): w ← w·D + P_exc·I_exc + P_inh·I_inh, then the threshold,
    /// then I ← I·D_x + S. Currents saturate at ±64 of their units, so that the three products fit a 64-bit sum.
    /// </summary>
    internal sealed class ClockedExponentialLif : ClockedPopulation
    {
        private const int MaxCurrent = 1 << 30;

        private readonly int[] _excitatory;
        private readonly int[] _inhibitory;
        private readonly long[] _excitatoryInput;
        private readonly long[] _inhibitoryInput;

        /// <summary>Initializes a new instance of the <see cref="ClockedExponentialLif" /> class.</summary>
        internal ClockedExponentialLif(PopulationSite site)
            : base(site)
        {
            PopulationTable table = site.Table;
            _excitatory = new int[table.Size];
            _inhibitory = new int[table.Size];
            _excitatoryInput = new long[table.Size];
            _inhibitoryInput = new long[table.Size];
        }

        /// <inheritdoc />
        internal override void Reset()
        {
            base.Reset();
            Array.Clear(_excitatory, 0, _excitatory.Length);
            Array.Clear(_inhibitory, 0, _inhibitory.Length);
            Array.Clear(_excitatoryInput, 0, _excitatoryInput.Length);
            Array.Clear(_inhibitoryInput, 0, _inhibitoryInput.Length);
        }

        /// <inheritdoc />
        internal override void Receive(Axon axon, int from, int to, int time)
        {
            int[] synapses = axon.Synapses;
            short[] weights = axon.Weights;
            int scale = axon.Scale;
            long[] input = axon.Receptor == 0 ? _excitatoryInput : _inhibitoryInput;
            for (int k = from; k < to; k++)
            {
                input[synapses[k] & Formats.TargetMask] += weights[k] * scale;
            }
        }

        /// <inheritdoc />
        protected override void Update(int time)
        {
            if (Threshold.Length == 1
                && Table.MembraneDecay.Length == 1
                && Table.ExcitatoryCoupling.Length == 1
                && Table.InhibitoryCoupling.Length == 1)
            {
                UpdateAlike(time);
            }
            else
            {
                UpdateEach(time);
            }

            DecayCurrents(_excitatory, _excitatoryInput, Table.ExcitatoryDecay);
            DecayCurrents(_inhibitory, _inhibitoryInput, Table.InhibitoryDecay);
        }

        private void UpdateAlike(int time)
        {
            int[] membrane = Membrane;
            int[] excitatory = _excitatory;
            int[] inhibitory = _inhibitory;
            long decay = Table.MembraneDecay[0];
            long excitatoryCoupling = Table.ExcitatoryCoupling[0];
            long inhibitoryCoupling = Table.InhibitoryCoupling[0];
            long half = Half;
            long threshold = Threshold[0];
            long floor = Floor[0];
            int size = membrane.Length;
            for (int i = 0; i < size; i++)
            {
                long u = ((membrane[i] * decay) + (excitatory[i] * excitatoryCoupling) + (inhibitory[i] * inhibitoryCoupling) + half) >> 31;
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
        }

        private void UpdateEach(int time)
        {
            int[] membrane = Membrane;
            for (int i = 0; i < membrane.Length; i++)
            {
                long u = (((long)membrane[i] * Value(Table.MembraneDecay, i))
                    + ((long)_excitatory[i] * Value(Table.ExcitatoryCoupling, i))
                    + ((long)_inhibitory[i] * Value(Table.InhibitoryCoupling, i))
                    + Half) >> 31;
                if (u >= Value(Threshold, i))
                {
                    u = Spike(i, u, time);
                }
                else if (u < Value(Floor, i))
                {
                    u = AtFloor(i);
                }

                membrane[i] = (int)u;
            }
        }

        private void DecayCurrents(int[] current, long[] input, long decay)
        {
            int size = current.Length;
            long half = Half;
            long most = MaxCurrent;
            long least = -MaxCurrent;
            for (int i = 0; i < size; i++)
            {
                long next = (((current[i] * decay) + half) >> 31) + input[i];
                if (next > most)
                {
                    next = most;
                    Saturations++;
                }
                else if (next < least)
                {
                    next = least;
                    Saturations++;
                }

                current[i] = (int)next;
            }

            Array.Clear(input, 0, size);
        }
    }
}
