// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Numerics;

namespace NeuroMCU.Models.Learning
{
    /// <summary>Runs the program of a block over synapses, a few lanes at a time.</summary>
    internal sealed class RuleLanes
    {
        private const int Weight = 0;
        private const int Sent = 1;
        private const int FirstVariable = 2;

        private readonly PlasticSynapses _synapses;
        private readonly RuleVariables _variables;
        private readonly int[] _lane = new int[LearningTable.Lanes];

        internal RuleLanes(PlasticSynapses synapses, RuleVariables variables)
        {
            _synapses = synapses;
            _variables = variables;
        }

        /// <summary>Runs a block for synapses of one event, or for places of the columns where a target fired.</summary>
        internal void Run(RuleBlock block, int from, int to, int time, bool frozen)
        {
            int[] bindings = block.Bindings;
            for (int i = 0; i < bindings.Length; i++)
            {
                int bound = bindings[i] & (RuleBlock.Stored - 1);
                if (bound >= FirstVariable)
                {
                    _variables.All[bound - FirstVariable].MoveTo(time);
                }
            }

            for (int at = from; at < to; at += LearningTable.Lanes)
            {
                int count = to - at < LearningTable.Lanes ? to - at : LearningTable.Lanes;
                for (int i = 0; i < count; i++)
                {
                    _lane[i] = block.Event == LearningEvent.Firing ? _synapses.Column[at + i] : at + i;
                }

                for (int i = 0; i < bindings.Length; i++)
                {
                    Load(block, bindings[i] & (RuleBlock.Stored - 1), block.Lanes(i), count, time);
                }

                block.Run(time);
                for (int i = 0; i < bindings.Length; i++)
                {
                    int bound = bindings[i] & (RuleBlock.Stored - 1);
                    if ((bindings[i] & RuleBlock.Stored) != 0 && (bound != Weight || !frozen))
                    {
                        Store(block, bound, block.Lanes(i), count, at + count == to);
                    }
                }
            }
        }

        private void Load(RuleBlock block, int bound, int[] lanes, int count, int time)
        {
            if (bound < FirstVariable)
            {
                LoadWeights(lanes, count);
                return;
            }

            RuleVariable variable = _variables.All[bound - FirstVariable];
            if (RuleVariables.IsShared(variable, block.Event))
            {
                int value = variable.Read(_variables.Index(variable, _lane[0]), time);
                for (int i = 0; i < count; i++)
                {
                    lanes[i] = value;
                }
            }
            else if (variable.Owner == LearningOwner.Target)
            {
                LoadTargets(variable, lanes, count);
            }
            else if (variable.Owner == LearningOwner.Source)
            {
                LoadSources(variable, lanes, count, time);
            }
            else
            {
                LoadSynapses(variable, lanes, count);
            }
        }

        private void LoadWeights(int[] lanes, int count)
        {
            int[] fine = _synapses.Fine;
            int[] lane = _lane;
            for (int i = 0; i < count; i++)
            {
                lanes[i] = fine[lane[i]];
            }
        }

        private void LoadTargets(RuleVariable variable, int[] lanes, int count)
        {
            int[] values = variable.Values;
            int[] synapses = _synapses.Synapses;
            int[] lane = _lane;
            long factor = variable.Factor;
            for (int i = 0; i < count; i++)
            {
                long value = values[synapses[lane[i]] & Formats.TargetMask] * factor;
                lanes[i] = (int)((value + PlasticSynapses.Half) >> PlasticSynapses.Bits);
            }
        }

        private void LoadSources(RuleVariable variable, int[] lanes, int count, int time)
        {
            short[] group = _synapses.Group;
            int[] lane = _lane;
            for (int i = 0; i < count; i++)
            {
                lanes[i] = variable.Read(group[lane[i]], time);
            }
        }

        private void LoadSynapses(RuleVariable variable, int[] lanes, int count)
        {
            int[] values = variable.Values;
            int[] lane = _lane;
            long factor = variable.Factor;
            for (int i = 0; i < count; i++)
            {
                lanes[i] = (int)(((values[lane[i]] * factor) + PlasticSynapses.Half) >> PlasticSynapses.Bits);
            }
        }

        private void Store(RuleBlock block, int bound, int[] lanes, int count, bool last)
        {
            if (bound == Weight)
            {
                StoreWeights(lanes, count);
                return;
            }

            if (bound == Sent)
            {
                short[] sent = _synapses.Axon.Weights;
                for (int i = 0; i < count; i++)
                {
                    sent[_lane[i]] = _synapses.InUnits(Saturation.Clamp(lanes[i], 0, PlasticSynapses.One));
                }

                return;
            }

            RuleVariable variable = _variables.All[bound - FirstVariable];
            if (!RuleVariables.IsShared(variable, block.Event))
            {
                for (int i = 0; i < count; i++)
                {
                    variable.Write(_variables.Index(variable, _lane[i]), Within(lanes[i], variable.Most));
                }
            }
            else if (last)
            {
                variable.Write(_variables.Index(variable, _lane[0]), Within(lanes[0], variable.Most));
            }
        }

        private void StoreWeights(int[] lanes, int count)
        {
            int[] fine = _synapses.Fine;
            int[] lane = _lane;
            short[] weights = _synapses.Weights;
            long limit = _synapses.Limit;
            int ends = 0;
            for (int i = 0; i < count; i++)
            {
                int value = lanes[i];
                if ((uint)(value - 1) >= PlasticSynapses.One - 1)
                {
                    value = value <= 0 ? 0 : PlasticSynapses.One;
                    ends++;
                }

                int k = lane[i];
                fine[k] = value;
                weights[k] = (short)(((value * limit) + PlasticSynapses.Half) >> PlasticSynapses.Bits);
            }

            _synapses.Counters.LearningEnds += ends;
        }

        private int Within(int value, int most)
        {
            if (value >= most || value <= -most)
            {
                _synapses.Axon.Target.Saturations++;
                return value < 0 ? -most : most;
            }

            return value;
        }
    }
}
