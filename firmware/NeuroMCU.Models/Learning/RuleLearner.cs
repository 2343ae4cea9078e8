// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Engine;
using NeuroMCU.Core.Numerics;

namespace NeuroMCU.Models.Learning
{
    /// <summary>
    /// Learns by a rule that the image brings as programs. The weights of the tables stay the weights: each has its value in finer units
    /// beside
    /// it, so that small changes add up.
    /// </summary>
    internal sealed class RuleLearner : SynapseLearner
    {
        private const int Bits = 30;
        private const int One = LearningTable.One;
        private const int Half = One >> 1;
        private const int Weight = 0;
        private const int Sent = 1;
        private const int FirstVariable = 2;

        private readonly Axon _axon;
        private readonly EngineCounters _counters;
        private readonly short[] _weights;
        private readonly long _limit;
        private readonly int[] _fine;
        private readonly short[] _group;
        private readonly short[] _columnStart;
        private readonly short[] _column;
        private readonly RuleVariable[] _variables;
        private readonly RuleBlock[] _blocks = new RuleBlock[LearningEvent.Count];
        private readonly int[] _lane = new int[LearningTable.Lanes];

        internal RuleLearner(LearningTable table, Axon axon, EngineCounters counters)
        {
            _axon = axon;
            _counters = counters;
            _weights = axon.Weights;
            _limit = table.Limit;
            Interval = table.Interval;
            int synapses = _weights.Length;
            _fine = new int[synapses];
            for (int k = 0; k < synapses; k++)
            {
                Take(k, _weights[k]);
            }

            if (table.Sends)
            {
                axon.Weights = new short[synapses];
            }

            _group = new short[synapses];
            int groups = Group(axon, _group);
            _columnStart = new short[axon.Target.Size + 1];
            _column = new short[synapses];
            Transpose();
            _variables = new RuleVariable[table.Variables.Length];
            for (int i = 0; i < _variables.Length; i++)
            {
                int owner = table.Variables[i].Owner;
                int count = owner == LearningOwner.Source ? groups : owner == LearningOwner.Target ? axon.Target.Size
                    : owner == LearningOwner.Synapse ? synapses : 1;
                _variables[i] = new RuleVariable(table.Variables[i], count);
            }

            for (int i = 0; i < table.Blocks.Length; i++)
            {
                RuleBlock block = new RuleBlock(table.Blocks[i]);
                _blocks[block.Event] = block;
            }
        }

        /// <summary>Counts the groups of synapses of a row that a spike reaches at the same time.</summary>
        internal static int Groups(ProjectionTable projection)
        {
            int groups = 0;
            for (int row = 0; row + 1 < projection.RowStart.Length; row++)
            {
                for (int k = projection.RowStart[row]; k < projection.RowStart[row + 1]; k++)
                {
                    groups += k == projection.RowStart[row] || !SameDelay(projection.Synapses, k) ? 1 : 0;
                }
            }

            return groups;
        }

        /// <inheritdoc />
        internal override void Arrive(int from, int to, int time)
        {
            for (int i = 0; i < _variables.Length; i++)
            {
                if (_variables[i].Course == LearningCourse.Counts)
                {
                    _variables[i].Note(_group[from], time);
                }
            }

            Run(_blocks[LearningEvent.Arrival], from, to, time);
        }

        /// <inheritdoc />
        internal override void Fired(int neuron, int time)
        {
            Run(_blocks[LearningEvent.Firing], _columnStart[neuron], _columnStart[neuron + 1], time);
        }

        /// <inheritdoc />
        internal override void Modulate(int time)
        {
            Run(_blocks[LearningEvent.Modulation], 0, _fine.Length, time);
        }

        /// <inheritdoc />
        internal override void Tick(int time)
        {
            Run(_blocks[LearningEvent.Time], 0, _fine.Length, time);
        }

        /// <inheritdoc />
        internal override void Take(int synapse, int weight)
        {
            _fine[synapse] = (int)Saturation.Clamp(((long)weight << Bits) / _limit, 0, One);
        }

