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

        private static readonly int[] s_arrival = new int[]
        {
            4, 2, 2, 0, Most, 2, 0, 0, 536870920, 36, 3, 4, 0, 0, 0, 1073741824, 3, -1443109011, 0, 1, 33, 3,
        };

        private static readonly int[] s_firing = new int[]
        {
            4, 3, 3, 0, Most, 3, 0, 0, 536870920, 36, 3, 4, 0, 0, 0, 1073741824, 2, 1374389535, 0, 1, 33, 3,
        };

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
                Block(LearningEvent.Arrival, new int[] { 256, 258, 3 }, s_arrival), Block(LearningEvent.Firing, new int[] { 256, 2, 259 }, s_firing),
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

        private static LearningBlock Block(int kind, int[] bindings, int[] code)
        {
            VectorProgram program = new VectorProgram();
            program.Code = code;
            program.Tables = new int[0][];
            program.Start = new int[][] { new int[1], new int[1], new int[1], new int[1] };
            program.Drive = -1;
            program.Inlets = new int[0];
            program.Visible = new int[] { 0, 2, 3 };
            LearningBlock block = new LearningBlock();
            block.Event = kind;
            block.Bindings = bindings;
            block.Program = new PopulationTable();
            block.Program.Model = new EquationModel();
            block.Program.Update = UpdateKind.Clocked;
            block.Program.Size = LearningTable.Lanes;
            block.Program.Program = program;
            return block;
        }
    }
}
