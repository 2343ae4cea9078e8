// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;

namespace NeuroMCU.Models.Learning
{
    /// <summary>The variables of a rule, and which value of each a synapse goes by.</summary>
    internal sealed class RuleVariables
    {
        internal readonly RuleVariable[] All;

        private readonly PlasticSynapses _synapses;
        private readonly RuleClock[] _clocks;
        private readonly CountingVariable[] _counting;

        internal RuleVariables(LearningTable table, PlasticSynapses synapses)
        {
            _synapses = synapses;
            LearningVariable[] variables = table.Variables;
            All = new RuleVariable[variables.Length];
            _clocks = new RuleClock[CountClocks(table)];
            _counting = new CountingVariable[CountCounting(variables)];
            int clocks = 0;
            int counting = 0;
            for (int i = 0; i < All.Length; i++)
            {
                int count = Count(variables[i], synapses.Groups, synapses.Axon.Target.Size, synapses.Fine.Length);
                if (variables[i].Course == LearningCourse.Decays)
                {
                    int same = FirstAtRate(variables, i);
                    RuleClock clock = same < i ? ((DecayingVariable)All[same]).Clock : new RuleClock(variables[i].Rate, variables.Length);
                    if (same == i)
                    {
                        _clocks[clocks++] = clock;
                    }

                    All[i] = new DecayingVariable(variables[i], count, clock);
                }
                else if (variables[i].Course == LearningCourse.Counts)
                {
                    CountingVariable counts = new CountingVariable(variables[i], count);
                    _counting[counting++] = counts;
                    All[i] = counts;
                }
                else
                {
                    All[i] = new RuleVariable(variables[i], count);
                }
            }
        }

        /// <summary>How many rates of decay a rule has.</summary>
        internal static int CountClocks(LearningTable table)
        {
            int clocks = 0;
            for (int i = 0; i < table.Variables.Length; i++)
            {
                clocks += table.Variables[i].Course == LearningCourse.Decays && FirstAtRate(table.Variables, i) == i ? 1 : 0;
            }

            return clocks;
        }

        /// <summary>How many values a variable has.</summary>
        internal static int Count(LearningVariable variable, int groups, int targets, int synapses)
        {
            return variable.Owner == LearningOwner.Source ? groups : variable.Owner == LearningOwner.Target ? targets
                : variable.Owner == LearningOwner.Synapse ? synapses : 1;
        }

        /// <summary>Tells whether all synapses of an event have one value.</summary>
        internal static bool IsShared(RuleVariable variable, int kind)
        {
            return variable.Owner == LearningOwner.Projection
                || (variable.Owner == LearningOwner.Source && kind == LearningEvent.Arrival)
                || (variable.Owner == LearningOwner.Target && kind == LearningEvent.Firing);
        }

        /// <summary>Place of the value that a synapse goes by.</summary>
        internal int Index(RuleVariable variable, int synapse)
        {
            switch (variable.Owner)
            {
                case LearningOwner.Source:
                    return _synapses.Group[synapse];
                case LearningOwner.Target:
                    return _synapses.TargetOf(synapse);
                case LearningOwner.Synapse:
                    return synapse;
                default:
                    return 0;
            }
        }

        /// <summary>Notes an arrival where arrivals are counted.</summary>
        internal void Note(int synapse, int time)
        {
            for (int i = 0; i < _counting.Length; i++)
            {
                _counting[i].Note(_synapses.Group[synapse], time);
            }
        }

        internal void Reset()
        {
            for (int i = 0; i < _clocks.Length; i++)
            {
                _clocks[i].Reset();
            }

            for (int i = 0; i < All.Length; i++)
            {
                All[i].Reset();
            }
        }

        internal void Rebase(int by)
        {
            for (int i = 0; i < _clocks.Length; i++)
            {
                _clocks[i].Rebase(by);
            }

            for (int i = 0; i < _counting.Length; i++)
            {
                _counting[i].Rebase(by);
            }
        }

        private static int FirstAtRate(LearningVariable[] variables, int variable)
        {
            int i = 0;
            while (variables[i].Course != LearningCourse.Decays || variables[i].Rate != variables[variable].Rate)
            {
                i++;
            }

            return i;
        }

        private static int CountCounting(LearningVariable[] variables)
        {
            int counting = 0;
            for (int i = 0; i < variables.Length; i++)
            {
                counting += variables[i].Course == LearningCourse.Counts ? 1 : 0;
            }

            return counting;
        }
    }
}
