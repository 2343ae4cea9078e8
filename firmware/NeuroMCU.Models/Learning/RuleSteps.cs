// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Numerics;

namespace NeuroMCU.Models.Learning
{
    /// <summary>Does what a block does in one of the two usual forms: loops of their own instead of a program.</summary>
    internal sealed class RuleSteps
    {
        private const int Weight = 0;
        private const int FirstVariable = 2;

        private readonly PlasticSynapses _synapses;
        private readonly RuleVariables _variables;

        internal RuleSteps(PlasticSynapses synapses, RuleVariables variables)
        {
            _synapses = synapses;
            _variables = variables;
        }

        /// <summary>Does the steps of a block for synapses of one event, or for places of the columns where a target fired.</summary>
        internal void Run(RuleBlock block, int from, int to, int time, bool frozen)
        {
            int[] steps = block.Steps;
            RuleVariable[] variables = _variables.All;
            int first = block.Event == LearningEvent.Firing ? _synapses.Column[from] : from;
            for (int i = 0; i < steps.Length; i += LearningTable.StepWords)
            {
                if (steps[i] == 0)
                {
                    RuleVariable shared = variables[steps[i + 1]];
                    shared.MoveTo(time);
                    _synapses.Axon.Target.Saturations += shared.Add(_variables.Index(shared, first), steps[i + 2], time);
                    continue;
                }

                RuleVariable trace = variables[steps[i + 2]];
                trace.MoveTo(time);
                long factor = steps[i + 3];
                if (steps[i + 4] >= 0)
                {
                    RuleVariable shared = variables[steps[i + 4]];
                    shared.MoveTo(time);
                    factor += (((long)steps[i + 5] * shared.Read(_variables.Index(shared, first), time)) + PlasticSynapses.Half)
                        >> PlasticSynapses.Bits;
                }

                if (trace.Course != LearningCourse.Counts)
                {
                    factor = ((factor * trace.Factor) + PlasticSynapses.Half) >> PlasticSynapses.Bits;
                }

                if (steps[i + 1] != Weight)
                {
                    ChangeVariable(variables[steps[i + 1] - FirstVariable], trace, factor, steps[i + 7], block.Event, from, to, time);
                }
                else if (!frozen)
                {
                    ChangeWeights(trace, factor, steps[i + 7], block.Event, from, to);
                }
            }
        }

        private void ChangeWeights(RuleVariable trace, long factor, int shift, int kind, int from, int to)
        {
            DecayingVariable decaying = trace as DecayingVariable;
            if (kind == LearningEvent.Arrival && trace.Owner == LearningOwner.Target)
            {
                ChangeRow(trace.Values, factor, shift, from, to);
            }
            else if (kind == LearningEvent.Firing && decaying != null && decaying.HalfLives != null)
            {
                ChangeColumn(decaying, factor, shift, from, to);
            }
            else
            {
                long half = 1L << (shift - 1);
                for (int i = from; i < to; i++)
                {
                    int k = kind == LearningEvent.Firing ? _synapses.Column[i] : i;
                    _synapses.Set(k, (((Stored(trace, k) * factor) + half) >> shift) + _synapses.Fine[k]);
                }
            }
        }

        // The value that a synapse goes by, without its factor.
        private long Stored(RuleVariable trace, int synapse)
        {
            int index = _variables.Index(trace, synapse);
            DecayingVariable decaying = trace as DecayingVariable;
            return decaying == null ? trace.Values[index] : decaying.Forward(index);
        }

        // The two loops that matter: each in a method of its own, all it needs in locals.
        private void ChangeRow(int[] values, long factor, int shift, int from, int to)
        {
            int[] fine = _synapses.Fine;
            int[] synapses = _synapses.Synapses;
            short[] weights = _synapses.Weights;
            long limit = _synapses.Limit;
            long half = 1L << (shift - 1);
            long top = PlasticSynapses.One;
            long rounding = PlasticSynapses.Half;
            int ends = 0;
            int mask = Formats.TargetMask;
            for (int k = from; k < to; k++)
            {
                long value = (((values[synapses[k] & mask] * factor) + half) >> shift) + fine[k];
                if ((ulong)(value - 1) >= (ulong)(top - 1))
                {
                    value = value <= 0 ? 0 : top;
                    ends++;
                }

                fine[k] = (int)value;
                weights[k] = (short)(((value * limit) + rounding) >> PlasticSynapses.Bits);
            }

            _synapses.Counters.LearningEnds += ends;
        }

        private void ChangeColumn(DecayingVariable trace, long factor, int shift, int from, int to)
        {
            int[] fine = _synapses.Fine;
            short[] column = _synapses.Column;
            short[] group = _synapses.Group;
            short[] weights = _synapses.Weights;
            int[] values = trace.Values;
            short[] halfLives = trace.HalfLives;
            int halfLife = trace.Clock.HalfLife;
            long limit = _synapses.Limit;
            long half = 1L << (shift - 1);
            long top = PlasticSynapses.One;
            long rounding = PlasticSynapses.Half;
            int remembered = DecayingVariable.Remembered;
            int ends = 0;
            for (int i = from; i < to; i++)
            {
                int k = column[i];
                int g = group[k];
                int behind = halfLife - halfLives[g];
                long value = fine[k];
                if (behind <= remembered)
                {
                    value += ((values[g] / (1 << behind) * factor) + half) >> shift;
                }

                if ((ulong)(value - 1) >= (ulong)(top - 1))
                {
                    value = value <= 0 ? 0 : top;
                    ends++;
                }

                fine[k] = (int)value;
                weights[k] = (short)(((value * limit) + rounding) >> PlasticSynapses.Bits);
            }

            _synapses.Counters.LearningEnds += ends;
        }

        private void ChangeVariable(RuleVariable changed, RuleVariable trace, long factor, int shift, int kind, int from, int to, int time)
        {
            changed.MoveTo(time);
            long half = 1L << (shift - 1);
            for (int i = from; i < to; i++)
            {
                int k = kind == LearningEvent.Firing ? _synapses.Column[i] : i;
                _synapses.Axon.Target.Saturations += changed.Add(k, ((Stored(trace, k) * factor) + half) >> shift, time);
            }
        }
    }
}
