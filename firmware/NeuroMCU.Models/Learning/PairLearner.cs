// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Engine;
using NeuroMCU.Core.Numerics;

namespace NeuroMCU.Models.Learning
{
    /// <summary>
    /// Learns by a rule in which an arrival adds to the trace of its source and changes the weight by the trace of the target. Where each
    /// synapse has a delay of its own, each arrival is an event of its own: that event stands here in one method, because calls and fields
    /// cost an interpreter more than the arithmetic.
    /// </summary>
    internal sealed class PairLearner : RuleLearner
    {
        private readonly DecayingVariable _source;
        private readonly DecayingVariable _target;
        private readonly long _amount;
        private readonly long _change;
        private readonly int _shift;
        private readonly long _rounding;
        private readonly int _work;

        internal PairLearner(LearningTable table, Axon axon, EngineCounters counters)
            : base(table, axon, counters)
        {
            LearningBlock block = ArrivalOf(table);
            int[] steps = block.Steps;
            int addition = steps[0] == 0 ? 0 : LearningTable.StepWords;
            int change = LearningTable.StepWords - addition;
            _source = (DecayingVariable)Variables.All[steps[addition + 1]];
            _amount = steps[addition + 2];
            _target = (DecayingVariable)Variables.All[steps[change + 2]];
            _change = steps[change + 3];
            _shift = steps[change + 7];
            _rounding = 1L << (_shift - 1);
            _work = new RuleBlock(block).Work;
        }

        /// <summary>Tells whether a rule has this form.</summary>
        internal static bool Fits(LearningTable table)
        {
            LearningBlock block = ArrivalOf(table);
            if (block == null || block.Steps.Length != 2 * LearningTable.StepWords)
            {
                return false;
            }

            int[] steps = block.Steps;
            int addition = steps[0] == 0 ? 0 : LearningTable.StepWords;
            int change = LearningTable.StepWords - addition;
            return steps[addition] == 0 && steps[change] == 1 && steps[change + 1] == 0 && steps[change + 4] < 0
                && Decays(table.Variables[steps[addition + 1]], LearningOwner.Source)
                && Decays(table.Variables[steps[change + 2]], LearningOwner.Target);
        }

        /// <inheritdoc />
        internal override void Arrive(int from, int to, int time)
        {
            if (to - from > 1)
            {
                base.Arrive(from, to, time);
                return;
            }

            PlasticSynapses synapses = Synapses;
            EngineCounters counters = synapses.Counters;
            counters.LearningUpdates++;
            counters.LawOperations += _work;
            DecayingVariable source = _source;
            DecayingVariable target = _target;
            RuleClock clock = source.Clock;
            long half = PlasticSynapses.Half;
            clock.MoveTo(time);
            long present = clock.Factor;
            int halfLife = clock.HalfLife;

            // The trace of the source, from its own half-life to this one.
            int[] values = source.Values;
            short[] halfLives = source.HalfLives;
            int group = synapses.Group[from];
            int behind = halfLife - halfLives[group];
            long value = _amount;
            if (behind <= DecayingVariable.Remembered)
            {
                value += ((values[group] / (1 << behind) * present) + half) >> PlasticSynapses.Bits;
            }

            int most = source.Most;
            if (value > most || value < -most)
            {
                value = value < 0 ? -most : most;
                synapses.Axon.Target.Saturations++;
            }

            value = ((value << PlasticSynapses.Bits) + (present >> 1)) / present;
            values[group] = value > int.MaxValue ? int.MaxValue : (int)value;
            halfLives[group] = (short)halfLife;
            if (Frozen)
            {
                return;
            }

            RuleClock other = target.Clock;
            if (other != clock)
            {
                other.MoveTo(time);
                present = other.Factor;
            }

            if (target.HalfLife != other.HalfLife)
            {
                target.Follow();
            }

            int[] fine = synapses.Fine;
            long factor = ((_change * present) + half) >> PlasticSynapses.Bits;
            value = (((target.Values[synapses.Synapses[from] & Formats.TargetMask] * factor) + _rounding) >> _shift) + fine[from];
            if (value <= 0 || value >= PlasticSynapses.One)
            {
                value = value <= 0 ? 0 : PlasticSynapses.One;
                counters.LearningEnds++;
            }

            fine[from] = (int)value;
            synapses.Weights[from] = (short)(((value * synapses.Limit) + half) >> PlasticSynapses.Bits);
        }

        private static bool Decays(LearningVariable variable, int owner)
        {
            return variable.Owner == owner && variable.Course == LearningCourse.Decays;
        }

        private static LearningBlock ArrivalOf(LearningTable table)
        {
            LearningBlock first = table.Blocks[0];
            return first.Event == LearningEvent.Arrival ? first : null;
        }
    }
}
