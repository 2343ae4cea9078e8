// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;
using NeuroMCU.Core.Engine;
using NeuroMCU.Core.Image;
using NeuroMCU.Core.Numerics;

namespace NeuroMCU.Core.Models
{
    /// <summary>
    /// Bursting thyristor neurons (Wu et al., Neuromorph. Comput. Eng. 3, 044008 (2023), eq. 3 to 5): the thyristor leads from the capacitor
    /// C_m (voltage V) to a soma R_s || C_s (voltage V_s, the output). C_m dV/dt = I − I_M,  C_s dV_s/dt = I_M − V_s/R_s. Each of the regimes
    /// off below the knee, off leaking and on is linear and brought forward exactly over a step of the network; which one holds is decided at the step.
    /// The threshold of V − V_s is lowered right after turning off and comes back exponentially (stored gate charge): that makes the bursts of
    /// mode IB1.
    /// </summary>
    internal sealed class BurstingPopulation : CurrentPopulation
    {
        private const long Half = 1L << 30;
        private const int FactorBits = 31;
        private const int GainBits = 28;
        private const int NotReleasing = -1;

        private readonly long[] _arrived;
        private readonly int[] _soma;
        private readonly int[] _memory;
        private readonly int[] _left;
        private readonly bool[] _on;

        /// <summary>Initializes a new instance of the <see cref="BurstingPopulation" /> class.</summary>
        internal BurstingPopulation(PopulationTable table, int first, DriveTable[] drives, EventQueue queue, EngineCounters counters)
            : base(table, first, drives, queue, table.Parameters[BurstingLayout.Bias], counters)
        {
            Membrane = new int[table.Size];
            _arrived = new long[table.Size];
            _soma = new int[table.Size];
            _memory = new int[table.Size];
            _left = new int[table.Size];
            _on = new bool[table.Size];
        }

        /// <inheritdoc />
        internal override void Reset()
        {
            base.Reset();
            Array.Clear(_arrived, 0, _arrived.Length);
            Array.Clear(_soma, 0, _soma.Length);
            Array.Clear(_memory, 0, _memory.Length);
            for (int i = 0; i < Membrane.Length; i++)
            {
                Membrane[i] = (int)Value(Table.Parameters[BurstingLayout.Initial], i);
                _left[i] = NotReleasing;
                _on[i] = false;
            }
        }

        /// <summary>Gets false: the cell is solved for one length of step.</summary>
        internal override bool CanLengthenStep => false;

        /// <inheritdoc />
        internal override void Step(int time)
        {
            for (int i = 0; i < Membrane.Length; i++)
            {
                Update(i, time);
            }

            Counters.BurstingUpdates += Membrane.Length;

            // What arrived counts for the next step, as in the other clocked models.
            base.Step(time);
        }

        /// <inheritdoc />
        internal override int ReadMembrane(int neuron, int time)
        {
            return _soma[neuron];
        }

        /// <inheritdoc />
        protected override void Charge(int neuron, int volts, int time)
        {
            _arrived[neuron] += volts;
        }

        /// <inheritdoc />
        protected override void SetCurrent(int neuron, int current, int time)
        {
            Current[neuron] = current;
        }

        private void Update(int i, int time)
        {
            long[][] parameters = Table.Parameters;
            long v = Membrane[i];
            if (_arrived[i] != 0)
            {
                v = WithinVolts(v + _arrived[i]);
                _arrived[i] = 0;
            }

            long s = _soma[i];
            bool on = _on[i];
            int regime = on
                ? BurstingLayout.Conducting
                : v - s >= Value(parameters[BurstingLayout.Knee], i) ? BurstingLayout.Leaking : BurstingLayout.Charging;
            int factor = BurstingLayout.FirstFactor + (regime * BurstingLayout.FactorCount);
            long nextS = WithinVolts(Propagate(parameters, factor + 4, i, v, s));
            v = WithinVolts(Propagate(parameters, factor, i, v, s));
            s = nextS;
            Membrane[i] = (int)v;
            _soma[i] = (int)s;
            if (on)
            {
                Hold(i, v - s);
                return;
            }

            long memory = ((_memory[i] * Value(parameters[BurstingLayout.MemoryDecay], i)) + Half) >> FactorBits;
            _memory[i] = (int)memory;
            if (v - s >= Value(parameters[BurstingLayout.Threshold], i) - memory)
            {
                _on[i] = true;
                Queue.Fire(this, i, time);
            }
        }

        private void Hold(int i, long across)
        {
            long[][] parameters = Table.Parameters;
            if (_left[i] == NotReleasing)
            {
                if (across >= Value(parameters[BurstingLayout.HoldVoltage], i))
                {
                    return;
                }

                _left[i] = (int)Value(parameters[BurstingLayout.ReleaseSteps], i);
            }

            if (_left[i]-- == 0)
            {
                _on[i] = false;
                _left[i] = NotReleasing;
                _memory[i] = (int)Value(parameters[BurstingLayout.Memory], i);
            }
        }

        private long Propagate(long[][] parameters, int factor, int i, long v, long s)
        {
            return (((v * Value(parameters[factor], i)) + (s * Value(parameters[factor + 1], i)) + Half) >> FactorBits)
                + (((Current[i] * Value(parameters[factor + 2], i)) + (1L << (GainBits - 1))) >> GainBits)
                + Value(parameters[factor + 3], i);
        }
    }
}
