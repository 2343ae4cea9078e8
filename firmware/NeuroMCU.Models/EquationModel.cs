// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;
using NeuroMCU.Core.Engine;
using NeuroMCU.Models.Learning;
using NeuroMCU.Models.Machine;

namespace NeuroMCU.Models
{
    /// <summary>Neurons of a text with equations: the image brings their law as a program of the vector machine.</summary>
    public sealed class EquationModel : Model
    {
        private static readonly long[] s_none = new long[0];

        /// <inheritdoc />
        public override int Number => 4;

        /// <inheritdoc />
        public override long[] Least => s_none;

        /// <inheritdoc />
        public override long[] Most => s_none;

        /// <inheritdoc />
        public override bool IsProgram => true;

        /// <inheritdoc />
        public override int Quantities(PopulationTable table) => table.Program.Visible.Length;

        /// <summary>
        /// Bytes that the program of a population takes with its machine: registers with their start values, tables, code, and what
        /// arrives.
        /// </summary>
        /// <param name="table">A population of equations.</param>
        /// <returns>The number of bytes.</returns>
        public static int ProgramBytes(PopulationTable table)
        {
            VectorProgram program = table.Program;
            int inlets = program.Inlets.Length / 3;
            int bytes = DeviceMemory.ObjectBytes(9) + DeviceMemory.ObjectBytes(5) + DeviceMemory.ArrayBytes(program.Code.Length, 4);
            bytes += DeviceMemory.ArrayBytes(program.Inlets.Length, 4) + DeviceMemory.ArrayBytes(program.Visible.Length, 4);
            bytes += DeviceMemory.ArrayBytes(inlets, 1) + DeviceMemory.ArrayBytes(inlets, 4)
                + (inlets * DeviceMemory.ArrayBytes(table.Size, 8));
            bytes += (2 * DeviceMemory.ArrayBytes(program.Start.Length, 4))
                + (program.Start.Length * DeviceMemory.ArrayBytes(table.Size, 4));
            for (int i = 0; i < program.Start.Length; i++)
            {
                bytes += DeviceMemory.ArrayBytes(program.Start[i].Length, 4);
            }

            bytes += DeviceMemory.ArrayBytes(program.Tables.Length, 4);
            for (int i = 0; i < program.Tables.Length; i++)
            {
                bytes += DeviceMemory.ArrayBytes(program.Tables[i].Length, 4);
            }

            return bytes;
        }

        /// <inheritdoc />
        internal override bool TakesChange(PopulationTable table, int parameter)
            => table.Program.Drive >= 0 && parameter == table.Program.Drive;

        /// <inheritdoc />
        internal override bool AllowsUpdate(PopulationTable table) => table.Update == UpdateKind.Clocked;

        /// <inheritdoc />
        internal override int FirstUnsound(PopulationTable table)
            => ProgramCheck.FirstUnsound(table.Program, table.Size);

        /// <inheritdoc />
        internal override bool HasReceptor(PopulationTable table, int receptor)
            => receptor >= 0 && receptor < table.Program.Inlets.Length / 3;

        /// <inheritdoc />
        internal override int MemoryBytes(PopulationTable table, DriveTable[] drives) => ProgramBytes(table);

        /// <inheritdoc />
        internal override Population Create(PopulationSite site)
        {
            return new EquationPopulation(site);
        }

        /// <inheritdoc />
        internal override SynapseLearner Learner(LearningTable table, Axon axon, EngineCounters counters)
        {
            return PairLearner.Fits(table) ? new PairLearner(table, axon, counters) : new RuleLearner(table, axon, counters);
        }

        /// <inheritdoc />
        internal override int LearnerBytes(LearningTable table, ProjectionTable projection, int targets)
        {
            int synapses = projection.Weights.Length;
            int groups = PlasticSynapses.CountGroups(projection);
            int clocks = RuleVariables.CountClocks(table);
            int variables = table.Variables.Length;

            // Learner, synapses, variables, steps and lanes, and the arrays that they hold.
            int bytes = DeviceMemory.ObjectBytes(15) + DeviceMemory.ObjectBytes(12) + DeviceMemory.ObjectBytes(4)
                + DeviceMemory.ObjectBytes(2) + DeviceMemory.ObjectBytes(3);
            bytes += (2 * DeviceMemory.ArrayBytes(variables, 4)) + DeviceMemory.ArrayBytes(clocks, 4)
                + DeviceMemory.ArrayBytes(LearningEvent.Count, 4) + DeviceMemory.ArrayBytes(LearningTable.Lanes, 4);
            bytes += DeviceMemory.ArrayBytes(synapses, 4) + (2 * DeviceMemory.ArrayBytes(synapses, 2))
                + (2 * DeviceMemory.ArrayBytes(targets + 1, 2));
            bytes += table.Sends ? DeviceMemory.ArrayBytes(synapses, 2) : 0;
            bytes += clocks * (DeviceMemory.ObjectBytes(8) + DeviceMemory.ArrayBytes(variables, 4));
            for (int i = 0; i < variables; i++)
            {
                LearningVariable variable = table.Variables[i];
                int count = RuleVariables.Count(variable, groups, targets, synapses);
                bytes += DeviceMemory.ObjectBytes(9) + DeviceMemory.ObjectBytes(6) + DeviceMemory.ArrayBytes(count, 4);
                bytes += DecayingVariable.IsEach(variable) ? DeviceMemory.ArrayBytes(count, 2) : 0;
                bytes += DeviceMemory.ArrayBytes(count * variable.LookBack, 4) + DeviceMemory.ArrayBytes(variable.LookBack == 0 ? 0
                    : count, 2);
            }

            return bytes;
        }
    }
}
