// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Numerics;
using NeuroMCU.Models;

namespace NeuroMCU.DeviceTests.Samples
{
    /// <summary>
    /// Projections that learn by random programs: every event, every owner and course of a variable, several delays in a row. They learn nonsense,
    /// which must be the same nonsense everywhere.
    /// </summary>
    internal static class LearningNetwork
    {
        private const int Sources = 5;
        private const int Targets = 21;

        // A weight by the trace of its source times a constant and the trace of its target; a mark; what is shared.
        private static readonly int[] s_steps = new int[]
        {
            1, 0, 0, 123456789, 1, -987654321, 0, 36, 1, 4, 0, -1000000000, -1, 0, 0, 31, 0, 1, 1 << 28, 0, 0, 0, 0, 0, 1, 0, 2, 1 << 30, 3, 77777, 0, 33,
        };

        /// <summary>Makes sources that reach neurons over synapses that learn, twice.</summary>
        /// <param name="seed">Draws everything.</param>
        public static NetworkTables Make(uint seed)
        {
            XorShift random = new XorShift(seed);
            NetworkTables tables = SampleNetwork.Make(seed, Sources, Targets, Targets, 5);
            int first = tables.Projections.Length;
            ProjectionTable[] projections = new ProjectionTable[first + 2];
            for (int i = 0; i < first; i++)
            {
                projections[i] = tables.Projections[i];
            }

            int modulator = 0;
            projections[first] = Rows(random, 0, 1, 400);
            projections[first + 1] = Rows(random, 0, 2, -400);
            tables.Projections = projections;
            tables.Learning = new LearningTable[] { Rule(random, first, 400, modulator, false), Rule(random, first + 1, -400, modulator, true) };
            return tables;
        }

        private static ProjectionTable Rows(XorShift random, int source, int target, int limit)
        {
            ProjectionTable projection = new ProjectionTable();
            projection.Source = source;
            projection.Target = target;
            projection.Receptor = limit > 0 ? 0 : 1;
            projection.WeightScale = 2000;
            projection.RowStart = new int[Sources + 1];
            projection.Synapses = new int[Sources * Targets];
            projection.Weights = new short[Sources * Targets];
            for (int row = 0; row < Sources; row++)
            {
                projection.RowStart[row + 1] = (row + 1) * Targets;
                for (int i = 0; i < Targets; i++)
                {
                    // Two delays in every row but the first.
                    int delay = row == 0 || i < 8 ? 1000 : 2500;
                    projection.Synapses[(row * Targets) + i] = (delay << Formats.TargetBits) | i;
                    projection.Weights[(row * Targets) + i] = (short)(limit > 0 ? random.Next(limit + 1) : -random.Next(1 - limit));
                }
            }

            return projection;
        }

        private static LearningTable Rule(XorShift random, int projection, int limit, int modulator, bool sends)
        {
            LearningTable learning = new LearningTable();
            learning.Projection = projection;
            learning.Modulator = modulator;
            learning.Limit = limit;
            learning.Interval = 7000;
            learning.Sends = sends;
            learning.Variables = new LearningVariable[]
            {
                Variable(LearningOwner.Source, LearningCourse.Decays, 79312999, 0),
                Variable(LearningOwner.Target, LearningCourse.Decays, 1L << 40, 0),
                Variable(LearningOwner.Synapse, LearningCourse.Decays, 1L << 20, 0),
                Variable(LearningOwner.Projection, LearningCourse.Stays, 0, 0),
                Variable(LearningOwner.Source, LearningCourse.Counts, 30000, 3),
            };
            learning.Blocks = new LearningBlock[LearningEvent.Count];
            for (int i = 0; i < learning.Blocks.Length; i++)
            {
                LearningBlock block = new LearningBlock();
                block.Event = i;
                block.Bindings = new int[] { 256, 257, 258, 259, 260, 261, 6 };
                block.Steps = i == LearningEvent.Firing && sends ? s_steps : new int[0];
                block.Program = new PopulationTable();
                block.Program.Model = new EquationModel();
                block.Program.Update = UpdateKind.Clocked;
                block.Program.Size = LearningTable.Lanes;
                block.Program.Program = ProgramNetwork.Program(random, block.Bindings.Length);
                learning.Blocks[i] = block;
            }

            return learning;
        }

        private static LearningVariable Variable(int owner, int course, long rate, int lookBack)
        {
            LearningVariable variable = new LearningVariable();
            variable.Owner = owner;
            variable.Course = course;
            variable.Most = course == LearningCourse.Counts ? 1 << 20 : 1 << 29;
            variable.Start = course == LearningCourse.Counts ? 0 : -(1 << 20);
            variable.Rate = rate;
            variable.LookBack = lookBack;
            return variable;
        }
    }
}