        /// <inheritdoc />
        internal override void Reset()
        {
            for (int i = 0; i < _variables.Length; i++)
            {
                _variables[i].Reset();
            }

            for (int i = 0; i < _blocks.Length; i++)
            {
                if (_blocks[i] != null)
                {
                    _blocks[i].Restart();
                }
            }

            short[] sent = _axon.Weights;
            if (sent != _weights)
            {
                for (int k = 0; k < sent.Length; k++)
                {
                    sent[k] = _weights[k];
                }
            }
        }

        /// <inheritdoc />
        internal override void Rebase(int by)
        {
            for (int i = 0; i < _variables.Length; i++)
            {
                _variables[i].Rebase(by);
            }
        }

        private static bool SameDelay(int[] synapses, int k)
        {
            return (uint)synapses[k] >> Formats.TargetBits == (uint)synapses[k - 1] >> Formats.TargetBits;
        }

        private static int Group(Axon axon, short[] group)
        {
            int groups = 0;
            for (int row = 0; row + 1 < axon.RowStart.Length; row++)
            {
                for (int k = axon.RowStart[row]; k < axon.RowStart[row + 1]; k++)
                {
                    groups += k == axon.RowStart[row] || !SameDelay(axon.Synapses, k) ? 1 : 0;
                    group[k] = (short)(groups - 1);
                }
            }

            return groups;
        }

        // The synapses of each target, in the order of the rows.
        private void Transpose()
        {
            int[] synapses = _axon.Synapses;
            for (int k = 0; k < synapses.Length; k++)
            {
                _columnStart[(synapses[k] & Formats.TargetMask) + 1]++;
            }

            for (int i = 1; i < _columnStart.Length; i++)
            {
                _columnStart[i] += _columnStart[i - 1];
            }

            short[] next = new short[_columnStart.Length];
            for (int k = 0; k < synapses.Length; k++)
            {
                int target = synapses[k] & Formats.TargetMask;
                _column[_columnStart[target] + next[target]++] = (short)k;
            }
        }

        private void Run(RuleBlock block, int from, int to, int time)
        {
            if (block == null || from == to)
            {
                return;
            }

            _counters.LearningUpdates += to - from;
            _counters.LawOperations += (long)block.Work * (to - from);
            if (block.Steps.Length > 0)
            {
                Step(block, from, to, time);
                return;
            }

            int[] bindings = block.Bindings;
            for (int i = 0; i < bindings.Length; i++)
            {
                int bound = bindings[i] & (RuleBlock.Stored - 1);
                if (bound >= FirstVariable)
                {
                    _variables[bound - FirstVariable].MoveTo(time);
                }
            }

            for (int at = from; at < to; at += LearningTable.Lanes)
            {
                int count = to - at < LearningTable.Lanes ? to - at : LearningTable.Lanes;
                for (int i = 0; i < count; i++)
                {
                    _lane[i] = block.Event == LearningEvent.Firing ? _column[at + i] : at + i;
                }

                for (int i = 0; i < bindings.Length; i++)
                {
                    Load(block, bindings[i] & (RuleBlock.Stored - 1), block.Lanes(i), count, time);
                }

                block.Run(time);
                for (int i = 0; i < bindings.Length; i++)
                {
                    if ((bindings[i] & RuleBlock.Stored) != 0)
                    {
                        Store(block, bindings[i] & (RuleBlock.Stored - 1), block.Lanes(i), count, at + count == to);
                    }
                }
            }
        }

        private void Step(RuleBlock block, int from, int to, int time)
        {
            int[] steps = block.Steps;
            int first = block.Event == LearningEvent.Firing ? _column[from] : from;
            for (int i = 0; i < steps.Length; i += LearningTable.StepWords)
            {
                if (steps[i] == 0)
                {
                    RuleVariable shared = _variables[steps[i + 1]];
                    shared.MoveTo(time);
                    _axon.Target.Saturations += shared.Add(Index(shared, first), steps[i + 2]);
                    continue;
                }

                RuleVariable trace = _variables[steps[i + 2]];
                trace.MoveTo(time);
                long factor = steps[i + 3];
                if (steps[i + 4] >= 0)
                {
                    RuleVariable shared = _variables[steps[i + 4]];
                    shared.MoveTo(time);
                    factor += (((long)steps[i + 5] * shared.Read(Index(shared, first), time)) + Half) >> Bits;
                }

                if (trace.Course != LearningCourse.Counts)
                {
                    factor = ((factor * trace.Factor) + Half) >> Bits;
                }

                if (steps[i + 1] != Weight)
                {
                    ChangeVariable(_variables[steps[i + 1] - FirstVariable], trace, factor, steps[i + 7], block.Event, from, to, time);
                }
                else if (!Frozen)
                {
                    ChangeWeights(trace, factor, steps[i + 7], block.Event, from, to);
                }
            }
        }

