// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Numerics;

namespace NeuroMCU.Core.Contracts
{
    /// <summary>Rules by which projections learn.</summary>
    internal static partial class ImageRules
    {
        private const long SlowestDecay = 1L << 10;

        /// <summary>
        /// Projection, modulator, limit and interval; weights lie between 0 and the limit. Projections come in order, each once.
        /// </summary>
        internal static void Learning(NetworkTables tables, int index, LearningTable learning, int at)
        {
            Within(learning.Projection, index == 0 ? 0
                : tables.Learning[index - 1].Projection + 1, tables.Projections.Length - 1, ImageError.Index, at, 0);
            Within(learning.Modulator, -1, tables.Populations.Length - 1, ImageError.Index, at, 2);
            Within(learning.Limit, -Formats.MaxWeight, Formats.MaxWeight, ImageError.Range, at, 4);
            ProjectionTable projection = tables.Projections[learning.Projection];
            bool fits = learning.Limit != 0 && projection.Weights.Length <= LearningTable.MaxSynapses;
            for (int i = 0; fits && i < projection.Weights.Length; i++)
            {
                int weight = projection.Weights[i];
                fits = learning.Limit > 0 ? weight >= 0 && weight <= learning.Limit : weight <= 0 && weight >= learning.Limit;
            }

            if (!fits)
            {
                throw Broken(ImageError.Range, at, 4);
            }

            Within(learning.Interval == 0 ? LearningTable.MinInterval
                : learning.Interval, LearningTable.MinInterval, int.MaxValue, ImageError.Range, at, 8);
        }

        /// <summary>Numbers of variables and blocks.</summary>
        internal static void LearningLengths(int variables, int blocks, int at)
        {
            Within(variables, 0, LearningTable.MaxVariables, ImageError.Count, at, 12);
            Within(blocks, 1, LearningEvent.Count, ImageError.Count, at, 13);
        }

        /// <summary>A variable.</summary>
        internal static void LearningVariable(LearningVariable variable, int at)
        {
            bool counts = variable.Course == LearningCourse.Counts;
            Within(variable.Owner, LearningOwner.Source, counts ? LearningOwner.Source : LearningOwner.Projection, ImageError.Range, at, 0);
            Within(variable.Course, LearningCourse.Stays, LearningCourse.Counts, ImageError.Range, at, 1);
            Within(variable.LookBack, counts ? 1 : 0, counts ? LearningTable.MaxLookBack : 0, ImageError.Range, at, 2);
            Within(variable.Most, 1, counts ? LearningTable.One / variable.LookBack : LearningTable.One, ImageError.Range, at, 8);
            Within(variable.Start, counts ? 0 : -variable.Most, counts ? 0 : variable.Most, ImageError.Range, at, 4);
            long least = counts ? 1 : variable.Course == LearningCourse.Decays ? SlowestDecay : 0;
            long most = counts ? LearningTable.MaxWindow : variable.Course == LearningCourse.Decays ? ImageLayout.MaxLeakRate : 0;
            if (variable.Rate < least || variable.Rate > most)
            {
                throw Broken(ImageError.Range, at, 12);
            }
        }

        /// <summary>What a block answers to, in ascending order, and what its registers hold.</summary>
        internal static void LearningBlock(LearningTable learning, LearningBlock block, int index, int at)
        {
            Within(block.Event, index == 0 ? 0 : learning.Blocks[index - 1].Event + 1, LearningEvent.Count - 1, ImageError.Range, at, 0);
            for (int i = 0; i < block.Bindings.Length; i++)
            {
                Within(block.Bindings[i] & ~256, 0, learning.Variables.Length + 1, ImageError.Index, at, 4 + (4 * i));
            }

            for (int i = 0; i < block.Steps.Length; i += LearningTable.StepWords)
            {
                LearningStep(learning, block, i, at);
            }

            if (block.Program.Size != LearningTable.Lanes || (block.Event == LearningEvent.Modulation && learning.Modulator < 0)
                || (block.Event == LearningEvent.Time && learning.Interval == 0))
            {
                throw Broken(ImageError.Range, at, 0);
            }
        }

        /// <summary>Number of numbers of the steps of a block.</summary>
        internal static void LearningSteps(int words, int at)
        {
            Within(words, 0, LearningTable.MaxSteps * LearningTable.StepWords, ImageError.Count, at, 2);
            Within(words % LearningTable.StepWords, 0, 0, ImageError.Count, at, 2);
        }

        private static void LearningStep(LearningTable learning, LearningBlock block, int step, int at)
        {
            int[] words = block.Steps;
            int field = 4 + (4 * (block.Bindings.Length + step));
            int last = learning.Variables.Length - 1;
            Within(words[step], 0, 1, ImageError.Range, at, field);
            if (words[step] == 0)
            {
                Within(words[step + 1], 0, last, ImageError.Index, at, field + 4);
                bool shared = IsShared(learning.Variables[words[step + 1]], block.Event);
                Within(shared ? 0 : 1, 0, 0, ImageError.Index, at, field + 4);
                return;
            }

            int changed = words[step + 1] - 2;
            Within(changed == -2 ? 0 : changed, 0, changed == -2 ? 0 : last, ImageError.Index, at, field + 4);
            bool own = changed == -2 || (learning.Variables[changed].Owner == LearningOwner.Synapse
                && learning.Variables[changed].Course != LearningCourse.Counts);
            Within(own ? 0 : 1, 0, 0, ImageError.Index, at, field + 4);
            Within(words[step + 2], 0, last, ImageError.Index, at, field + 8);
            Within(words[step + 4], -1, last, ImageError.Index, at, field + 16);
            bool fits = words[step + 4] < 0 || IsShared(learning.Variables[words[step + 4]], block.Event);
            Within(fits ? 0 : 1, 0, 0, ImageError.Index, at, field + 16);
            Within(words[step + 7], 1, 62, ImageError.Range, at, field + 28);
        }

        private static bool IsShared(LearningVariable variable, int kind)
        {
            return variable.Course != LearningCourse.Counts
                && (variable.Owner == LearningOwner.Projection
                    || (variable.Owner == LearningOwner.Source && kind == LearningEvent.Arrival)
                    || (variable.Owner == LearningOwner.Target && kind == LearningEvent.Firing));
        }
    }
}
