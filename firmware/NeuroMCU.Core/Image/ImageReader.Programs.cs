// NeuroMCU, MIT licence. See LICENSE in the repository root.

using NeuroMCU.Core.Contracts;

namespace NeuroMCU.Core.Image
{
    /// <content>Populations whose equations the image brings as a program.</content>
    public sealed partial class ImageReader
    {
        private void ReadProgram(PopulationTable population)
        {
            int at = _position;
            ImageRules.Update(population, at);
            int registers = NextUInt16();
            int tables = NextUInt16();
            int inlets = NextUInt16();
            int visible = NextUInt16();
            int words = NextInt();
            ImageRules.ProgramLengths(registers, tables, inlets, visible, words, at);
            VectorProgram program = new VectorProgram();
            program.Start = new int[registers][];
            program.Tables = new int[tables][];
            program.Drive = NextInt();
            program.DriveLeast = NextInt();
            program.DriveMost = NextInt();
            program.Inlets = NextInts(3 * inlets);
            program.Visible = NextInts(visible);
            ImageRules.ProgramRegisters(program, at);
            for (int i = 0; i < registers; i++)
            {
                int countAt = _position;
                int count = NextInt();
                ImageRules.ValueCount(population, count, countAt);
                program.Start[i] = NextInts(count);
            }

            for (int i = 0; i < tables; i++)
            {
                int countAt = _position;
                int entries = NextInt();
                ImageRules.ProgramEntries(entries, countAt);
                program.Tables[i] = NextInts(entries);
            }

            int codeAt = _position;
            program.Code = NextInts(words);
            population.Program = program;
            ImageRules.ProgramCode(population, codeAt, at);
        }
    }
}
