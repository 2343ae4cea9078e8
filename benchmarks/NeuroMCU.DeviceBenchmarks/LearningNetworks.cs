// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;
using NeuroMCU.Models;

namespace NeuroMCU.DeviceBenchmarks
{
    /// <summary>Networks whose synapses learn by pairs of spikes, as the compiler makes `learning: stdp`.</summary>
    public static class LearningNetworks
    {
        // log2(e)/20 ms, Q.40.
        private const long Rate = 79312999;

        // 30 in the resolution of a trace.
        private const int Most = 1006632960;

        private static readonly int[] s_arrival = new int[] { 0, 0, 1 << 25, 0, 0, 0, 0, 0, 1, 0, 1, -721554506, -1, 0, 0, 32 };

        private static readonly int[] s_firing = new int[] { 0, 1, 1 << 25, 0, 0, 0, 0, 0, 1, 0, 0, 687194767, -1, 0, 0, 32 };

        /// <summary>Lets the first projection of a network learn.</summary>
        /// <param name="tables">The network; its weights become such that its neurons are silent.</param>
        /// <returns>The network.</returns>
        public static NetworkTables Learning(NetworkTables tables)
        {
            short[] weights = tables.Projections[0].Weights;
            for (int i = 0; i < weights.Length; i++)
            {
                weights[i] = 100;
            }

            LearningTable learning = new LearningTable();
            learning.Modulator = -1;
            learning.Limit = 32767;
            learning.Variables = new LearningVariable[] { Trace(LearningOwner.Source), Trace(LearningOwner.Target) };
            learning.Blocks = new LearningBlock[]
            {
                Block(LearningEvent.Arrival, s_arrival), Block(LearningEvent.Firing, s_firing),
            };
            tables.Learning = new LearningTable[] { learning };
            return tables;
        }

        private static LearningVariable Trace(int owner)
        {
            LearningVariable variable = new LearningVariable();
            variable.Owner = owner;
            variable.Course = LearningCourse.Decays;
            variable.Most = Most;
            variable.Rate = Rate;
            return variable;
        }

        private static LearningBlock Block(int kind, int[] steps)
        {
            VectorProgram program = new VectorProgram();
            program.Code = new int[0];
            program.Tables = new int[0][];
            program.Start = new int[][] { new int[1] };
            program.Drive = -1;
            program.Inlets = new int[0];
            program.Visible = new int[1];
            LearningBlock block = new LearningBlock();
            block.Event = kind;
            block.Bindings = new int[1];
            block.Steps = steps;
            block.Program = new PopulationTable();
            block.Program.Model = new EquationModel();
            block.Program.Update = UpdateKind.Clocked;
            block.Program.Size = LearningTable.Lanes;
            block.Program.Program = program;
            return block;
        }
    }
}
