// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Engine;

namespace NeuroMCU.Models.Learning
{
    /// <summary>Learns by a rule that the image brings as programs: what happens at each kind of event.</summary>
    internal class RuleLearner : SynapseLearner
    {
        /// <summary>The synapses that learn.</summary>
        internal readonly PlasticSynapses Synapses;

        /// <summary>Variables of the rule.</summary>
        internal readonly RuleVariables Variables;

        private readonly RuleBlock[] _blocks = new RuleBlock[LearningEvent.Count];
        private readonly RuleSteps _steps;
        private readonly RuleLanes _lanes;

        internal RuleLearner(LearningTable table, Axon axon, EngineCounters counters)
        {
            Interval = table.Interval;
            Synapses = new PlasticSynapses(table, axon, counters);
            Variables = new RuleVariables(table, Synapses);
            _steps = new RuleSteps(Synapses, Variables);
            _lanes = new RuleLanes(Synapses, Variables);
            for (int i = 0; i < table.Blocks.Length; i++)
            {
                RuleBlock block = new RuleBlock(table.Blocks[i]);
                _blocks[block.Event] = block;
            }
        }

        /// <inheritdoc />
        internal override void Arrive(int from, int to, int time)
        {
            Variables.Note(from, time);
            Run(_blocks[LearningEvent.Arrival], from, to, time);
        }

        /// <inheritdoc />
        internal override void Fired(int neuron, int time)
        {
            Run(_blocks[LearningEvent.Firing], Synapses.ColumnStart[neuron], Synapses.ColumnStart[neuron + 1], time);
        }

        /// <inheritdoc />
        internal override void Modulate(int time)
        {
            Run(_blocks[LearningEvent.Modulation], 0, Synapses.Fine.Length, time);
        }

        /// <inheritdoc />
        internal override void Tick(int time)
        {
            Run(_blocks[LearningEvent.Time], 0, Synapses.Fine.Length, time);
        }

        /// <inheritdoc />
        internal override void Take(int synapse, int weight)
        {
            Synapses.Take(synapse, weight);
        }

        /// <inheritdoc />
        internal override void Reset()
        {
            Variables.Reset();
            for (int i = 0; i < _blocks.Length; i++)
            {
                if (_blocks[i] != null)
                {
                    _blocks[i].Restart();
                }
            }

            Synapses.ResetSent();
        }

        /// <inheritdoc />
        internal override void Rebase(int by)
        {
            Variables.Rebase(by);
        }

        private void Run(RuleBlock block, int from, int to, int time)
        {
            if (block == null || from == to)
            {
                return;
            }

            EngineCounters counters = Synapses.Counters;
            counters.LearningUpdates += to - from;
            counters.LawOperations += (long)block.Work * (to - from);
            if (block.Steps.Length > 0)
            {
                _steps.Run(block, from, to, time, Frozen);
            }
            else
            {
                _lanes.Run(block, from, to, time, Frozen);
            }
        }
    }
}
