// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;
using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Engine;
using NeuroMCU.Core.Numerics;

namespace NeuroMCU.Models
{
    /// <summary>
    /// Leaky integrate-and-fire neurons with exponential synaptic currents at the network's step h, by the exact propagators of the
    /// linear equations (Rotter and Diesmann, Biol. Cybern. 81, 1999): w ← w·D + P_exc·I_exc + P_inh·I_inh, then the threshold,
    /// then I ← I·D_x + S. Currents saturate at ±64 of their units, so that the three products fit a 64-bit sum.
    /// </summary>
    public sealed class ExponentialLif : LeakyModel
    {
        /// <summary>exp(−step/τ), Q0.31.</summary>
        public const int Decay = Shared;

        /// <summary>exp(−step/τ_exc), Q0.31, one value for the population.</summary>
        public const int ExcitatoryDecay = Shared + 1;

        /// <summary>exp(−step/τ_inh), Q0.31, one value for the population.</summary>
        public const int InhibitoryDecay = Shared + 2;

        /// <summary>Rise of u over one step per unit of excitatory current, Q0.31.</summary>
        public const int ExcitatoryCoupling = Shared + 3;

        /// <summary>Rise of u over one step per unit of inhibitory current, Q0.31.</summary>
        public const int InhibitoryCoupling = Shared + 4;

        /// <summary>Number of parameters.</summary>
        public const int ParameterCount = Shared + 5;

        private static readonly long[] s_least = LeastOf(new long[5]);
        private static readonly long[] s_most = MostOf(new long[] { int.MaxValue, int.MaxValue, int.MaxValue, int.MaxValue, int.MaxValue });

        /// <inheritdoc />
        public override int Number => 5;

        /// <inheritdoc />
        public override long[] Least => s_least;

        /// <inheritdoc />
        public override long[] Most => s_most;

        /// <inheritdoc />
        internal override bool AllowsUpdate(PopulationTable table) => table.Update == UpdateKind.Clocked;

        /// <summary>The decays of the two currents are one for all neurons.</summary>
        internal override int FirstUnsound(PopulationTable table)
        {
            if (table.Parameters[ExcitatoryDecay].Length != 1)
            {
                return ExcitatoryDecay;
            }

            return table.Parameters[InhibitoryDecay].Length != 1 ? InhibitoryDecay : base.FirstUnsound(table);
        }

        /// <inheritdoc />
        internal override bool HasReceptor(PopulationTable table, int receptor) => receptor == 0 || receptor == 1;

        /// <inheritdoc />
        internal override int MemoryBytes(PopulationTable table, DriveTable[] drives)
        {
            int size = table.Size;
            return MembraneBytes(table, drives) + (2 * DeviceMemory.ArrayBytes(size, 4)) + (2 * DeviceMemory.ArrayBytes(size, 8))
                + RestingBytes(table);
        }

        /// <inheritdoc />
        internal override Population Create(PopulationSite site) => new Cells(site);

        private sealed class Cells : ClockedPopulation
        {
            private const int MaxCurrent = 1 << 30;

            private readonly int[] _excitatory;
            private readonly int[] _inhibitory;
            private readonly long[] _excitatoryInput;
            private readonly long[] _inhibitoryInput;
            private readonly long[] _decay;
            private readonly long[] _excitatoryCoupling;
            private readonly long[] _inhibitoryCoupling;
            private readonly long _excitatoryDecay;
            private readonly long _inhibitoryDecay;

            /// <summary>Initializes a new instance of the <see cref="Cells" /> class.</summary>
            internal Cells(PopulationSite site)
                : base(site)
            {
                PopulationTable table = site.Table;
                _excitatory = new int[table.Size];
                _inhibitory = new int[table.Size];
                _excitatoryInput = new long[table.Size];
                _inhibitoryInput = new long[table.Size];
                _decay = table.Parameters[Decay];
                _excitatoryCoupling = table.Parameters[ExcitatoryCoupling];
                _inhibitoryCoupling = table.Parameters[InhibitoryCoupling];
                _excitatoryDecay = table.Parameters[ExcitatoryDecay][0];
                _inhibitoryDecay = table.Parameters[InhibitoryDecay][0];
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
                    && _decay.Length == 1
                    && _excitatoryCoupling.Length == 1
                    && _inhibitoryCoupling.Length == 1)
                {
                    UpdateAlike(time);
                }
                else
                {
                    UpdateEach(time);
                }

                DecayCurrents(_excitatory, _excitatoryInput, _excitatoryDecay);
                DecayCurrents(_inhibitory, _inhibitoryInput, _inhibitoryDecay);
            }

            private void UpdateAlike(int time)
            {
                int[] membrane = Membrane;
                int[] excitatory = _excitatory;
                int[] inhibitory = _inhibitory;
                long decay = _decay[0];
                long excitatoryCoupling = _excitatoryCoupling[0];
                long inhibitoryCoupling = _inhibitoryCoupling[0];
                long half = Half;
                long threshold = Threshold[0];
                long floor = Floor[0];
                int size = membrane.Length;
                for (int i = 0; i < size; i++)
                {
                    long u = ((membrane[i] * decay) + (excitatory[i] * excitatoryCoupling) + (inhibitory[i] * inhibitoryCoupling)
                        + half) >> 31;
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
                    long u = ((membrane[i] * Value(_decay, i))
                        + (_excitatory[i] * Value(_excitatoryCoupling, i))
                        + (_inhibitory[i] * Value(_inhibitoryCoupling, i))
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
}