        private void ChangeWeights(RuleVariable trace, long factor, int shift, int kind, int from, int to)
        {
            if (kind == LearningEvent.Arrival && trace.Owner == LearningOwner.Target)
            {
                ChangeRow(trace.Values, factor, shift, from, to);
            }
            else if (kind == LearningEvent.Firing && trace.Owner == LearningOwner.Source)
            {
                ChangeColumn(trace.Values, factor, shift, from, to);
            }
            else
            {
                long half = 1L << (shift - 1);
                for (int i = from; i < to; i++)
                {
                    int k = kind == LearningEvent.Firing ? _column[i] : i;
                    SetWeight(k, (((trace.Values[Index(trace, k)] * factor) + half) >> shift) + _fine[k]);
                }
            }
        }

        // The two loops that matter: each in a method of its own, all it needs in locals.
        private void ChangeRow(int[] values, long factor, int shift, int from, int to)
        {
            int[] fine = _fine;
            int[] synapses = _axon.Synapses;
            short[] weights = _weights;
            long limit = _limit;
            long half = 1L << (shift - 1);
            long top = One;
            long rounding = Half;
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
                weights[k] = (short)(((value * limit) + rounding) >> Bits);
            }

            _counters.LearningEnds += ends;
        }

        private void ChangeColumn(int[] values, long factor, int shift, int from, int to)
        {
            int[] fine = _fine;
            short[] column = _column;
            short[] group = _group;
            short[] weights = _weights;
            long limit = _limit;
            long half = 1L << (shift - 1);
            long top = One;
            long rounding = Half;
            int ends = 0;
            for (int i = from; i < to; i++)
            {
                int k = column[i];
                long value = (((values[group[k]] * factor) + half) >> shift) + fine[k];
                if ((ulong)(value - 1) >= (ulong)(top - 1))
                {
                    value = value <= 0 ? 0 : top;
                    ends++;
                }

                fine[k] = (int)value;
                weights[k] = (short)(((value * limit) + rounding) >> Bits);
            }

            _counters.LearningEnds += ends;
        }

        private void SetWeight(int k, long value)
        {
            if (value <= 0 || value >= One)
            {
                value = value <= 0 ? 0 : One;
                _counters.LearningEnds++;
            }

            _fine[k] = (int)value;
            _weights[k] = (short)(((value * _limit) + Half) >> Bits);
        }

        private void ChangeVariable(RuleVariable changed, RuleVariable trace, long factor, int shift, int kind, int from, int to, int time)
        {
            changed.MoveTo(time);
            long half = 1L << (shift - 1);
            for (int i = from; i < to; i++)
            {
                int k = kind == LearningEvent.Firing ? _column[i] : i;
                _axon.Target.Saturations += changed.Add(k, ((trace.Values[Index(trace, k)] * factor) + half) >> shift);
            }
        }

        private void Load(RuleBlock block, int bound, int[] lanes, int count, int time)
        {
            if (bound < FirstVariable)
            {
                LoadWeights(lanes, count);
                return;
            }

            RuleVariable variable = _variables[bound - FirstVariable];
            if (IsShared(variable, block))
            {
                int value = variable.Read(Index(variable, _lane[0]), time);
                for (int i = 0; i < count; i++)
                {
                    lanes[i] = value;
                }
            }
            else if (variable.Course == LearningCourse.Counts)
            {
                for (int i = 0; i < count; i++)
                {
                    lanes[i] = variable.Read(_group[_lane[i]], time);
                }
            }
            else if (variable.Owner == LearningOwner.Target)
            {
                LoadTargets(variable, lanes, count);
            }
            else if (variable.Owner == LearningOwner.Source)
            {
                LoadSources(variable, lanes, count);
            }
            else
            {
                LoadSynapses(variable, lanes, count);
            }
        }

