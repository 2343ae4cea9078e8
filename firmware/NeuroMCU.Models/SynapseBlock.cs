// NeuroMCU, MIT licence. See LICENSE in the repository root.

using System;
using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Numerics;

namespace NeuroMCU.Models
{
    /// <summary>
    /// The synapse block of a population: per receptor and neuron one or two leaky integrators in a row, stepped at the step h of the
    /// network. With D = exp(−h/τ) and A the charge that arrived since the last step:
    /// I₁ ← D·I₁ + (1 − D)·A/h,  I₂ ← D·I₂ + (1 − D)·I₁ (the value before), so that a spike of charge Q gives a current of area Q exactly.
    /// Two stages give Rall's alpha function (Wu et al., Phys. Rev. Applied 23, 034030 (2025), eq. 9 to 12).
    /// </summary>
    internal sealed class SynapseBlock
    {
        private const long One = 1L << 31;

        // What the stages hold has so many bits more than a current, so that a slow decay is not stuck in its rounding.
        private const int StageBits = 8;
        private const long Most = 1L << (31 + StageBits);

        // From units of charge per step, 16 of current, times a factor in Q0.31 to those of a stage.
        private const int ChargeShift = 31 + Formats.ChargeBits - Formats.CurrentBits - StageBits;

        private readonly ReceptorTable[] _receptors;
        private readonly Population _owner;
        private readonly EngineCounters _counters;
        private readonly long[][] _arrived;
        private readonly long[][] _first;
        private readonly long[][] _second;
        private readonly long[] _decay;
        private int _doublings;
        private bool _atRest = true;

        /// <summary>Initializes a new instance of the <see cref="SynapseBlock" /> class, without current.</summary>
        /// <param name="owner">The population, which counts what goes beyond its range.</param>
        internal SynapseBlock(ReceptorTable[] receptors, Population owner, EngineCounters counters)
        {
            int size = owner.Size;
            _owner = owner;
            _counters = counters;
            _receptors = receptors;
            _arrived = new long[receptors.Length][];
            _first = new long[receptors.Length][];
            _second = new long[receptors.Length][];
            for (int r = 0; r < receptors.Length; r++)
            {
                _arrived[r] = new long[size];
                _first[r] = new long[size];
                _second[r] = new long[receptors[r].Stages == 2 ? size : 0];
            }

            _decay = new long[receptors.Length];
            LengthenStep(0);
        }

        /// <summary>From now on a step lasts 2^<paramref name="doublings" /> of the network's: currents decay by D once for each of
        /// them, and charge spreads over all of them.</summary>
        internal void LengthenStep(int doublings)
        {
            _doublings = doublings;
            for (int r = 0; r < _receptors.Length; r++)
            {
                long decay = _receptors[r].Decay;
                for (int k = 0; k < doublings; k++)
                {
                    decay = Relaxation.Scaled(decay, decay, 31);
                }

                _decay[r] = decay;
            }
        }

        /// <summary>Forgets all currents.</summary>
        internal void Reset()
        {
            for (int r = 0; r < _receptors.Length; r++)
            {
                Array.Clear(_arrived[r], 0, _arrived[r].Length);
                Array.Clear(_first[r], 0, _first[r].Length);
                Array.Clear(_second[r], 0, _second[r].Length);
            }

            _atRest = true;
        }

        /// <summary>Takes the charge of spikes: synapses from (inclusive) to (exclusive) of an axon onto one of the receptors.</summary>
        internal void Receive(Axon axon, int from, int to)
        {
            _atRest = false;
            int[] synapses = axon.Synapses;
            short[] weights = axon.Weights;
            int scale = axon.Scale;
            long[] arrived = _arrived[axon.Receptor];
            for (int k = from; k < to; k++)
            {
                arrived[synapses[k] & Formats.TargetMask] += weights[k] * scale;
            }
        }

        /// <summary>Steps all receptors.</summary>
        /// <param name="total">Receives the sum of the receptors' currents for each neuron, in the population's unit.</param>
        /// <returns>False when nothing has changed since the step before.</returns>
        internal bool Step(int[] total)
        {
            if (_atRest)
            {
                return false;
            }

            bool moved = false;
            Array.Clear(total, 0, total.Length);
            for (int r = 0; r < _receptors.Length; r++)
            {
                moved |= StepReceptor(r, total);
            }

            _counters.ReceptorUpdates += _receptors.Length * total.Length;
            _atRest = !moved;
            return moved;
        }

        // A current that the stage does not hold is cut off and counted.
        private static long Bounded(Population owner, long current)
        {
            if (current < Most && current >= -Most)
            {
                return current;
            }

            owner.Narrow(current);
            return current > 0 ? Most - 1 : -Most;
        }

        private bool StepReceptor(int r, int[] total)
        {
            long[] arrived = _arrived[r];
            Population owner = _owner;
            long[] first = _first[r];
            long[] second = _second[r];
            long decay = _decay[r];
            long gain = One - decay;
            int shift = ChargeShift + _doublings;
            long rounding = 1L << (shift - 1);
            bool inhibitory = _receptors[r].Inhibitory;
            bool two = second.Length != 0;
            bool moved = false;
            for (int i = 0; i < first.Length; i++)
            {
                long before = first[i];
                long charge = arrived[i] == 0 ? 0 : ((owner.Narrow(arrived[i]) * gain) + rounding) >> shift;
                long after = Bounded(owner, Relaxation.Scaled(before, decay, 31) + charge);
                long current = after;
                if (two)
                {
                    long held = second[i];
                    current = Bounded(owner, Relaxation.Scaled(held, decay, 31) + Relaxation.Scaled(before, gain, 31));
                    second[i] = current;
                    moved |= current != held;
                }

                moved |= after != before;
                first[i] = after;
                current = (current + (1L << (StageBits - 1))) >> StageBits;
                total[i] = owner.Narrow(inhibitory ? total[i] - current : total[i] + current);
            }

            Array.Clear(arrived, 0, arrived.Length);
            return moved;
        }
    }
}