        private void LoadWeights(int[] lanes, int count)
        {
            int[] fine = _fine;
            int[] lane = _lane;
            for (int i = 0; i < count; i++)
            {
                lanes[i] = fine[lane[i]];
            }
        }

        private void LoadTargets(RuleVariable variable, int[] lanes, int count)
        {
            int[] values = variable.Values;
            int[] synapses = _axon.Synapses;
            int[] lane = _lane;
            long factor = variable.Factor;
            for (int i = 0; i < count; i++)
            {
                lanes[i] = (int)(((values[synapses[lane[i]] & Formats.TargetMask] * factor) + Half) >> Bits);
            }
        }

        private void LoadSources(RuleVariable variable, int[] lanes, int count)
        {
            int[] values = variable.Values;
            short[] group = _group;
            int[] lane = _lane;
            long factor = variable.Factor;
            for (int i = 0; i < count; i++)
            {
                lanes[i] = (int)(((values[group[lane[i]]] * factor) + Half) >> Bits);
            }
        }

        private void LoadSynapses(RuleVariable variable, int[] lanes, int count)
        {
            int[] values = variable.Values;
            int[] lane = _lane;
            long factor = variable.Factor;
            for (int i = 0; i < count; i++)
            {
                lanes[i] = (int)(((values[lane[i]] * factor) + Half) >> Bits);
            }
        }

        private void Store(RuleBlock block, int bound, int[] lanes, int count, bool last)
        {
            if (bound == Weight)
            {
                if (!Frozen)
                {
                    StoreWeights(lanes, count);
                }

                return;
            }

            if (bound == Sent)
            {
                short[] sent = _axon.Weights;
                for (int i = 0; i < count; i++)
                {
                    sent[_lane[i]] = InUnits(lanes[i]);
                }

                return;
            }

            RuleVariable variable = _variables[bound - FirstVariable];
            if (!IsShared(variable, block))
            {
                for (int i = 0; i < count; i++)
                {
                    variable.Write(Index(variable, _lane[i]), Within(lanes[i], variable.Most));
                }
            }
            else if (last)
            {
                variable.Write(Index(variable, _lane[0]), Within(lanes[0], variable.Most));
            }
        }

        private void StoreWeights(int[] lanes, int count)
        {
            int[] fine = _fine;
            int[] lane = _lane;
            short[] weights = _weights;
            long limit = _limit;
            int ends = 0;
            for (int i = 0; i < count; i++)
            {
                int value = lanes[i];
                if ((uint)(value - 1) >= One - 1)
                {
                    value = value <= 0 ? 0 : One;
                    ends++;
                }

                int k = lane[i];
                fine[k] = value;
                weights[k] = (short)(((value * limit) + Half) >> Bits);
            }

            _counters.LearningEnds += ends;
        }

        private short InUnits(int value)
        {
            return (short)(((Saturation.Clamp(value, 0, One) * _limit) + Half) >> Bits);
        }

        private int Within(int value, int most)
        {
            if (value >= most || value <= -most)
            {
                _axon.Target.Saturations++;
                return value < 0 ? -most : most;
            }

            return value;
        }

        // One value for all synapses of the event.
        private static bool IsShared(RuleVariable variable, RuleBlock block)
        {
            return variable.Owner == LearningOwner.Projection
                || (variable.Owner == LearningOwner.Source && block.Event == LearningEvent.Arrival)
                || (variable.Owner == LearningOwner.Target && block.Event == LearningEvent.Firing);
        }

        private int Index(RuleVariable variable, int synapse)
        {
            switch (variable.Owner)
            {
                case LearningOwner.Source:
                    return _group[synapse];
                case LearningOwner.Target:
                    return _axon.Synapses[synapse] & Formats.TargetMask;
                case LearningOwner.Synapse:
                    return synapse;
                default:
                    return 0;
            }
        }
    }
}
